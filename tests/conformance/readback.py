"""Reads Word files with python-docx: readback.py file.docx …

Each must have a title, a locked body and the brand's styles, and a proposal a heading for each of its sections.
"""

import sys

import docx
from docx.oxml.ns import qn


def check(path):
    document = docx.Document(path)
    assert document.core_properties.title, "no title"
    assert document.core_properties.author, "no author"
    protection = document.settings.element.find(qn("w:documentProtection"))
    assert protection is not None and protection.get(qn("w:edit")) == "forms", "not protected"
    names = {style.name for style in document.styles}
    assert {"Normal", "Heading 1", "Heading 2", "List Bullet", "Caption"} <= names, f"styles: {sorted(names)}"
    body = document.element.body
    locks = [lock.get(qn("w:val")) for lock in body.iter(qn("w:lock"))]
    assert "sdtContentLocked" in locks, "nothing is locked"
    heads = [p for p in body.iter(qn("w:pStyle")) if p.get(qn("w:val")) in ("Heading1", "Title")]
    assert heads, "no heading"
    words = "".join(text.text or "" for text in body.iter(qn("w:t")))
    assert len(words) > 200, "hardly a word"
    for left in ("{{", "}}", "undefined", "NaN"):
        assert left not in words or "names-" in path, f"`{left}` in the text"
    sections = document.sections
    assert all(section.page_width and section.page_height for section in sections), "a section without a page"
    if "deck" in path:
        assert all(section.page_width > section.page_height for section in sections), "a slide stands upright"


failed = False
for path in sys.argv[1:]:
    try:
        check(path)
    except Exception as error:  # every file is reported, whatever is wrong with it
        print(f"{path}: {type(error).__name__}: {error}", file=sys.stderr)
        failed = True
sys.exit(1 if failed else 0)
