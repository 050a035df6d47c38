"""The bundled fonts on screen: Noto Sans SC, and HanaMinB for the rare characters of names.

Noto's ten digits are equally wide in both weights, so figures stand in columns without a font feature.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

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


def font_of(units: float, *, bold: bool = False) -> QFont:
    chosen = QFont()
    chosen.setFamilies([FAMILY, RARE])
    chosen.setPixelSize(current().px(units))
    chosen.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    # Hinting to whole pixels makes Chinese strokes uneven at 125 %.
    chosen.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return chosen
