"""One thing to look at, and how its pictures are taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from time import monotonic, sleep
from typing import Final

from PySide6.QtCore import QEvent, QRect
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from ui.desktop import look
from ui.desktop.look import SCALES, THEMES, Theme, ThemeName

Dress = tuple[ThemeName, int]  # the scale in percent
ALL_LOOKS: Final[tuple[Dress, ...]] = tuple(product(ThemeName, SCALES))
_PATIENCE_S = 20.0
_LOOK_AGAIN_S = 0.01


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """`size` in pixels of the screen; a height of 0 is as high as the content wants.

    `make` is called for each look; `arrange` after it is shown, with what `make` gave;
    the picture is taken once `ready` says so. `left` is called after it was closed.
    """

    name: str
    title: str
    make: Callable[[], QWidget]
    size: tuple[int, int]
    looks: tuple[Dress, ...] = ALL_LOOKS
    arrange: Callable[[QWidget], object] = lambda _widget: None
    ready: Callable[[QWidget], bool] = lambda _widget: True
    left: Callable[[], object] = lambda: None
    themes: Mapping[ThemeName, Theme] = field(default_factory=lambda: THEMES)


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    sheet: Sheet
    theme: ThemeName
    scale_percent: int
    pixmap: QPixmap

    @property
    def file(self) -> str:
        return f"{self.sheet.name}-{self.theme.value}-{self.scale_percent}.png"


class NotReady(Exception):
    """A sheet that never became what it should show: a bug of the sheet or of what it shows."""


def pictures(app: QApplication, sheet: Sheet) -> Iterator[Picture]:
    for theme, scale_percent in sheet.looks:
        look.apply(app, theme, scale_percent, sheet.themes)
        yield Picture(
            sheet=sheet, theme=theme, scale_percent=scale_percent, pixmap=_taken(app, sheet)
        )


def _taken(app: QApplication, sheet: Sheet) -> QPixmap:
    widget = sheet.make()
    look.dress(widget)
    width, height = sheet.size
    widget.resize(width, height or 1)
    widget.show()
    app.processEvents()
    if not height:
        widget.resize(width, _wanted_height(widget, width))
    widget.activateWindow()
    app.processEvents()
    sheet.arrange(widget)
    _wait(app, sheet, widget)
    picture = widget.grab()
    _lay_dialogs_over(picture, widget)
    widget.close()
    sheet.left()
    widget.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return picture


def _lay_dialogs_over(picture: QPixmap, widget: QWidget) -> None:
    """What stands open over the window, in the place where people see it."""
    painter = QPainter(picture)
    for window in sorted(QApplication.topLevelWidgets(), key=_depth):
        if window is widget or not window.isVisible() or not isinstance(window, (QDialog, QMenu)):
            continue
        place = widget.mapFromGlobal(window.pos())
        painter.drawPixmap(place, window.grab())
        painter.setPen(QColor(look.current().theme.edge))
        painter.drawRect(QRect(place, window.size()).adjusted(-1, -1, 0, 0))
        window.close()
    painter.end()


def _depth(window: QWidget) -> int:
    """How many windows it stands over: a dialog over a dialog is drawn after it."""
    parent = window.parentWidget()
    return 0 if parent is None else 1 + _depth(parent.window())


def _wanted_height(widget: QWidget, width: int) -> int:
    wanted = widget.heightForWidth(width)
    return wanted if wanted > 0 else widget.sizeHint().height()


def _wait(app: QApplication, sheet: Sheet, widget: QWidget) -> None:
    begun = monotonic()
    app.processEvents()
    while not sheet.ready(widget):
        if monotonic() - begun > _PATIENCE_S:
            raise NotReady(sheet.name)
        sleep(_LOOK_AGAIN_S)
        app.processEvents()
    app.processEvents()
