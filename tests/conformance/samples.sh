#!/usr/bin/env bash
# Makes every sample document, a draft, and documents with the names that break generators, and has them all checked by
# run.sh. samples.sh [path of the program]
set -euo pipefail
cd "$(dirname "$0")/../.."
program=$(realpath "${1:-target/release/collateral}")
out=target/conformance/samples
rm -rf "$out"
squeeze() { python3 -c 'import re, sys; print(re.sub(r"\s", "", sys.stdin.buffer.read().decode()))'; }
make() { "$program" generate --quiet --date 2026-11-23 "$@"; }

for template in proposal pitch-deck one-pager call-brief; do
    for client in bakery harbour haulier municipality; do
        make -t "$template" -c "examples/clients/$client.yaml" -o "$out"
    done
    make -t "$template" -c examples/clients/name-only.yaml --segment small -o "$out"
done
make -t proposal -c examples/clients/valdombre.yaml -o "$out"
make -t proposal -c examples/clients/valdombre.yaml --variant short -o "$out/short"
make -t renewal -c examples/clients/bluewater.yaml -o "$out"
make -t call-brief -c examples/clients/bluewater.yaml -o "$out"
make -t proposal -c examples/clients/harbour.yaml --draft -o "$out"
number=0
while IFS= read -r name; do
    number=$((number + 1))
    make -t proposal --segment small --set "client.name=$name" -o "$out/names-$number"
    pdf=$(echo "$out/names-$number"/*.pdf)
    # Poppler must read the name as it was typed; it puts line ends and spaces where lines break.
    grep -qF "$(squeeze <<<"$name")" <<<"$(pdftotext -raw "$pdf" - | squeeze)" \
        || { echo "$pdf: pdftotext does not read \`$name\`" >&2; exit 1; }
done < tests/conformance/names.txt

mapfile -t files < <(find "$out" -name '*.pdf' | sort)
echo "${#files[@]} documents"
bash tests/conformance/run.sh "${files[@]}"
