#!/usr/bin/env bash
# Saves Word files with LibreOffice and python-docx, packs them anew and renames them, and has `verify` give every copy the
# verdict that it deserves. honest_word.sh PROGRAM FILE.docx…
set -euo pipefail
cd "$(dirname "$0")/../.."
program=$(realpath "$1")
shift
tools=target/conformance
out=$tools/honest-word
rm -rf "$out"
failed=0
count=0

# expect FILE VERDICT: what --json says, and the exit codes without and with --strict that belong to it.
expect() {
    local json code wanted strict=0
    case $2 in "as made") wanted=0 ;; resaved) wanted=0 strict=1 ;; *) wanted=1 strict=1 ;; esac
    json=$("$program" verify --json "$1" 2>/dev/null) && code=0 || code=$?
    count=$((count + 1))
    # A release of another library cannot be known, which --strict does not accept.
    grep -qF '"status": "not known"' <<<"$json" && strict=1
    python3 -c 'import json, sys; sys.exit(json.loads(sys.argv[1])["verdict"] != sys.argv[2])' "$json" "$2" \
        || { echo "$1: not \`$2\`: $json" >&2; failed=1; }
    [ "$code" = "$wanted" ] || { echo "$1: exit code $code, not $wanted" >&2; failed=1; }
    "$program" verify --strict "$1" >/dev/null 2>&1 && code=0 || code=$?
    [ "$code" = "$strict" ] || { echo "$1: exit code $code with --strict, not $strict" >&2; failed=1; }
}

# What LibreOffice makes of a template's files; docs/docx.md gives the reasons.
saved_by_libreoffice() {
    case $1 in
        # It empties the list to choose from, and puts the words beside a tick box into it.
        *_proposal_* | *_hebrew_*) echo changed ;;
        *) echo resaved ;;
    esac
}

number=0
for file in "$@"; do
    number=$((number + 1))
    folder=$out/$number
    mkdir -p "$folder/libreoffice"
    cp "$file" "$folder/renamed.docx"
    expect "$folder/renamed.docx" "as made"
    for copy in repack:"as made" reorder:resaved python-docx:resaved; do
        how=${copy%%:*}
        "$tools/docx/bin/python" tests/conformance/honest_word.py "$how" "$file" "$folder/$how.docx"
        expect "$folder/$how.docx" "${copy#*:}"
    done
    soffice "-env:UserInstallation=file://$PWD/$out/profile" --headless --convert-to docx \
        --outdir "$folder/libreoffice" "$folder/renamed.docx" >/dev/null 2>&1
    expect "$folder/libreoffice/renamed.docx" "$(saved_by_libreoffice "$(basename "$file")")"
done
[ "$count" -gt 0 ] || { echo "no Word file was named" >&2; exit 1; }
[ "$failed" = 0 ] || exit 1
echo "$count copies of $number Word files have the verdict that they deserve"
