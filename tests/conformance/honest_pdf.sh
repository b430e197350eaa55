#!/usr/bin/env bash
# Saves PDFs with qpdf, MuPDF, pypdf and pdf-lib, fills in their forms, and has `verify` recognise every copy: nothing was
# changed. A copy with another page order must be changed. honest_pdf.sh PROGRAM FILE.pdf…
set -euo pipefail
cd "$(dirname "$0")/../.."
program=$(realpath "$1")
shift
tools=target/conformance
out=$tools/honest
rm -rf "$out"
failed=0
count=0

# expect FILE VERDICT FIELDS: what --json says, and the exit code that belongs to it.
expect() {
    local json code=0 wanted=0
    [ "$2" = changed ] && wanted=1
    json=$("$program" verify --json "$1" 2>/dev/null) || code=$?
    count=$((count + 1))
    python3 - "$json" "$2" "$3" <<'PY' || { echo "$1: not \`$2\` with $3 fields: $json" >&2; failed=1; }
import json, sys
said = json.loads(sys.argv[1])
sys.exit(said["verdict"] != sys.argv[2] or len(said.get("fields") or []) != int(sys.argv[3]))
PY
    [ "$code" = "$wanted" ] || { echo "$1: exit code $code, not $wanted" >&2; failed=1; }
}

number=0
for file in "$@"; do
    number=$((number + 1))
    folder=$out/$number
    mkdir -p "$folder"
    cp "$file" "$folder/renamed.pdf"
    expect "$folder/renamed.pdf" "as made" 0
    while read -r name options; do
        # shellcheck disable=SC2086 # the options are words of their own
        qpdf $options "$file" "$folder/$name.pdf"
        expect "$folder/$name.pdf" resaved 0
    done <<'END'
qpdf-generate --object-streams=generate
qpdf-disable --object-streams=disable
qpdf-linear --linearize
qpdf-plain --stream-data=uncompress
qpdf-qdf --qdf
END
    mutool clean "$file" "$folder/mutool.pdf"
    expect "$folder/mutool.pdf" resaved 0
    NODE_PATH=$tools/node_modules node tests/conformance/honest_pdf.js "$file" "$folder"
    for kind in true false; do expect "$folder/pdf-lib-$kind.pdf" resaved 0; done
    copies=$("$tools/pdf/bin/python" tests/conformance/honest_pdf.py "$file" "$folder")
    while read -r copy fields; do expect "$copy" resaved "$fields"; done <<<"$copies"
    qpdf --empty --pages "$file" z-1 -- "$folder/reversed.pdf"
    # What is lost with the pages are the metadata, so that the file does not even tell what it was made as.
    if "$program" verify "$folder/reversed.pdf" >/dev/null 2>&1; then
        echo "$folder/reversed.pdf: accepted" >&2
        failed=1
    fi
    qpdf "$file" --pages . z-1 -- "$folder/turned.pdf"
    expect "$folder/turned.pdf" changed 0
done
[ "$count" -gt 0 ] || { echo "no PDF was named" >&2; exit 1; }
[ "$failed" = 0 ] || exit 1
echo "$count copies of $number PDFs have the verdict that they deserve"
