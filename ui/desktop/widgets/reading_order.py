"""Lets Tab go as one reads: in the order of the layouts, whenever the widgets were made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QBoxLayout,
    QGridLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from ui.desktop.widgets.password_edit import PasswordEdit


def follow_layout(root: QWidget) -> None:
    """Join all that can have the keyboard under `root`; hidden ones too, as they may be shown later."""
    _chain(root.window(), [widget for widget in _as_read(root) if _can_have_focus(widget)])


def join(owner: QWidget, late: QWidget, previous: QWidget | None) -> None:
    """Give a part that was made late the place of its owner: after `previous`, its last part, if any."""
    earlier = previous or _before(owner)
    if earlier is not None:
        _chain(owner.window(), [earlier, late])
    else:
        _chain(owner.window(), [late, *_after(owner)])


def _chain(window: QWidget, widgets: Sequence[QWidget]) -> None:
    # Qt takes the order for a circle and leaves the last one before the first as it is,
    # although Tab begins at the window: something must stand between them meanwhile.
    end = QWidget(window)
    end.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    for before, after in pairwise(widgets):
        QWidget.setTabOrder(before, after)
    end.setParent(None)
    end.deleteLater()


def _before(owner: QWidget) -> QWidget | None:
    widget: QWidget | None = owner
    while widget is not None and not widget.isWindow():
        widget = widget.previousInFocusChain()
        if widget is not None and _can_have_focus(widget) and not owner.isAncestorOf(widget):
            return widget
    return None


def _after(owner: QWidget) -> list[QWidget]:
    found = []
    widget = owner.nextInFocusChain()
    while widget is not None and not widget.isWindow():
        if _can_have_focus(widget) and not owner.isAncestorOf(widget):
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def _can_have_focus(widget: QWidget) -> bool:
    # Parts of a list that Tab passes over now may be its stop later.
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None


def stops(root: QWidget) -> list[QWidget]:
    """Where Tab stops, in reading order."""
    return [
        widget
        for widget in _as_read(root)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
    ]


def _as_read(widget: QWidget) -> Iterator[QWidget]:
    yield widget
    for child in _inside(widget):
        yield from _as_read(child)


def _inside(widget: QWidget) -> list[QWidget]:
    if isinstance(widget, QScrollArea):
        shown = widget.widget()
        return [shown] if shown is not None else []
    if isinstance(widget, QStackedWidget | QSplitter):
        held = (widget.widget(at) for at in range(widget.count()))
        return [one for one in held if one is not None]
    if isinstance(widget, QLabel | QLineEdit) and not isinstance(widget, PasswordEdit):
        return []  # asked for its children, which nobody tabs to, PySide would load a hundred types
    if isinstance(widget, QAbstractScrollArea):
        return [widget.viewport()]
    layout = widget.layout()
    if layout is None:
        return [child for child in widget.children() if _is_part(child)]  # type: ignore[misc]
    return list(_laid_out(layout))


def _is_part(child: object) -> bool:
    return isinstance(child, QWidget) and not child.isWindow()


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for at in _order(layout):
        item = layout.itemAt(at)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid_out(inner)


def _order(layout: QLayout) -> list[int]:
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        return sorted(places, key=lambda at: tuple(layout.getItemPosition(at))[:2])  # type: ignore[arg-type]
    if isinstance(layout, QBoxLayout) and layout.direction() in (
        QBoxLayout.Direction.RightToLeft,
        QBoxLayout.Direction.BottomToTop,
    ):
        return places[::-1]
    return places
