"""Walks over every widget of a page, as somebody would go who cannot use a mouse, or cannot see well.

Each walk returns sentences about what is wrong; `assert walks.faults(page) == []` says which and where.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QBoxLayout,
    QFormLayout,
    QGridLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from ui.desktop import look

_W = TypeVar("_W", bound=QWidget)
_LOWEST_PX = 36
_ROUNDING_PX = 1


def faults(root: QWidget) -> list[str]:
    """All that is wrong under a widget that is shown."""
    QApplication.processEvents()  # what was just filled in is laid out by the event loop
    return [
        *nameless(root),
        *too_low(root),
        *clipped(root),
        *sticking_out(root),
        *out_of_reading_order(root),
    ]


def nameless(root: QWidget) -> list[str]:
    """Controls that a screen reader could not announce."""
    return [f"{_told(control)}: no accessible name" for control in stops(root) if not said(control)]


def too_low(root: QWidget) -> list[str]:
    """Controls that a finger or an unsteady mouse would miss."""
    lowest = look.current().px(_LOWEST_PX)
    return [
        f"{_told(control)}: {control.height()} px high, at least {lowest} wanted"
        for control in stops(root)
        if control.height() < lowest
    ]


def clipped(root: QWidget) -> list[str]:
    """Labels and buttons whose text does not fit, unless a tooltip says it whole."""
    return [
        f"{_told(widget)}: needs {needed} px, has {has}"
        for widget in (root, *root.findChildren(QWidget))
        if _is_seen(widget, root) and not widget.toolTip()
        for needed, has in _tight(widget)
    ]


def sticking_out(root: QWidget) -> list[str]:
    """Widgets of which a part lies outside what holds them, where nothing scrolls."""
    return [
        f"{_told(widget)}: {widget.geometry().getRect()} in {parent.rect().getRect()}"
        for widget in root.findChildren(QWidget)
        if _is_seen(widget, root) and widget.width() > 0 and widget.height() > 0
        for parent in [widget.parentWidget()]
        if parent is not None
        and not _scrolls(parent)
        and not parent.rect().contains(widget.geometry())
    ]


def out_of_reading_order(root: QWidget) -> list[str]:
    """Controls to which Tab comes before one that is read earlier."""
    wanted = set(stops(root))
    shown = [widget for widget in _as_read(root) if widget in wanted]
    read_too = set(shown)
    visited = [widget for widget in tab_order(root) if widget in read_too]
    for read, tabbed in zip(shown, visited, strict=False):
        if read is not tabbed:
            return [f"Tab comes to {_told(tabbed)} where {_told(read)} is read"]
    return []


def stops(root: QWidget) -> list[QWidget]:
    """Everything visible that Tab stops at, as the widgets were made."""
    return [
        widget
        for widget in (root, *root.findChildren(QWidget))
        if _is_seen(widget, root)
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
    ]


def tab_order(root: QWidget) -> list[QWidget]:
    """The same, in the order in which Tab visits them."""
    wanted = set(stops(root))
    visited = []
    widget = root
    while True:
        if widget in wanted:
            visited.append(widget)
        following = widget.nextInFocusChain()
        if following is root or following is None:
            return visited
        widget = following


def the(kind: type[_W], root: QWidget) -> _W:
    """The first widget of its kind under a root; there must be one."""
    found = root.findChild(kind)
    assert found is not None, f"no {kind.__name__}"
    return found


def texts(root: QWidget) -> list[str]:
    """Every label that can be read."""
    return [
        label.text() for label in root.findChildren(QLabel) if label.text() and label.isVisible()
    ]


def said(control: QWidget) -> str:
    """What a screen reader says of a control."""
    interface = QAccessible.queryAccessibleInterface(control)
    return control.accessibleName() or interface.text(QAccessible.Text.Name)


def _as_read(widget: QWidget) -> Iterator[QWidget]:
    """A widget and what is in it, in the order of its layouts: what stands first is read first."""
    yield widget
    for child in _contents(widget):
        yield from _as_read(child)


def _contents(widget: QWidget) -> list[QWidget]:
    layout = widget.layout()
    if isinstance(widget, QStackedWidget):
        shown = widget.currentWidget()
        return [] if shown is None else [shown]
    if isinstance(widget, QScrollArea):
        scrolled = widget.widget()
        return [] if scrolled is None else [scrolled]
    if isinstance(widget, QSplitter):
        return [part for part in map(widget.widget, range(widget.count())) if part is not None]
    placed = list(_laid_out(layout)) if layout is not None else []
    loose = [
        child
        for child in widget.children()
        if isinstance(child, QWidget) and not child.isWindow() and child not in placed
    ]
    return [*placed, *loose]


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for item in _ordered(layout):
        inner, widget = item.layout(), item.widget()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid_out(inner)


def _ordered(layout: QLayout) -> list[QLayoutItem]:
    numbers = range(layout.count())
    items = [item for item in map(layout.itemAt, numbers) if item is not None]
    if isinstance(layout, QGridLayout | QFormLayout):
        return sorted(items, key=lambda item: (item.geometry().top(), item.geometry().left()))
    if isinstance(layout, QBoxLayout) and layout.direction() in (
        QBoxLayout.Direction.RightToLeft,
        QBoxLayout.Direction.BottomToTop,
    ):
        return items[::-1]
    return items


def _tight(widget: QWidget) -> Iterator[tuple[int, int]]:
    """What the text of a label or button needs, and the smaller room that it has."""
    if isinstance(widget, QLabel) and widget.text():
        room = widget.contentsRect()
        if widget.wordWrap():
            needed, has = widget.heightForWidth(widget.width()), widget.height()
        else:
            needed, has = widget.fontMetrics().horizontalAdvance(widget.text()), room.width()
            if widget.textFormat() is Qt.TextFormat.RichText:
                needed = widget.sizeHint().width()
    elif isinstance(widget, QAbstractButton) and widget.text():
        if widget.hasHeightForWidth():
            needed, has = widget.heightForWidth(widget.width()), widget.height()
        else:
            needed, has = widget.sizeHint().width(), widget.width()
    else:
        return
    if needed > has + _ROUNDING_PX:
        yield needed, has


def _is_seen(widget: QWidget, root: QWidget) -> bool:
    return not widget.isWindow() and widget.isVisibleTo(root) if widget is not root else True


def _scrolls(parent: QWidget) -> bool:
    """Whether the widget is a viewport, or what lies in one: its edges are where scrolling begins."""
    holder = parent.parentWidget()
    return isinstance(parent, QAbstractScrollArea) or (
        isinstance(holder, QAbstractScrollArea) and holder.viewport() is parent
    )


def _told(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    named = widget.objectName() or widget.accessibleName() or text
    return f"{type(widget).__name__} “{named}”"
