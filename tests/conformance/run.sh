#!/usr/bin/env bash
# Checks finished PDFs with foreign eyes: run.sh file.pdf …
# PDF/UA-1 and PDF/A-2a (veraPDF), syntax (qpdf), fonts, text and structure (poppler). Exits 1 at the first file that fails.
set -euo pipefail
[ $# -gt 0 ] || { echo "usage: $0 file.pdf …" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
tools=$here/../../target/conformance
[ -f "$tools/Verapdf.class" ] || "$here/install.sh"

fail() { echo "$1: $2" >&2; exit 1; }

for file in "$@"; do
    [ -s "$file" ] || fail "$file" "there is no such file"
    qpdf --check "$file" >/dev/null || fail "$file" "qpdf finds faults"
    # The columns end in: emb sub uni object generation. No font at all is no text at all.
    pdffonts "$file" | awk 'NR > 2 { n++; if ($(NF-4) != "yes" || $(NF-3) != "yes" || $(NF-2) != "yes") exit 1 } END { if (!n) exit 1 }' \
        || fail "$file" "a font is not embedded, not a subset or without Unicode"
    grep -q '[^[:space:]]' <<<"$(pdftotext "$file" -)" || fail "$file" "no text can be extracted"
    structure=$(pdfinfo -struct-text "$file" 2>&1)
    grep -q '^Document' <<<"$structure" || fail "$file" "it has no structure"
    ! grep -qi 'error' <<<"$(pdfinfo -struct-text "$file" 2>&1 >/dev/null)" || fail "$file" "its structure has faults"
done

paths=()
for file in "$@"; do paths+=("$(realpath "$file")"); done
cd "$here/../.."
java -Xshare:auto -cp "$(cat "$tools/classpath")" Verapdf ua1,2a "${paths[@]}" 2>&1 | grep -v SLF4J
exit "${PIPESTATUS[0]}"
