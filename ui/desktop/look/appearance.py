"""Puts a look on the whole application, at the start and while it runs."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from ui.desktop.look import fonts, spacing, style
from ui.desktop.look.current import Look, current, put_on
from ui.desktop.look.tokens import THEMES, TextKind, Theme, ThemeName


def apply(app: QApplication, theme: ThemeName | str, scale_percent: int) -> None:
    """Dress the application; every widget hears of it as a change of style and measures itself again."""
    look = Look(theme=THEMES[ThemeName(theme)], scale_percent=scale_percent)
    sheet = style.sheet(look)
    if look == current() and app.styleSheet() == sheet:
        return
    put_on(look)
    fonts.load()
    if not app.styleSheet():
        app.setStyle("Fusion")
    app.setPalette(_palette(look.theme))
    app.setFont(fonts.font())
    QToolTip.setFont(fonts.font(TextKind.SECONDARY))
    spacing.measure_again(app.topLevelWidgets())
    app.setStyleSheet(sheet)


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.ground,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.paper,
        QPalette.ColorRole.AlternateBase: theme.hover,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.faint,
        QPalette.ColorRole.Button: theme.paper,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.Highlight: theme.primary,
        QPalette.ColorRole.HighlightedText: theme.on_primary,
        QPalette.ColorRole.Link: theme.primary,
        QPalette.ColorRole.LinkVisited: theme.primary,
        QPalette.ColorRole.ToolTipBase: theme.text,
        QPalette.ColorRole.ToolTipText: theme.paper,
        QPalette.ColorRole.Mid: theme.edge,
        QPalette.ColorRole.Light: theme.paper,
        QPalette.ColorRole.Dark: theme.edge,
        QPalette.ColorRole.Accent: theme.primary,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (
        QPalette.ColorRole.Text,
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.disabled))
    return palette
