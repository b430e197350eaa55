#!/usr/bin/env bash
# Renders a page for each layout and each part, small, and compares them with the pictures in references/.
# images.sh [--update] [path of the program]; --update keeps the pages as they are now as the references.
# The words are those of the gallery's library, so that a new sentence in the sample changes no picture.
set -euo pipefail
cd "$(dirname "$0")/../.."
update=
if [ "${1:-}" = --update ]; then update=--update; shift; fi
program=$(realpath "${1:-target/release/collateral}")
gallery=docs/gallery
out=target/conformance/images
rm -rf "$out"
mkdir -p "$out/library"
cp -r "$gallery/library/." "$out/library/"
cp -r brand "$out/library/brand"
rm -f "$out/library/brand/library.lock"*
export COLLATERAL_LIBRARY=$out/library
"$program" publish --quiet --release 1.0.0 --date 2026-11-01

for template in pages slides; do
    ids=$(sed -n 's/^  - {id: \([a-z-]*\),.*/\1/p' "$gallery/library/templates/$template/template.yaml" | paste -sd,)
    "$program" generate --quiet -t "$template" -c "$gallery/client.yaml" --date 2026-11-23 \
        --set "sections.add=$ids" -o "$out/$template"
    pdftoppm -r 144 -gray -png "$out/$template"/*.pdf "$out/$template"
done
/usr/bin/python3 tests/conformance/images.py "$out" tests/conformance/references $update
