"""The acts that may be done now: the next one large, two more as buttons, the rest in a menu by groups."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.desktop import look
from ui.desktop.look import Space
from ui.desktop.pages.cases.act_choices import ActChoice, ActGroup
from ui.desktop.widgets.button import Button, ButtonKind, MenuButton, MenuEntry

PRIMARY_KEY: Final = "Ctrl+Return"
_PRIMARY_WIDTH: Final = 144
_BUTTONS: Final = 3


class ActRow(QWidget):
    """`chosen` carries the ActChoice. What Ctrl+Enter does is the page's to say; the first button shows it."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._acts: tuple[ActChoice, ...] = ()
        self._row = look.flow(Space.S, parent=self)
        self._buttons: list[Button] = []

    def show_acts(self, acts: Sequence[ActChoice]) -> None:
        """Buttons that are the same stay, and keep the focus."""
        if tuple(acts) == self._acts:
            return
        self._acts = tuple(acts)
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        first = _first(acts)
        rest = [act for act in acts if act not in first]
        self._buttons = [self._button(act) for act in first]
        if rest:
            self._buttons.append(self._menu(rest))
        for button in self._buttons:
            self._row.addWidget(button)
            button.show()
        self.setVisible(bool(acts))
        self.updateGeometry()

    def set_busy(self, busy: bool) -> None:
        for button in self._buttons:
            button.setEnabled(not busy)

    def buttons(self) -> tuple[Button, ...]:
        return tuple(self._buttons)

    def _button(self, act: ActChoice) -> Button:
        first = act == next((one for one in self._acts if one.may_be_next), None)
        button = Button(
            act.label,
            icon=act.icon,
            kind=ButtonKind.PRIMARY if first else ButtonKind.PLAIN,
            shown_key=PRIMARY_KEY if first else None,
            parent=self,
        )
        if first:
            look.sized(button, min_width=_PRIMARY_WIDTH)
        button.clicked.connect(partial(self._on_clicked, act))
        return button

    def _menu(self, acts: Sequence[ActChoice]) -> Button:
        menu = MenuButton(self.tr("更多办理"), text=self.tr("更多"), parent=self)
        ordered = sorted(acts, key=lambda act: tuple(ActGroup).index(act.group))
        menu.set_entries(
            [
                MenuEntry(
                    text=act.label,
                    act=partial(self.chosen.emit, act),
                    icon=act.icon,
                    group=act.group.label,
                )
                for act in ordered
            ]
        )
        return menu

    def _on_clicked(self, act: ActChoice, _checked: bool = False) -> None:
        self.chosen.emit(act)


def _first(acts: Sequence[ActChoice]) -> list[ActChoice]:
    """The next act, if there is one, then the others in their order."""
    buttons = [act for act in acts if act.has_button]
    ahead = next((act for act in buttons if act.may_be_next), None)
    return sorted(buttons, key=lambda act: act != ahead)[:_BUTTONS]
