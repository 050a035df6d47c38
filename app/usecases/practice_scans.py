"""A scan for cases of practice: a page that is nobody's paper, and says so."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import resources
from app.store import attachments
from app.store.store import Store
from app.usecases.attachments import MaterialScans
from app.usecases.materials import MaterialForm
from app.usecases.scan_encoding import Scan, encoded

_SIZE = (840, 1188)
_FONT = "fonts/NotoSansSC-Regular.ttf"
_WORDS = (("练习样张", 96), ("仅供练习查看扫描件", 40), ("没有任何人的资料", 40))


def of_first(given: Iterable[MaterialForm]) -> tuple[MaterialScans, ...]:
    """The page as a scan of the first of these materials; none where nothing was given."""
    names = [one.name for one in given if one.given]
    return tuple(MaterialScans(material=name, sheets=(_page().sheet,)) for name in names[:1])


def keep(stores: Iterable[Store]) -> None:
    """In every store of a practice district: no line carries it from one to the other."""
    for store in stores:
        if not attachments.has(store, [_page().sheet.digest]):
            attachments.keep(store, _page().sheet, _page().content)


@cache
def _page() -> Scan:
    from PIL import Image, ImageDraw, ImageFont

    page = Image.new("L", _SIZE, "white")
    pen = ImageDraw.Draw(page)
    top = _SIZE[1] // 4
    for words, size in _WORDS:
        font = ImageFont.truetype(str(resources.path(_FONT)), size)
        pen.text((_SIZE[0] // 2, top), words, fill="black", font=font, anchor="mt")
        top += 2 * size
    return encoded(page)
