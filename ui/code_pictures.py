"""The code in a picture of its QR: a photograph, a screenshot, something pasted from a chat.

A picture comes from anywhere: its size is limited before it is unpacked, and whatever is wrong with it is said plainly.
No Qt here: it runs off the GUI thread, and for the command line.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.errors import Refused

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_PIXELS: Final = 64_000_000
"""More than a telephone's camera makes; a JPEG of that size is unpacked at a fraction of it."""
_MAX_PIXELS_WHOLE: Final = 25_000_000
"""Of formats that can only be unpacked whole."""
_WORKED_AT_PX: Final = 2_000
"""A code fills a good part of its picture: this many pixels along the long side tell its dots apart."""
_FORMATS: Final = ("PNG", "JPEG", "BMP", "GIF", "WEBP")
_BROKEN: Final = (
    OSError, SyntaxError, ValueError, EOFError, OverflowError, IndexError, KeyError, MemoryError,
    struct.error, zlib.error,
)  # fmt: skip
"""What Pillow raises on files that are not what they claim to be."""


class BadPicture(Refused):
    """Not a picture that can be read."""

    code = "bad_picture"


class PictureTooLarge(Refused):
    """More bytes or more pixels than a picture of a code has (fact: most_mb)."""

    code = "picture_too_large"


class NoCodeInPicture(Refused):
    code = "no_code_in_picture"


def text_in_file(path: Path) -> str:
    """What the QR in a picture's file says. Raises BadPicture, PictureTooLarge, NoCodeInPicture."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadPicture from error
    return text_in(content)


def text_in(content: bytes) -> str:
    """What the QR in a picture's bytes says. Raises BadPicture, PictureTooLarge, NoCodeInPicture."""
    if len(content) > MAX_BYTES:
        raise PictureTooLarge(most_mb=MAX_BYTES // 2**20)
    import zxingcpp

    grey = _unpacked(content)
    only = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    for code in zxingcpp.read_barcodes(grey, formats=only):
        if code.text:
            return code.text
    raise NoCodeInPicture


def _unpacked(content: bytes) -> Image:
    """In shades of grey. Raises BadPicture, PictureTooLarge."""
    from PIL.Image import DecompressionBombError, DecompressionBombWarning

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", DecompressionBombWarning)
            with _opened(content) as picture:
                return _reduced(picture)
    except (DecompressionBombError, DecompressionBombWarning) as error:
        raise PictureTooLarge(most_mb=MAX_BYTES // 2**20) from error
    except _BROKEN as error:
        raise BadPicture from error


def _opened(content: bytes) -> Image:
    """The picture, of which nothing is unpacked yet."""
    from PIL import Image

    picture = Image.open(io.BytesIO(content), formats=_FORMATS)
    most = MAX_PIXELS if picture.format == "JPEG" else _MAX_PIXELS_WHOLE
    if picture.width * picture.height > most:
        raise PictureTooLarge(most_mb=MAX_BYTES // 2**20)
    return picture


def _reduced(picture: Image) -> Image:
    """In shades of grey, and no larger than the work needs."""
    from PIL.Image import Resampling

    picture.draft("L", (_WORKED_AT_PX, _WORKED_AT_PX))
    if picture.has_transparency_data:  # a code on nothing: its paper is white
        picture = _on_white(picture)
    grey = picture.convert("L")
    grey.thumbnail((_WORKED_AT_PX, _WORKED_AT_PX), Resampling.BILINEAR)
    return grey


def _on_white(picture: Image) -> Image:
    from PIL import Image

    drawn = picture.convert("RGBA")
    paper = Image.new("RGBA", drawn.size, "white")
    paper.alpha_composite(drawn)
    return paper
