"""Saves a PDF as other programs do: honest_pdf.py FILE FOLDER. Prints `PATH FIELDS` for each copy: the fields filled in."""

import sys
from pathlib import Path

import pymupdf
import pypdf

source, folder = Path(sys.argv[1]), Path(sys.argv[2])

def report(name, filled):
    print(folder / name, filled)

def write(writer, name, filled=0):
    writer.write(folder / name)
    report(name, filled)

write(pypdf.PdfWriter(clone_from=source), "pypdf.pdf")
with pymupdf.open(source) as document:
    document.save(folder / "pymupdf.pdf")
report("pymupdf.pdf", 0)
fields = pypdf.PdfReader(source).get_fields() or {}
values = {name: "Jane Döe" for name, field in fields.items() if field.get("/FT") == "/Tx"}
if values:
    for regenerate in (False, True):
        writer = pypdf.PdfWriter(clone_from=source)
        writer.update_page_form_field_values(None, values, auto_regenerate=regenerate)
        write(writer, f"filled-{regenerate}.pdf", len(values))
