"""The fonts on screen: the chain of the paper (`printing.fonts`), in the same order.

Noto Sans SC first, for rare characters Noto Serif SC and HanaMinB, then fonts of one script each,
last what the station supplied.
Qt maps the files and opens each when the first character needs it.
Noto's ten digits are equally wide in both weights, so figures stand in columns without a font feature.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

import resources
from ui.desktop.look.current import current
from ui.desktop.look.tokens import TYPES, TextKind

FAMILY: Final = "Noto Sans SC"
RARE: Final = "HanaMinB"
FAMILIES: Final = (
    FAMILY, "Noto Serif SC", RARE, "Noto Sans Yi", "Noto Sans Lisu", "Noto Sans Tai Le",
    "Noto Sans New Tai Lue", "NanumGothicCoding",
)  # fmt: skip
FILES: Final = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "HanaMinB.ttf")
LATER: Final = (
    "NotoSerifSC-Regular.ttf", "NotoSansYi-Regular.ttf", "NotoSansLisu-Regular.ttf",
    "NotoSansTaiLe-Regular.ttf", "NotoSansNewTaiLue-Regular.ttf", "NanumGothicCoding.ttf",
)  # fmt: skip
"""What the page on which one logs in hardly needs: its milliseconds come after it."""

_NONE: Final = -1
_supplied: dict[int, bytes] = {}
"""What `supply` gave Qt, by Qt's own number."""


def load() -> None:
    """Make the fonts known to the application; a second call does nothing."""
    if RARE not in QFontDatabase.families():
        _add(FILES)


def load_rest() -> None:
    """The other fonts of the chain; a second call does nothing."""
    if FAMILIES[1] not in QFontDatabase.families():
        _add(LATER)


def supply(family: bytes | None) -> bool:
    """The station's own characters, all in one font, in place of those before; whether anything is different now.

    Fonts that were made before do not hear of it: `appearance.supply` makes them anew.
    """
    if list(_supplied.values()) == ([] if family is None else [family]):
        return False
    for number in _supplied:
        QFontDatabase.removeApplicationFont(number)
    _supplied.clear()
    if family is not None:
        number = QFontDatabase.addApplicationFontFromData(family)
        if number != _NONE:
            _supplied[number] = family
    _font.cache_clear()
    _metrics.cache_clear()
    return True


def families() -> list[str]:
    """The chain."""
    own = [QFontDatabase.applicationFontFamilies(number)[0] for number in _supplied]
    return [*FAMILIES, *own]


def font(kind: TextKind = TextKind.BODY) -> QFont:
    made = TYPES[kind]
    return font_of(made.units, bold=made.bold)


def metrics(kind: TextKind = TextKind.BODY) -> QFontMetrics:
    made = TYPES[kind]
    return _metrics(current().px(made.units), made.bold)


def font_of(units: float, *, bold: bool = False) -> QFont:
    return QFont(_font(current().px(units), bold))


def _add(files: Iterable[str]) -> None:
    for file in files:
        QFontDatabase.addApplicationFont(str(resources.path(f"fonts/{file}")))


@cache
def _metrics(size_px: int, bold: bool) -> QFontMetrics:
    return QFontMetrics(_font(size_px, bold))


@cache
def _font(size_px: int, bold: bool) -> QFont:
    chosen = QFont()
    chosen.setFamilies(families())
    chosen.setPixelSize(size_px)
    chosen.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    # Hinting to whole pixels makes Chinese strokes uneven at 125 %.
    chosen.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return chosen
