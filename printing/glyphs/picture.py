"""A character traced from a picture of it: a scan, a photograph, a drawing, dark on light or the other way round.

The picture is evened out and parted into ink and paper, the edges of the ink are followed, straightened
to what a printer of 600 dots could still show at 16 points, and fitted into the em box.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO
from math import dist
from typing import Final

from PIL import Image, ImageChops, ImageFilter, ImageOps, UnidentifiedImageError

from app.errors import Refused
from printing.glyphs.making import ASCENT, DESCENT, MOST_POINTS, UNITS, Contour, Shape

LARGEST: Final = 20 * 2**20
"""Bytes."""
MOST_DOTS: Final = 50_000_000
_FEWEST_DOTS: Final = 16
"""On each side: less is no picture of a Chinese character."""
_GRID: Final = 640
"""Dots of the longer side of what is traced."""
_FACE: Final = 900
"""Units of the longer side of the character: what the shipped fonts leave around theirs."""
_FAINT: Final = 40
"""Of 255: paper and ink that differ by less are not told apart."""
_STRAIGHT: Final = 0.8
"""Dots by which an edge may be off where it is made straight."""
_SPECK: Final = 0.0004
"""Of the picture's area: dust, and holes that are none."""
_MOST_INK: Final = 0.75
"""Of the character's box: more is a photograph of something else."""
_MOST_CONTOURS: Final = 200
_SHADE: Final = 96
"""Dots of the small picture in which the paper's own brightness is looked for."""

_Point = tuple[float, float]


class BadGlyphPicture(Refused):
    """Nothing can be traced.

    Fact why: large, small, kind (neither PNG nor JPEG), damaged, blank (no ink found),
    busy (too much of it, or in too many pieces, for one character).
    """

    code = "bad_glyph_picture"

    def __init__(self, why: str) -> None:
        super().__init__(why=why)


def traced(picture: bytes) -> Shape:
    """The outlines of the one character that a PNG or JPEG shows. Raises BadGlyphPicture."""
    ink = _ink(_opened(picture))
    size = ink.size
    rows = [ink.tobytes()[n : n + size[0]] for n in range(0, size[0] * size[1], size[0])]
    least = _SPECK * size[0] * size[1]
    edges = [edge for edge in _edges(rows) if abs(_area(edge)) >= least]
    if not edges:
        raise BadGlyphPicture("blank")
    xs, ys = [x for edge in edges for x, _ in edge], [y for edge in edges for _, y in edge]
    box = (max(xs) - min(xs)) * (max(ys) - min(ys))
    is_full = sum(map(_area, edges)) > _MOST_INK * box and not _is_one_stroke(edges)
    if is_full or len(edges) > _MOST_CONTOURS:
        raise BadGlyphPicture("busy")
    contours = _fitted([_straightened(edge) for edge in edges])
    if sum(map(len, contours)) > MOST_POINTS:
        raise BadGlyphPicture("busy")
    return Shape(contours)


def _is_one_stroke(edges: list[list[_Point]]) -> bool:
    """一, or a dot: one long piece fills its own box."""
    (xs, ys) = ([x for x, _ in edges[0]], [y for _, y in edges[0]])
    sides = sorted((max(xs) - min(xs), max(ys) - min(ys)))
    return len(edges) == 1 and sides[1] > 3 * sides[0]


# --- ink and paper --------------------------------------------------------------------------------


def _opened(picture: bytes) -> Image.Image:
    """In grey, of a size that is traced in a fraction of a second."""
    if len(picture) > LARGEST:
        raise BadGlyphPicture("large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's, of what is refused below
            with Image.open(BytesIO(picture), formats=("PNG", "JPEG")) as image:
                width, height = image.size
                if width * height > MOST_DOTS:
                    raise BadGlyphPicture("large")
                if min(width, height) < _FEWEST_DOTS:
                    raise BadGlyphPicture("small")
                image.draft("L", (2 * _GRID, 2 * _GRID))
                turned = ImageOps.exif_transpose(image)
                shown = Image.new("RGBA", turned.size, "white")
                shown.alpha_composite(turned.convert("RGBA"))
    except UnidentifiedImageError as error:
        raise BadGlyphPicture("kind") from error
    except Image.DecompressionBombError as error:
        raise BadGlyphPicture("large") from error
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError) as error:
        raise BadGlyphPicture("damaged") from error
    grey = shown.convert("L")
    share = _GRID / max(grey.size)
    size = (max(1, round(grey.width * share)), max(1, round(grey.height * share)))
    return grey.resize(size, Image.Resampling.LANCZOS if share < 1 else Image.Resampling.BICUBIC)


def _ink(grey: Image.Image) -> Image.Image:
    """255 where there is ink, 0 elsewhere, with a rim of paper around it."""
    if _rim_brightness(grey) < 128:  # light on dark
        grey = ImageOps.invert(grey)
    grey = grey.filter(ImageFilter.GaussianBlur(1.2))
    darker = ImageChops.subtract(_paper(grey), grey)
    levels = darker.histogram()
    if not any(levels[_FAINT:]):
        raise BadGlyphPicture("blank")
    threshold = max(_threshold(levels), _FAINT // 2)
    ink = darker.point([255 if level > threshold else 0 for level in range(256)])
    return ImageOps.expand(ink, border=1, fill=0)


def _rim_brightness(grey: Image.Image) -> int:
    """The median along the four sides."""
    width, height = grey.size
    sides = [(0, 0, width, 1), (0, height - 1, width, height), (0, 0, 1, height),
             (width - 1, 0, width, height)]  # fmt: skip
    dots = sorted(b"".join(grey.crop(side).tobytes() for side in sides))
    return dots[len(dots) // 2]


def _paper(grey: Image.Image) -> Image.Image:
    """How bright the paper is in each place: a photograph is darker on one side."""
    small = grey.copy()
    small.thumbnail((_SHADE, _SHADE))
    window = min(41, min(small.size) // 2 * 2 - 1)
    if window >= 3:
        small = small.filter(ImageFilter.MaxFilter(window)).filter(ImageFilter.GaussianBlur(8))
    return small.resize(grey.size, Image.Resampling.BILINEAR)


def _threshold(levels: list[int]) -> int:
    """Otsu's: the level that parts the dots into two sorts that differ most."""
    total, weighed = sum(levels), sum(level * many for level, many in enumerate(levels))
    best, best_at, below, weighed_below = -1.0, 0, 0, 0
    for level, many in enumerate(levels):
        below += many
        weighed_below += level * many
        above = total - below
        if not below or not above:
            continue
        apart = weighed_below / below - (weighed - weighed_below) / above
        if below * above * apart * apart > best:
            best, best_at = below * above * apart * apart, level
    return best_at


# --- edges ----------------------------------------------------------------------------------------


def _edges(rows: list[bytes]) -> Iterator[list[_Point]]:
    """Each edge of the ink as a closed line with the ink to its right; y runs down."""
    following = _sides(rows)
    while following:
        start = next(iter(following))
        corners, at, came = [start], start, (0, 0)
        while True:
            ways = following[at]
            # Where two pieces touch at a corner, each keeps to its own: turn right.
            turn = max(
                ways, key=lambda way: came[0] * (way[1] - at[1]) - came[1] * (way[0] - at[0])
            )
            ways.remove(turn)
            if not ways:
                del following[at]
            came, at = (turn[0] - at[0], turn[1] - at[1]), turn
            if at == start:
                break
            corners.append(at)
        ends = [*corners[1:], corners[0]]
        yield [((x + u) / 2, (y + v) / 2) for (x, y), (u, v) in zip(corners, ends, strict=True)]


def _sides(rows: list[bytes]) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """Corner: to where the sides of ink dots lead from it."""
    found: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for y in range(1, len(rows) - 1):
        above, row, below = rows[y - 1], rows[y], rows[y + 1]
        if not any(row):
            continue
        for x in range(1, len(row) - 1):
            if not row[x]:
                continue
            if not above[x]:
                found.setdefault((x, y), []).append((x + 1, y))
            if not row[x + 1]:
                found.setdefault((x + 1, y), []).append((x + 1, y + 1))
            if not below[x]:
                found.setdefault((x + 1, y + 1), []).append((x, y + 1))
            if not row[x - 1]:
                found.setdefault((x, y + 1), []).append((x, y))
    return found


def _area(edge: list[_Point]) -> float:
    """Of ink; less than 0 of a hole."""
    ends = [*edge[1:], edge[0]]
    return sum(x * v - u * y for (x, y), (u, v) in zip(edge, ends, strict=True)) / 2


def _straightened(edge: list[_Point]) -> list[_Point]:
    """Fewer points, none of the others further than `_STRAIGHT` from the lines between them (Douglas, Peucker)."""
    far = max(range(len(edge)), key=lambda n: dist(edge[0], edge[n]))
    line = [*edge, edge[0]]
    kept, todo = {0, far}, [(0, far), (far, len(edge))]
    while todo:
        first, last = todo.pop()
        if last - first < 2:
            continue
        off, n = max((_off(line[m], line[first], line[last]), m) for m in range(first + 1, last))
        if off > _STRAIGHT:
            kept.add(n)
            todo += [(first, n), (n, last)]
    return [edge[n] for n in sorted(kept)]


def _off(point: _Point, start: _Point, end: _Point) -> float:
    along = dist(start, end)
    if not along:
        return dist(point, start)
    (x, y), (a, b), (c, d) = point, start, end
    return abs((c - a) * (b - y) - (a - x) * (d - b)) / along


def _fitted(edges: list[list[_Point]]) -> list[Contour]:
    """Into the middle of the em box, y up."""
    xs, ys = [x for edge in edges for x, _ in edge], [y for edge in edges for _, y in edge]
    scale = _FACE / max(max(xs) - min(xs), max(ys) - min(ys))
    across, down = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    middle = (ASCENT + DESCENT) / 2
    return [
        [(round(UNITS / 2 + (x - across) * scale), round(middle - (y - down) * scale), True)
         for x, y in edge]
        for edge in edges
    ]  # fmt: skip
