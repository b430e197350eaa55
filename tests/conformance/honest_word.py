"""Saves a Word file as honest programs do: honest_word.py python-docx|repack|reorder FILE COPY."""

import sys
import zipfile

how, source, copy = sys.argv[1:]
if how == "python-docx":
    import docx

    docx.Document(source).save(copy)
else:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        names = old.namelist()
        # Content types come first in every package.
        order = names if how == "repack" else names[:1] + names[:0:-1]
        for name in order:
            new.writestr(name, old.read(name))
