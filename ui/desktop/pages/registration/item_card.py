"""Which item: found by any of its names, with its guide one key away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from app.domain.items import Item
from app.usecases.catalogue import Suggested
from ui.desktop import look
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space
from ui.desktop.pages.registration import checks, suggestions
from ui.desktop.pages.registration.checks import Finding, Place
from ui.desktop.pages.registration.presenter import RegistrationPresenter
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.chip import Chip
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.suggest_box import SuggestBox

_BESIDE_UNITS = 560
"""A narrower card has no room beside the field."""


class ItemCard(Card):
    """`settled`: an item was picked; `scanned`: what was typed here is somebody's number."""

    settled = Signal()
    scanned = Signal(str)
    guide_asked = Signal()

    def __init__(self, presenter: RegistrationPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._presenter = presenter
        self._wanted = ""
        self._make()
        self._assemble()
        self._connect()

    def _make(self) -> None:
        self.box = SuggestBox(self.tr("如 低保、db、农村低保"), icon="search")
        self.field = Field(self.tr("事项（名称、旧称或拼音首字母）"), self.box)
        self._mode = Chip()
        self._kind = Chip()
        self.guide = Button(
            self.tr("办事指南"), icon="book-open", kind=ButtonKind.QUIET, key="Alt+G"
        )

    def _assemble(self) -> None:
        beside = QWidget()
        self._chips = look.row(Space.S, parent=beside)
        for widget in (self._mode, self._kind, self.guide):
            self._chips.addWidget(widget, alignment=Qt.AlignmentFlag.AlignVCenter)
        self._line = look.spaced(QBoxLayout(QBoxLayout.Direction.LeftToRight), Space.M)
        self._line.addWidget(self.field, 1)
        self._line.addWidget(beside, alignment=Qt.AlignmentFlag.AlignTop)
        self.add(self._line)
        self._arrange()

    def _arrange(self) -> None:
        """What the item is stands beside its name, or under it in a narrow card."""
        if self.width() >= look.current().px(_BESIDE_UNITS):
            self._line.setDirection(QBoxLayout.Direction.LeftToRight)
            look.spaced(self._chips, Space.S, (0, Space.XL, 0, 0))  # as high as the field's label
        else:
            self._line.setDirection(QBoxLayout.Direction.TopToBottom)
            look.spaced(self._chips, Space.S)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _connect(self) -> None:
        self.box.asked.connect(self._presenter.search.look_for)
        self.box.chosen.connect(self._on_chosen)
        self.box.entered.connect(self._on_entered)
        self.box.left.connect(self._on_left)
        self.guide.clicked.connect(self.guide_asked)
        self._presenter.search.found.connect(self._on_found)
        self._presenter.item_changed.connect(self._on_item_changed)
        self._presenter.outlook_changed.connect(self._show_chips)
        self._presenter.judged.connect(self._on_judged)
        self._on_item_changed()

    def _on_found(self, found: list[Suggested]) -> None:
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            if found and wanted == self.box.text():
                self._on_chosen(found[0])
                return
        if self.box.hasFocus() and (found or self.field.said_mood is None):
            self.box.offer([suggestions.of_item(one) for one in found])

    def _on_chosen(self, suggested: Suggested) -> None:
        self.box.dismiss()
        if self._presenter.take(suggested):
            self.settled.emit()
        else:
            self.box.selectAll()

    def _on_entered(self) -> None:
        """Enter without a row of the list: a scanner's number, a fast typist's name, or the item that is there."""
        typed, item = self.box.text(), self._presenter.item
        if checks.scanned_kind(typed) is not None:
            self.box.dismiss()
            self.box.setText(item.name if item else "")
            self.scanned.emit(typed)
        elif item is not None and typed == item.name:
            self.settled.emit()
        elif typed.strip():
            self._wanted = typed
            self._presenter.search.look_for(typed)

    def _on_left(self) -> None:
        item, typed = self._presenter.item, self.box.text().strip()
        if item is not None:
            self.box.setText(item.name)
        elif typed and self.field.said_mood is None:
            self.field.say(Mood.WARN, self.tr("请从列表里选一项"))

    def _on_item_changed(self) -> None:
        item = self._presenter.item
        if item is not None or not self.box.hasFocus():
            self.box.setText(item.name if item else "")
        self.field.quiet()
        self.field.set_note(_once_called(item))
        self.guide.setVisible(item is not None)
        self._show_chips()

    def _show_chips(self) -> None:
        item, mode = self._presenter.item, self._presenter.mode
        self._kind.setVisible(item is not None)
        self._mode.setVisible(item is not None and mode is not None)
        if item is not None:
            self._kind.say(Mood.PLAIN, item.kind.label)
        if mode is not None:
            self._mode.say(Mood.PLAIN, mode.label)

    def _on_judged(self, place: Place, finding: Finding | None) -> None:
        if place is not Place.ITEM:
            return
        if finding is None:
            self.field.quiet()
        else:
            self.field.say(finding.mood, finding.text)


def _once_called(item: Item | None) -> str:
    return "" if item is None else "、".join(item.aliases[:4])
