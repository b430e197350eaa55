#!/usr/bin/env bash
# Makes every picture of the gallery and its index anew: make.sh [path of the program]
# One section of library/ is one picture. Needs poppler (pdftoppm) and Debian's python3-pil.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
program=${1:-$root/target/release/collateral}
[ -x "$program" ] || program=$root/target/debug/collateral
[ -x "$program" ] || { echo "build the program first: cargo build --release" >&2; exit 2; }
program=$(realpath "$program")

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$here/library" "$work/library"
cp -r "$root/brand" "$work/library/brand"
rm -f "$work/library/brand/library.lock"*
export COLLATERAL_LIBRARY=$work/library
"$program" publish --quiet --release 1.0.0 --date 2026-11-01

for template in pages slides; do
    for section in "$here/library/templates/$template/sections"/*.md; do
        id=$(basename "$section" .md)
        add=$id
        # Contents need something to list.
        [ "$template-$id" = pages-toc ] && add=toc,heading,layout-content,layout-closing
        "$program" generate --quiet -t "$template" -c "$here/client.yaml" --date 2026-11-23 \
            --set "sections.add=$add" -o "$work/$template-$id"
        pdftoppm -r 120 -png "$work/$template-$id"/*.pdf "$work/$template-$id/page"
    done
done
/usr/bin/python3 "$here/pictures.py" "$work" "$here"
