"""其他当事人: the people beside the applicant, one block each; not there until somebody is added."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.domain.names import plain
from ui.desktop.look.mood import Mood
from ui.desktop.pages.registration.other_block import OtherBlock
from ui.desktop.pages.registration.presenter import RegistrationPresenter
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.card import Card


class OthersCard(Card):
    """`finished`: Enter after the last of them. `counted`: there are other blocks than before."""

    finished = Signal()
    counted = Signal()

    def __init__(self, presenter: RegistrationPresenter, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("其他当事人"), parent=parent)
        self._presenter = presenter
        self.blocks: list[OtherBlock] = []
        self._spare: list[OtherBlock] = []
        self._to_focus = False
        self.more = Button(self.tr("再添一位"), icon="user-plus", kind=ButtonKind.QUIET)
        self.header_right(self.more)
        self.more.clicked.connect(self.add_one)
        # A household of eight takes longer to make than an event may: one block each turn.
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._show_next)
        presenter.others.counted.connect(self.show_all)
        presenter.others.found.connect(self._on_found)
        presenter.others.filled.connect(self._on_filled)

    def add_one(self) -> None:
        """One more, where the keyboard goes then."""
        self._to_focus = True
        self._presenter.others.add()

    def say_nameless(self, text: str) -> None:
        """At the first of them who has no name."""
        for block in self.blocks:
            if not plain(block.party.name):
                block.fields["name"].say(Mood.BAD, text)
                block.name.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def show_all(self) -> None:
        """As many blocks as there are people, each with what the form says of them."""
        wanted = len(self._presenter.others.all)
        for block in self.blocks[wanted:]:
            block.hide()
            self._spare.append(block)
        gone = len(self.blocks) > wanted
        del self.blocks[wanted:]
        for block in self.blocks:
            block.show_form()
        self.setVisible(wanted > 0)
        if gone:
            self.counted.emit()
        self._turn.start()

    def _show_next(self) -> None:
        at = len(self.blocks)
        if at < len(self._presenter.others.all):
            block = self._spare.pop(0) if self._spare else self._made()
            self.body.insertWidget(at, block)
            block.at = at
            block.show_form()
            block.show()
            self.blocks.append(block)
            self._turn.start()
            self.counted.emit()
        elif self._to_focus and self.blocks:
            self._to_focus = False
            self.blocks[-1].focus_first()

    def _made(self) -> OtherBlock:
        block = OtherBlock(self._presenter)
        block.finished.connect(partial(self._on_finished, block))
        return block

    def _on_finished(self, block: OtherBlock) -> None:
        if block.at + 1 < len(self.blocks):
            self.blocks[block.at + 1].focus_first()
        else:
            self.finished.emit()

    def _on_found(self, at: int, found: object) -> None:
        if at < len(self.blocks):
            self.blocks[at].offer(found)

    def _on_filled(self, at: int) -> None:
        if at < len(self.blocks):
            self.blocks[at].show_form()
            self.blocks[at].go_on()
