"""A page image made small (docs/decisions/0024-attachments.md).

A page of text in four greys, or in eight colours where there is a seal, is a third of what JPEG makes of it,
and sharper: Chinese print is all edges. What has tones of its own, a photograph or a portrait, stays JPEG.
"""

from __future__ import annotations

import io
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import msgspec

from app.domain.attachments import LONGEST_SIDE, Media, Sheet

if TYPE_CHECKING:
    from PIL.Image import Image

ENOUGH: Final = 250 * 1024
"""Bytes that a page should not exceed: half a minute on a line of 64 kbit/s."""
_STEPS: Final = ((LONGEST_SIDE, 75), (LONGEST_SIDE, 60), (1920, 55), (1754, 50), (1600, 45))
"""Longer side and quality of JPEG, tried until it is small enough; the last one is taken anyway."""
_COLOURED: Final = 40
"""By how much the strongest and weakest of a pixel's colours differ where one sees a colour."""
_COLOURED_SHARE: Final = 0.0005
"""Of the pixels: a fingerprint in red, on an A4 page, is three times as much."""
_CELL: Final = 16
_UNLIKE: Final = 8
"""Difference of the means, of 255, at which a cell of the page is not what few greys make of it."""
_UNLIKE_IN_COLOUR: Final = 12
"""The same with a seal, which has shades of its own."""
_TONED_SHARE: Final = 0.002
"""Of the cells: a passport photograph on an A4 page is five times as much."""
_ALL_OF_IT: Final = 250
_AREA_SHARE: Final = 0.008
"""Of the cells: what is coloured all over is a portrait or a card. The star of a seal has half as much."""
_BLACK: Final = 40
_PAPER: Final = 24
"""What is so much darker than the paper is ink; less is its grain."""
_DARKEST_PAPER: Final = 150


class Scan(msgspec.Struct, frozen=True, kw_only=True):
    """A page image with its bytes."""

    sheet: Sheet
    content: bytes


def encoded(picture: Image) -> Scan:
    """A picture, in L or RGB and within LONGEST_SIDE, as it is kept."""
    picture.info = {}  # profiles and comments would be written with it
    if picture.mode == "RGB" and not _is_coloured(picture):
        picture = picture.convert("L")
    drawn = _drawn(picture)
    if drawn is None:
        return _photographed(picture)
    sharp = scan_of(_png(drawn), drawn, Media.PNG)
    if sharp.sheet.size <= 2 * ENOUGH:  # sharper, and seldom larger
        return sharp
    return min(sharp, _photographed(picture), key=lambda one: one.sheet.size)


def bilevel(picture: Image) -> Scan:
    """A picture of mode 1, which some scanners make, as it is."""
    picture.info = {}
    return scan_of(_png(picture), picture, Media.PNG)


def turned(scan: Scan, quarters: int) -> Scan:
    """Turned clockwise by quarters; what was lost when it was made small is not lost again."""
    from PIL import Image

    way = {
        1: Image.Transpose.ROTATE_270,
        2: Image.Transpose.ROTATE_180,
        3: Image.Transpose.ROTATE_90,
    }[quarters]
    with Image.open(io.BytesIO(scan.content)) as opened:
        picture = opened.transpose(way)
        if scan.sheet.media is Media.PNG:
            return scan_of(_png(picture), picture, Media.PNG)
        tables = opened.quantization  # type: ignore[attr-defined]  # of JPEG only
    into = io.BytesIO()
    picture.save(into, "JPEG", qtables=tables, optimize=True)
    return scan_of(into.getvalue(), picture, Media.JPEG)


def scan_of(content: bytes, picture: Image, media: Media) -> Scan:
    sheet = Sheet(
        digest=sha256(content).digest(),
        size=len(content),
        width=picture.width,
        height=picture.height,
        media=media,
    )
    return Scan(sheet=sheet, content=content)


def _is_coloured(picture: Image) -> bool:
    small = picture.reduce(max(1, max(picture.size) // 600))
    histogram = _colours(small).histogram()
    return sum(histogram[_COLOURED:]) > _COLOURED_SHARE * small.width * small.height


def _colours(picture: Image) -> Image:
    """Of each pixel, by how much its strongest and its weakest colour differ."""
    from PIL import ImageChops

    red, green, blue = picture.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    least = ImageChops.darker(ImageChops.darker(red, green), blue)
    return ImageChops.subtract(most, least)


def _drawn(picture: Image) -> Image | None:
    """The page in few colours on white paper; None if it has tones that this would spoil."""
    from PIL import Image

    clean = _on_white(picture)
    if clean is None:
        return None
    if clean.mode == "L":
        few, shown = _in_greys(clean)
        return few if _is_like(clean, shown) else None
    coloured = _colours(clean).point(lambda by: 255 if by > _COLOURED else 0)
    areas = coloured.reduce(_CELL).histogram()
    ink = clean.convert("L")
    ink.paste(255, mask=coloured)
    if sum(areas[_ALL_OF_IT:]) > _AREA_SHARE * sum(areas) or not _is_like(ink, _in_greys(ink)[1]):
        return None
    few = clean.quantize(8, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    return few if _is_like(clean, few.convert("RGB")) else None


def _in_greys(clean: Image) -> tuple[Image, Image]:
    """In four greys, as it is kept and as it is seen."""
    few = clean.point([(tone + 42) // 85 for tone in range(256)]).convert("P")
    few.putpalette([tone for grey in (0, 85, 170, 255) for tone in (grey, grey, grey)])
    return few, few.convert("L")


def _is_like(clean: Image, shown: Image) -> bool:
    """Of print the differences along the edges even out in each cell; of a tone between two of the few they do not."""
    from PIL import ImageChops

    apart = ImageChops.difference(clean.reduce(_CELL), shown.reduce(_CELL))
    unlike = apart.convert("L").histogram()
    most = _TONED_SHARE * sum(unlike)
    return sum(unlike[_UNLIKE if clean.mode == "L" else _UNLIKE_IN_COLOUR :]) <= most


def _on_white(picture: Image) -> Image | None:
    """With the paper white and the ink black; None where there is no paper: no light tone that prevails."""
    histogram = picture.convert("L").histogram()
    paper = max(range(128, 256), key=histogram.__getitem__)
    white = max(paper - _PAPER, _DARKEST_PAPER)
    if paper < white or 2 * sum(histogram[white:]) < sum(histogram):
        return None
    tones = [min(255, max(0, (tone - _BLACK) * 255 // (white - _BLACK))) for tone in range(256)]
    return picture.point(tones * len(picture.getbands()))


def _photographed(picture: Image) -> Scan:
    from PIL import Image

    for side, quality in _STEPS:
        if max(picture.size) > side:
            share = side / max(picture.size)
            size = tuple(max(1, round(length * share)) for length in picture.size)
            picture = picture.resize((size[0], size[1]), Image.Resampling.LANCZOS)
        into = io.BytesIO()
        picture.save(into, "JPEG", quality=quality, optimize=True)
        if into.tell() <= ENOUGH:
            break
    return scan_of(into.getvalue(), picture, Media.JPEG)


def _png(picture: Image) -> bytes:
    into = io.BytesIO()
    picture.save(into, "PNG", optimize=True)
    return into.getvalue()
