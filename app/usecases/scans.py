"""Files, photographs and pasted pictures made into page images: nothing of a file goes on but what its pages show.

Whatever comes is hostile until it is read: the kind is told by the first bytes and never by the name, the size is
looked at before anything is unpacked, and what goes on is drawn anew from the pixels: no metadata
(where a photograph was taken!), no second file hidden behind the first.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from app.domain.attachments import LARGEST_SHEET, LONGEST_SIDE
from app.errors import Refused
from app.usecases import pdf_pages
from app.usecases.scan_encoding import Scan, bilevel, encoded, turned

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_FILE: Final = 64 * 1024 * 1024
"""Bytes: a hundred pages as a good scanner writes them."""
MOST_PAGES: Final = 100
"""Of one file."""
MOST_PIXELS: Final = 80_000_000
"""An A3 page at 600 dots an inch has 70 million."""
_MOST_HELD: Final = 288 * 1024 * 1024
"""Bytes that an unpacked picture may take."""
_HELD: Final = {"1": 2, "L": 1, "P": 5, "LA": 8, "PA": 8, "RGB": 4, "RGBA": 8, "CMYK": 8, "YCbCr": 8, "I;16": 3,
                "I;16B": 3, "I;16L": 3}  # fmt: skip
"""Bytes a pixel takes in each mode that is read, with what it is turned into."""
_KINDS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"BM", "BMP"),
    (b"RIFF", "WEBP"),
)
_PDF: Final = b"%PDF-"
_HEIC: Final = (b"heic", b"heix", b"mif1", b"msf1", b"hevc")
_ORIENTATION: Final = 0x0112
_BROKEN: Final = (
    OSError, SyntaxError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError, EOFError, MemoryError,
    RuntimeError, UserWarning, struct.error, zlib.error,
)  # fmt: skip
"""What Pillow raises for files that are not what they say; a warning, where warnings are errors."""


class NotAnImage(Refused):
    """A file that cannot become scans (facts: file, why).

    `why`: unknown, cut, heic, locked, empty, too_large, too_many_pixels, too_many_pages.
    """

    code = "not_an_image"


def read_images(data: bytes, name: str) -> list[Scan]:
    """The pages of a file, in their order; `name` stands in errors only. Raises NotAnImage."""
    if not data:
        raise NotAnImage(file=name, why="empty")
    if len(data) > LARGEST_FILE:
        raise NotAnImage(file=name, why="too_large")
    scans: list[Scan] = []
    for scan in _pdf(data, name) if data.startswith(_PDF) else _image(data, name):
        if len(scans) == MOST_PAGES:
            raise NotAnImage(file=name, why="too_many_pages")
        if scan.sheet.size > LARGEST_SHEET:
            raise NotAnImage(file=name, why="too_large")
        scans.append(scan)
    return scans


def rotate(scan: Scan, degrees: int) -> Scan:
    """The page turned clockwise by a multiple of 90 degrees."""
    quarters = degrees // 90 % 4
    return turned(scan, quarters) if quarters else scan


def _pdf(data: bytes, name: str) -> Iterator[Scan]:
    try:
        for picture in pdf_pages.pictures(data, LONGEST_SIDE, MOST_PAGES):
            yield encoded(picture)
    except pdf_pages.UnreadablePdf as error:
        raise NotAnImage(file=name, why="locked" if error.locked else "cut") from error


def _image(data: bytes, name: str) -> Iterator[Scan]:
    from PIL import Image

    kind = next((kind for begin, kind in _KINDS if data.startswith(begin)), None)
    if kind is None:
        is_heic = data[4:8] == b"ftyp" and data[8:12] in _HEIC
        raise NotAnImage(file=name, why="heic" if is_heic else "unknown")
    try:
        with Image.open(io.BytesIO(data), formats=[kind]) as opened:
            for page in range(MOST_PAGES + 1):
                if page and not _next_page(opened, page, kind):
                    return
                _check(opened, name)
                yield _page(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotAnImage(file=name, why="too_many_pixels") from error
    except _BROKEN as error:
        raise NotAnImage(file=name, why="cut") from error


def _next_page(opened: Image, page: int, kind: str) -> bool:
    """Whether there is another page; only TIFF has pages, what moves has its first picture."""
    if kind != "TIFF":
        return False
    try:
        opened.seek(page)
    except EOFError:
        return False
    return True


def _check(opened: Image, name: str) -> None:
    """Before a pixel is unpacked. Raises NotAnImage."""
    width, height = opened.size
    held = _HELD.get(opened.mode)
    if held is None or not width or not height:
        raise NotAnImage(file=name, why="unknown")
    if opened.format == "JPEG" and opened.mode in ("L", "RGB"):
        # JPEG unpacks at a part of its size.
        opened.draft(opened.mode, (LONGEST_SIDE, LONGEST_SIDE))
    if width * height > MOST_PIXELS or opened.width * opened.height * held > _MOST_HELD:
        raise NotAnImage(file=name, why="too_many_pixels")


def _page(opened: Image) -> Scan:
    from PIL import Image

    opened.load()
    orientation = _orientation(
        opened
    )  # afterwards: Pillow turns a TIFF itself, and takes the mark away
    picture: Image.Image = opened
    if opened.mode == "1" and max(opened.size) <= LONGEST_SIDE:
        return bilevel(_upright(opened.copy(), orientation))
    picture = _plain(_smaller(_reducible(opened)))
    if max(picture.size) > LONGEST_SIDE:
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return encoded(_upright(picture, orientation))


def _orientation(opened: Image) -> object:
    """How the camera was held; 1, upright, where that cannot be read: the picture is whole all the same."""
    try:
        return opened.getexif().get(_ORIENTATION, 1)
    except _BROKEN:
        return 1


def _reducible(picture: Image) -> Image:
    """In a mode that can be made smaller: no palette, no single bits, eight bits a colour."""
    if picture.mode.startswith("I;16"):
        return picture.point(lambda tone: tone * (1 / 256)).convert("L")
    if picture.mode == "1":
        return picture.convert("L")
    if picture.mode in ("P", "PA"):
        clear = picture.mode == "PA" or "transparency" in picture.info
        return picture.convert("RGBA" if clear else "RGB")
    return picture


def _smaller(picture: Image) -> Image:
    """By a whole number, as long as more remains than is wanted: quick, and little is held."""
    factor = max(picture.size) // LONGEST_SIDE
    return picture.reduce(factor) if factor > 1 else picture


def _plain(picture: Image) -> Image:
    """In grey or colours, on white where it was transparent."""
    from PIL import Image

    if picture.mode in ("RGBA", "LA"):
        picture = picture.convert("RGBA")
        white = Image.new("RGB", picture.size, "white")
        white.paste(picture, mask=picture.getchannel("A"))
        return white
    if picture.mode == "L":
        return picture.copy()
    return picture.convert("RGB")


def _upright(picture: Image, orientation: object) -> Image:
    """Turned as the camera says it was held."""
    from PIL.Image import Transpose

    ways = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    way = ways.get(orientation) if isinstance(orientation, int) else None
    return picture if way is None else picture.transpose(way)
