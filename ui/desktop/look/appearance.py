"""Puts a look on the whole application, at the start and while it runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from weakref import WeakSet

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from shiboken6 import isValid

from ui.desktop.look import fonts, spacing, style
from ui.desktop.look.current import Look, current, put_on
from ui.desktop.look.tokens import THEMES, TextKind, Theme, ThemeName

STYLE: Final = "fusion"
STYLED: Final = "styled"
"""A property of an application that was told its style on Qt's own command line."""
_dressed: Final[WeakSet[QWidget]] = WeakSet()


def apply(
    app: QApplication,
    theme: ThemeName | str,
    scale_percent: int,
    themes: Mapping[ThemeName, Theme] = THEMES,
) -> None:
    """Put it on; what stands in a dressed window hears of it as a change of style and measures itself again."""
    look = Look(theme=themes[ThemeName(theme)], scale_percent=scale_percent)
    fonts.load()
    if look == current() and _is_styled(app) and app.font() == fonts.font():
        return
    put_on(look)
    if not _is_styled(app):
        app.setStyle(STYLE)
    app.setPalette(_palette(look.theme))
    app.setFont(fonts.font())
    QToolTip.setFont(fonts.font(TextKind.SECONDARY))
    tops = [top for top in _dressed if isValid(top)]
    spacing.measure_again(tops)
    for top in tops:
        top.setStyleSheet(style.sheet(look))


def _is_styled(app: QApplication) -> bool:
    """Asking Qt brings six hundred names of a style's parts to Python: whoever starts does not wait for them."""
    return bool(app.property(STYLED)) or app.style().name() == STYLE


def supply(app: QApplication, family: bytes | None) -> None:
    """Draw with the station's own characters (`fonts.supply`), also what is on screen already."""
    if not fonts.supply(family):
        return
    app.setFont(fonts.font())
    QToolTip.setFont(fonts.font(TextKind.SECONDARY))
    for widget in app.allWidgets():
        if widget.testAttribute(
            Qt.WidgetAttribute.WA_SetFont
        ):  # it takes its font when it is dressed
            QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
        widget.update()


def dress(top: QWidget) -> None:
    """Give the style sheet to a window without a parent, and so to all that stands in it, now and later.

    Not to the application: then Qt would dress a part again each time it is put into a larger one,
    and a page costs three times as much to make. A part that stood outside while the look
    changed needs `measure_again` when it is put in.
    """
    _dressed.add(top)
    top.setStyleSheet(style.sheet(current()))


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
