"""Cuts rendered pages to the part that each shows, and writes the index: pictures.py WORK GALLERY.

WORK holds a folder `pages-<id>` or `slides-<id>` with page-*.png (120 dots an inch) for each section of GALLERY/library.
"""

import re
import sys
from pathlib import Path

from PIL import Image, ImageChops, ImageOps

# Where a letter page has nothing but furniture: parts of its height.
HEAD, FOOT = 0.078, 0.925
MARGIN = 14
# White that parts the contents from the first section, dots.
GAP = 40
MOST_BYTES = 40_000
NAMES = {"pages": "page", "slides": "slide"}
TITLES = {"pages": "In proposals", "slides": "On slides"}


def on_white(image):
    """The box of everything that is not white, or None."""
    white = Image.new("RGB", image.size, "white")
    return ImageChops.difference(image, white).getbbox()


def first_group(image):
    """What stands above the first wide gap."""
    ink = [on_white(image.crop((0, y, image.width, y + 1))) is not None for y in range(image.height)]
    start = ink.index(True)
    for y in range(start, image.height - GAP):
        if not any(ink[y : y + GAP]):
            return image.crop((0, 0, image.width, y))
    return image


def part(image, group):
    """The part of a page between its head and its foot, or only its first group, with a little white around it."""
    body = image.crop((0, int(image.height * HEAD), image.width, int(image.height * FOOT)))
    if group:
        body = first_group(body)
    box = on_white(body)
    if box is None:
        raise SystemExit("a page is blank")
    return ImageOps.expand(body.crop(box), MARGIN, "white")


def picture(template, section, files):
    """One picture of a section: whole slides and laid-out pages small, other pages cut."""
    images = [Image.open(file).convert("RGB") for file in files]
    if template == "slides":
        return images[0].resize((640, 360), Image.LANCZOS)
    if section == "layout-cover" or len(images) > 1:
        small = [ImageOps.expand(i.resize((340, 440), Image.LANCZOS), 1, "#D5DDD8") for i in images[:2]]
        wide = Image.new("RGB", (sum(i.width for i in small) + 12 * (len(small) - 1), small[0].height), "white")
        for index, image in enumerate(small):
            wide.paste(image, (index * (image.width + 12), 0))
        return wide
    cut = part(images[0], section == "toc")
    width = min(720, cut.width)
    return cut.resize((width, round(cut.height * width / cut.width)), Image.LANCZOS)


def save(image, path):
    """Writes a PNG of few colours, of as many as keep it small."""
    for colours in (128, 64, 32, 16):
        image.quantize(colours, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= MOST_BYTES:
            return
    raise SystemExit(f"{path.name} is larger than {MOST_BYTES} bytes")


def refresh(guide, gallery):
    """Puts the text that made each picture of the guide into the fence below it."""

    def fenced(match):
        kind, id = match[2], match[3]
        template = next(t for t, k in NAMES.items() if k == kind)
        section = gallery / "library/templates" / template / "sections" / f"{id}.md"
        return match[1] + section.read_text(encoding="utf-8") + "~~~\n"

    shown = r"(!\[[^\]]*\]\(gallery/(page|slide)-([a-z-]+)\.png\)\n\n~~~markdown\n).*?~~~\n"
    text = re.sub(shown, fenced, guide.read_text(encoding="utf-8"), flags=re.DOTALL)
    guide.write_text(text, encoding="utf-8")


def main(work, gallery):
    lines = [
        "# Gallery",
        "",
        "Each part that a section can have, as the sample brand draws it, with the text that makes it. Made by",
        "`bash docs/gallery/make.sh` from the sections in `library/`; do not edit this page by hand.",
    ]
    kept = set()
    for template, kind in NAMES.items():
        lines += ["", f"## {TITLES[template]}"]
        sections = sorted((gallery / "library/templates" / template / "sections").glob("*.md"))
        for section in sections:
            id = section.stem
            files = sorted((work / f"{template}-{id}").glob("page-*.png"))
            name = f"{kind}-{id}.png"
            save(picture(template, id, files), gallery / name)
            kept.add(name)
            lines += ["", f"### {kind}-{id}", "", f"![{kind}-{id}]({name})", "", "~~~markdown"]
            lines += [section.read_text(encoding="utf-8").rstrip("\n"), "~~~"]
    for file in gallery.glob("*.png"):
        if file.name not in kept:
            file.unlink()
    (gallery / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    refresh(gallery.parent / "authoring.md", gallery)
    print(f"{len(kept)} pictures, {sum(f.stat().st_size for f in gallery.glob('*.png')) // 1000} kB")


main(Path(sys.argv[1]), Path(sys.argv[2]))
