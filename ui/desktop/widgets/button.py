"""Buttons: plain, the one that matters, quiet, dangerous; with a menu; or an icon alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Size, Space, TextKind
from ui.desktop.widgets import painting
from ui.desktop.widgets.key_hint import draw_key, key_size, key_words
from ui.desktop.widgets.tips import set_tip

_FLAT = 6
"""So many entries stand in one menu, whatever their groups: more would not fit a low screen at 150 %."""
_INNER_RING = 3  # units from the edge to the ring on a filled button


class ButtonKind(StrEnum):
    PLAIN = "plain"
    PRIMARY = "primary"
    QUIET = "quiet"
    DANGER = "danger"


class ButtonSize(StrEnum):
    NORMAL = "normal"
    LARGE = "large"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Paint:
    fill: str
    edge: str
    ink: str


class Button(QPushButton):
    """Space and Enter press it. `key` is its shortcut; `shown_key` is one that somebody else answers."""

    def __init__(
        self,
        text: str,
        *,
        icon: str | None = None,
        kind: ButtonKind = ButtonKind.PLAIN,
        size: ButtonSize = ButtonSize.NORMAL,
        key: str | None = None,
        shown_key: str | None = None,
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._icon = icon
        self._kind = kind
        self._size = size
        self._key_words = key_words(key or shown_key or "")
        self._tip = tip
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(text)
        self.set_tip(tip)
        for sequence in _sequences(key):
            QShortcut(QKeySequence(sequence), self, self.click)

    def set_text(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def set_icon(self, name: str | None) -> None:
        self._icon = name
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: ButtonKind) -> None:
        self._kind = kind
        self.update()

    def set_tip(self, tip: str) -> None:
        """The tooltip; the shortcut is added to it."""
        self._tip = tip
        said = tip or (self.accessibleName() if self._key_words else "")
        set_tip(self, f"{said}（{self._key_words}）" if self._key_words else said)

    @override
    def sizeHint(self) -> QSize:
        px = look.current().px
        return QSize(self._content_width() + 2 * self._pad(), px(self._height_units()))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and _bare(event):
            self.click()
            return
        super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        now = look.current()
        painter = QPainter(self)
        paint = self._paint()
        corner = now.px(Size.CORNER)
        painting.plate(
            painter,
            self.rect(),
            fill=paint.fill,
            edge=paint.edge,
            edge_px=now.px(now.theme.edge_units) if paint.edge else 0,
            corner_px=corner,
        )
        if self.hasFocus():
            self._paint_focus(painter, corner)
        self._paint_content(painter, paint)

    def _paint_focus(self, painter: QPainter, corner: int) -> None:
        now = look.current()
        if self._kind in (ButtonKind.PRIMARY, ButtonKind.DANGER):
            gap = now.px(_INNER_RING)
            inner = self.rect().adjusted(gap, gap, -gap, -gap)
            painting.ring(painter, inner, corner_px=corner - 2, colour=now.theme.on_primary)
        else:
            painting.ring(painter, self.rect(), corner_px=corner)

    def _paint_content(self, painter: QPainter, paint: _Paint) -> None:
        px = look.current().px
        middle = self.rect().center().y() + 1
        left = (self.width() - self._content_width()) // 2
        if self._icon:
            painting.icon_at(painter, left, middle, self._icon, self._icon_units(), paint.ink)
            left += px(self._icon_units()) + (px(Space.S) if self.text() else 0)
        if self.text():
            width = painting.width_of(self.text(), self._text_kind()) + 1
            room = QRect(left, 0, width, self.height())
            painting.line_of_text(painter, room, self.text(), self._text_kind(), paint.ink)
            left += width + px(Space.S)
        if self._shows_key():
            size = key_size(self._key_words)
            box = QRect(QPoint(left, (self.height() - size.height()) // 2), size)
            draw_key(painter, box, self._key_words, paint.ink, paint.ink)

    def _paint(self) -> _Paint:
        theme = look.current().theme
        pressed = self.isDown() or self.isChecked()
        hovered = self.underMouse()
        if not self.isEnabled():
            quiet = self._kind is ButtonKind.QUIET
            return _Paint(
                fill="" if quiet else theme.ground,
                edge="" if quiet else theme.line,
                ink=theme.disabled,
            )
        match self._kind:
            case ButtonKind.PRIMARY:
                fill = theme.primary_hover if hovered else theme.primary
                return _Paint(
                    fill=theme.primary_pressed if pressed else fill, edge="", ink=theme.on_primary
                )
            case ButtonKind.DANGER:
                fill = theme.bad_hover if hovered or pressed else theme.bad
                return _Paint(fill=fill, edge="", ink=theme.on_bad)
            case ButtonKind.QUIET:
                fill = theme.hover if hovered else ""
                return _Paint(fill=theme.pressed if pressed else fill, edge="", ink=theme.primary)
            case _:
                fill = theme.hover if hovered else theme.paper
                return _Paint(
                    fill=theme.pressed if pressed else fill, edge=theme.edge, ink=theme.text
                )

    def _content_width(self) -> int:
        px = look.current().px
        parts = []
        if self._icon:
            parts.append(px(self._icon_units()))
        if self.text():
            parts.append(painting.width_of(self.text(), self._text_kind()) + 1)
        if self._shows_key():
            parts.append(key_size(self._key_words).width())
        return sum(parts) + px(Space.S) * (len(parts) - 1)

    def _pad(self) -> int:
        if not self.text():
            px = look.current().px
            return (px(self._height_units()) - px(self._icon_units())) // 2
        units = Space.XL if self._size is ButtonSize.LARGE else Space.L
        return look.current().px(Space.M if self._kind is ButtonKind.QUIET else units)

    def _height_units(self) -> int:
        return Size.LARGE_CONTROL if self._size is ButtonSize.LARGE else Size.CONTROL

    def _icon_units(self) -> int:
        return Size.XL_ICON if self._size is ButtonSize.LARGE else Size.ICON

    def _text_kind(self) -> TextKind:
        return TextKind.LEAD if self._size is ButtonSize.LARGE else TextKind.BODY

    def _shows_key(self) -> bool:
        return bool(self._key_words) and self._size is ButtonSize.LARGE


class IconButton(Button):
    """A quiet square with an icon; `name` is what a screen reader and the tooltip say."""

    def __init__(
        self, icon: str, name: str, *, key: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("", icon=icon, kind=ButtonKind.QUIET, key=key, tip=name, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)
        self.set_tip(name)

    @override
    def sizeHint(self) -> QSize:
        side = look.current().px(Size.SMALL_CONTROL)
        return QSize(side, side)


@dataclass(frozen=True, kw_only=True, slots=True)
class MenuEntry:
    """Entries of one `group` that follow each other stand together; where there are many, in a menu of its name."""

    text: str
    act: Callable[[], object]
    icon: str | None = None
    enabled: bool = True
    key: str = ""
    group: str = ""


class MenuButton(Button):
    """A button that opens a list of acts: press it, or Down."""

    def __init__(
        self,
        name: str,
        *,
        icon: str = "ellipsis",
        text: str = "",
        kind: ButtonKind = ButtonKind.PLAIN,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, icon=icon, kind=kind, tip=name, parent=parent)
        self.setAccessibleName(name)
        self._menu = QMenu(self)
        self.clicked.connect(self._on_clicked)

    def set_entries(self, entries: Sequence[MenuEntry]) -> None:
        self._menu.clear()
        grouped = len(entries) > _FLAT
        for group, some in groupby(entries, key=lambda entry: entry.group):
            together = list(some)
            if not grouped and not self._menu.isEmpty():
                self._menu.addSeparator()
            menu = self._menu.addMenu(group) if grouped and len(together) > 1 else self._menu
            for entry in together:
                _add(menu, entry)

    def menu_shown(self) -> QMenu:
        return self._menu

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and _bare(event):
            self.click()
            return
        super().keyPressEvent(event)

    def _on_clicked(self) -> None:
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))


def _add(menu: QMenu, entry: MenuEntry) -> None:
    action = menu.addAction(entry.text.replace("&", "&&"))
    if entry.icon:
        action.setIcon(look.icon(entry.icon))
    if entry.key:
        action.setText(f"{entry.text}\t{key_words(entry.key)}")
    action.setEnabled(entry.enabled)
    action.triggered.connect(lambda _checked=False: entry.act())


def _sequences(key: str | None) -> tuple[str, ...]:
    """The Enter of the number block counts as Enter."""
    if not key:
        return ()
    return (key, key.replace("Return", "Enter")) if "Return" in key else (key,)


def _bare(event: QKeyEvent) -> bool:
    return event.modifiers() in (
        Qt.KeyboardModifier.NoModifier,
        Qt.KeyboardModifier.KeypadModifier,
    )
