"""The bundled fonts on screen: Noto Sans SC, and HanaMinB for the rare characters of names.

Noto's ten digits are equally wide in both weights, so figures stand in columns without a font feature.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

import resources
from ui.desktop.look.current import current
from ui.desktop.look.tokens import TYPES, TextKind

FAMILY: Final = "Noto Sans SC"
RARE: Final = "HanaMinB"
FILES: Final = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "HanaMinB.ttf")


def load() -> None:
    """Make the fonts known to the application; a second call does nothing."""
    if RARE in QFontDatabase.families():
        return
    for file in FILES:
        QFontDatabase.addApplicationFont(str(resources.path(f"fonts/{file}")))


def font(kind: TextKind = TextKind.BODY) -> QFont:
    made = TYPES[kind]
    return font_of(made.units, bold=made.bold)


def metrics(kind: TextKind = TextKind.BODY) -> QFontMetrics:
    made = TYPES[kind]
    return _metrics(current().px(made.units), made.bold)


def font_of(units: float, *, bold: bool = False) -> QFont:
    return QFont(_font(current().px(units), bold))


@cache
def _metrics(size_px: int, bold: bool) -> QFontMetrics:
    return QFontMetrics(_font(size_px, bold))


@cache
def _font(size_px: int, bold: bool) -> QFont:
    chosen = QFont()
    chosen.setFamilies([FAMILY, RARE])
    chosen.setPixelSize(size_px)
    chosen.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    # Hinting to whole pixels makes Chinese strokes uneven at 125 %.
    chosen.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return chosen
