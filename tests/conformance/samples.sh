#!/usr/bin/env bash
# Makes every sample document, a draft, and documents with the names that break generators, as PDF and as Word file, and
# has them all checked by run.sh and run-docx.sh. samples.sh [path of the program]
set -euo pipefail
cd "$(dirname "$0")/../.."
program=$(realpath "${1:-target/release/collateral}")
out=target/conformance/samples
rm -rf "$out"
squeeze() { python3 -c 'import re, sys; print(re.sub(r"\s", "", sys.stdin.buffer.read().decode()))'; }
make() { "$program" generate --quiet --format pdf,docx --date 2026-11-23 "$@"; }

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

# The second brand over the same templates, and documents in Hebrew and Japanese. Poppler must read each line in the order
# in which it was written.
library=target/conformance/second-brand
rm -rf "$library"
mkdir -p "$library"
cp -r templates tests/brands/tamar/brand "$library"
cp -r tests/brands/tamar/templates "$library"
cp brand/fonts/NotoSansArabic-*.ttf "$library/brand/fonts/"
second() { make --library "$library" "$@"; }
"$program" --library "$library" publish --quiet --note "For the tests" --date 2026-11-23
for template in proposal pitch-deck one-pager; do
    second -t "$template" -c examples/clients/harbour.yaml -o "$out/second"
done
# Those of its own languages are sold by a price book of its own.
cp tests/brands/tamar/pricebook.yaml "$library/templates/pricebook.yaml"
"$program" --library "$library" publish --quiet --note "Its own prices" --date 2026-11-23
second -t hebrew -c tests/brands/tamar/clients/meridian-he.yaml -o "$out/hebrew"
second -t hebrew-deck -c tests/brands/tamar/clients/meridian-he.yaml -o "$out/hebrew-deck"
second -t japanese -c tests/brands/tamar/clients/yamada-ja.yaml -o "$out/japanese"
# Its invisible marks are taken out. (Where a bracket stands between two directions, Poppler guesses its side from where
# it stands on the page; our own reader checks those.)
reads() {
    local pdf=$1 words said
    shift
    words=$(pdftotext "$pdf" - | python3 -c 'import re, sys
print(re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", sys.stdin.buffer.read().decode()))' | squeeze)
    for said in "$@"; do
        grep -qF "$(squeeze <<<"$said")" <<<"$words" || { echo "$pdf: pdftotext does not read \`$said\`" >&2; exit 1; }
    done
}
reads "$out"/hebrew/*.pdf "מרידיאן לוגיסטיקה" "מנוע, בלמים או צמיגים" "CAN bus, 24/7" "tamar.example" "+972 4 555 0142" \
    "הירידה של -42% נמדדה בשבועות" "1–52"
reads "$out"/hebrew-deck/*.pdf "חברה אחת מתכננת, מבצעת ורושמת" "ISO 9001" "30 → 13" "דבר לא נעשה ללא אישור מעל"
reads "$out"/japanese/*.pdf "株式会社山田物流様、御中。" "Northline Connect 2.0のデータ（CAN bus、24/7）から" "準備：車両の一覧を確認し"

mapfile -t files < <(find "$out" -name '*.pdf' | sort)
echo "${#files[@]} documents"
bash tests/conformance/run.sh "${files[@]}"
mapfile -t files < <(find "$out" -name '*.docx' | sort)
bash tests/conformance/run-docx.sh "${files[@]}"
