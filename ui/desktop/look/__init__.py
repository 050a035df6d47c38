"""How the desktop looks: tokens, moods, fonts, icons, spacing and the style sheet made from them.

Not here: widgets. Elsewhere no size and no colour is written as a number.
"""

from ui.desktop.look.appearance import apply, dress
from ui.desktop.look.current import Look, current
from ui.desktop.look.fonts import font, font_of, metrics
from ui.desktop.look.icons import icon, pixmap
from ui.desktop.look.mood import Mood
from ui.desktop.look.spacing import (
    FlowLayout,
    column,
    flow,
    grid,
    measure_again,
    row,
    sized,
    spaced,
)
from ui.desktop.look.tokens import (
    PRACTICE_THEMES,
    SCALES,
    THEMES,
    Ink,
    Size,
    Space,
    TextKind,
    Theme,
    ThemeName,
)

__all__ = [
    "PRACTICE_THEMES",
    "SCALES",
    "THEMES",
    "FlowLayout",
    "Ink",
    "Look",
    "Mood",
    "Size",
    "Space",
    "TextKind",
    "Theme",
    "ThemeName",
    "apply",
    "column",
    "current",
    "dress",
    "flow",
    "font",
    "font_of",
    "grid",
    "icon",
    "measure_again",
    "metrics",
    "pixmap",
    "row",
    "sized",
    "spaced",
]
