#!/usr/bin/env bash
# Checks finished Word files with foreign eyes: run-docx.sh file.docx … Each has its PDF beside it.
# Schema (the Open XML validator), reading back (python-docx), pages (LibreOffice): a deck has as many as its PDF, another
# document one more or less at most. Exits 1 where a file fails.
set -euo pipefail
[ $# -gt 0 ] || { echo "usage: $0 file.docx …" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
tools=$here/../../target/conformance
[ -x "$tools/node_modules/.bin/ooxml-validator" ] && [ -x "$tools/docx/bin/python" ] || "$here/install.sh"

fail() { echo "$1: $2" >&2; exit 1; }
pages() { pdfinfo "$1" | awk '/^Pages:/ { print $2 }'; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
number=0
for file in "$@"; do
    [ -s "$file" ] || fail "$file" "there is no such file"
    report=$("$tools/node_modules/.bin/ooxml-validator" "$file" || true)
    grep -q '"ok": true' <<<"$report" || { echo "$report" >&2; fail "$file" "it breaks the schema"; }
    number=$((number + 1))
    cp "$file" "$scratch/$number.docx"
done
"$tools/docx/bin/python" "$here/readback.py" "$@"

soffice --headless "-env:UserInstallation=file://$scratch/profile" --convert-to pdf --outdir "$scratch" "$scratch"/*.docx >/dev/null 2>&1
number=0
for file in "$@"; do
    number=$((number + 1))
    [ -s "$scratch/$number.pdf" ] || fail "$file" "LibreOffice cannot open it"
    ours=$(pages "${file%.docx}.pdf")
    theirs=$(pages "$scratch/$number.pdf")
    case $(basename "$file") in
        *deck*) [ "$ours" = "$theirs" ] || fail "$file" "$theirs pages in LibreOffice, $ours in the PDF" ;;
        *) [ "$theirs" -le $((ours + 1)) ] && [ "$theirs" -ge $((ours - 1)) ] \
            || fail "$file" "$theirs pages in LibreOffice, $ours in the PDF" ;;
    esac
    ! pdffonts "$scratch/$number.pdf" | awk 'NR > 2 { print $1 }' | grep -vqE 'Lato|Manrope|Noto|Gothic|Symbol|DejaVu|Liberation' \
        || fail "$file" "LibreOffice sets it in a font that is not the brand's"
done
echo "$number Word files: schema, reading back and pages as they should be"
