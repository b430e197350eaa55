"""Compares rendered pages with stored ones: images.py FRESH REFERENCES [--update].

FRESH holds grey PNGs of 144 dots an inch, REFERENCES the same pages at a quarter of that. Both are blurred by a dot; then
a page is the same where each dot is about as dark as some dot right beside it on the other page. So another
anti-aliasing, or a shift by less than a dot, passes; a line of text or a dark rule that moved by three dots (6 pt) has
nothing beside it, and fails. Single dots do not count, only what has neighbours. `prove` tries both each time: it moves
pages by a quarter of a dot, and pages and single lines by three. With these numbers the first leaves 1 dot at most, and
the second 120 at least.
"""

import sys
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

# Dots of a rendered page to one of the reference.
SCALE = 4
# So much darker or lighter than anything beside it is another thing, of 255.
SHADES = 6
# So many such dots, each with neighbours, may be there.
DOTS = 12
# References are rounded to shades so far apart, which makes their files small.
ROUND = 5
# The proof is made on each fourth page.
STEP = 4


def moved(one, other):
    """The dots of `one` that no dot beside them on `other` is like, white on black."""
    lightest = other.filter(ImageFilter.MaxFilter(3))
    darkest = other.filter(ImageFilter.MinFilter(3))
    # subtract() stops at black, so each term is only what lies outside the range.
    outside = ImageChops.add(ImageChops.subtract(one, lightest), ImageChops.subtract(darkest, one))
    return outside.point(lambda shade: 255 if shade > SHADES else 0)


def difference(one, other):
    """Where two pages of one size differ, white on black."""
    one, other = (page.filter(ImageFilter.BoxBlur(1)) for page in (one, other))
    return ImageChops.lighter(moved(one, other), moved(other, one)).filter(ImageFilter.MedianFilter(3))


def dots(one, other):
    """How many dots of two pages differ; all of them where one is larger."""
    if one.size != other.size:
        return max(one.width * one.height, other.width * other.height)
    return difference(one, other).histogram()[255]


def same(one, other):
    return dots(one, other) <= DOTS


def lines(page):
    """The bands of rows that have ink, apart from each other by white, top and bottom."""
    bands, start = [], None
    for y in range(page.height + 1):
        ink = y < page.height and page.crop((0, y, page.width, y + 1)).getextrema()[0] < 255 - 5 * SHADES
        if ink and start is None:
            start = y
        elif not ink and start is not None:
            bands.append((start, y))
            start = None
    return bands


def prove(pages):
    """Stops where the comparison would miss what it must find, or find what is not there."""
    for name, large in list(pages.items())[::STEP]:
        page = large.reduce(SCALE)
        for by in [(1, 0), (0, 1)]:
            found = dots(page, ImageChops.offset(large, *by).reduce(SCALE))
            assert found <= DOTS, f"{name} moved by a quarter of a dot fails by {found} dots"
        for by in [(3, 0), (0, 3)]:
            assert not same(page, ImageChops.offset(page, *by)), f"{name} moved by three dots passes"
        # One line alone, where it has white to move into.
        for top, bottom in lines(page):
            if bottom - top > 20 or bottom + 3 > page.height:
                continue
            band = page.crop((0, top, page.width, bottom))
            changed = page.copy()
            changed.paste(255, (0, top, page.width, bottom))
            changed.paste(ImageChops.darker(band, changed.crop((0, top + 3, page.width, bottom + 3))), (0, top + 3))
            assert not same(page, changed), f"{name}: the line at {top} moved by three dots passes"


def show(name, reference, fresh, folder):
    """Writes the two pages side by side and what differs, in red over the fresh one."""
    width, height = max(reference.width, fresh.width), max(reference.height, fresh.height)
    page = Image.new("RGB", (3 * width + 40, height + 20), "#888888")
    page.paste(reference.convert("RGB"), (10, 10))
    page.paste(fresh.convert("RGB"), (width + 20, 10))
    marked = fresh.point(lambda shade: 160 + shade * 95 // 255).convert("RGB")
    if reference.size == fresh.size:
        marked.paste("#E00000", (0, 0), difference(reference, fresh).filter(ImageFilter.MaxFilter(3)))
    page.paste(marked, (2 * width + 30, 10))
    page.save(folder / name)


def main(fresh_folder, references, update):
    rendered = {path.name: Image.open(path).convert("L") for path in sorted(fresh_folder.glob("*.png"))}
    kept = {path.name: Image.open(path).convert("L") for path in sorted(references.glob("*.png"))}
    if not rendered:
        sys.exit("no page was rendered")
    prove(rendered)
    fresh = {name: page.reduce(SCALE) for name, page in rendered.items()}
    if update:
        references.mkdir(exist_ok=True)
        for name in kept.keys() - fresh.keys():
            (references / name).unlink()
        for name, page in fresh.items():
            # A page that only looks a little different keeps its file.
            if name not in kept or not same(kept[name], page):
                page.point(lambda shade: (shade + ROUND // 2) // ROUND * ROUND).save(references / name, optimize=True)
        size = sum(path.stat().st_size for path in references.glob("*.png"))
        print(f"{len(fresh)} references, {size // 1000} kB")
        return
    faults = [f"{name}: there is no such page any more" for name in sorted(kept.keys() - fresh.keys())]
    shown = fresh_folder / "differences"
    for name, page in fresh.items():
        if name not in kept:
            faults.append(f"{name}: a page without a reference")
        elif not same(kept[name], page):
            shown.mkdir(exist_ok=True)
            show(name, kept[name], page, shown)
            faults.append(f"{name}: looks different; see {shown / name} (reference, now, difference)")
    if faults:
        print("\n".join(faults), file=sys.stderr)
        sys.exit("if that is meant: bash tests/conformance/images.sh --update")
    print(f"{len(fresh)} pages look as they did")


main(Path(sys.argv[1]), Path(sys.argv[2]), "--update" in sys.argv[3:])
