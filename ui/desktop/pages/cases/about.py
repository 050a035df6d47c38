"""What is known of a case, in lines: people, originals, cards, other cases, and the rest."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.desktop import look
from ui.desktop.look import Mood, Space, TextKind
from ui.desktop.pages.cases.sheet import CaseSheet, Person, SheetParty
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.text import Text


class AboutLine(msgspec.Struct, frozen=True, kw_only=True):
    """`opens` is what its button stands for, None where there is none."""

    label: str
    text: str
    mood: Mood = Mood.PLAIN
    opens: object = None


class Lines(QWidget):
    """A title and lines; nothing at all where there are none. `open_asked` carries what a line opens."""

    open_asked = Signal(object)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[AboutLine, ...] = ()
        self._made: list[QWidget] = []
        self._stack = look.column(Space.XS, parent=self)
        self._stack.addWidget(Text(title, TextKind.SECTION))
        self.setAccessibleName(title)
        self.hide()

    def show_lines(self, lines: Sequence[AboutLine]) -> None:
        if tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        for widget in self._made:
            self._stack.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._made = [self._line(line) for line in lines]
        for widget in self._made:
            self._stack.addWidget(widget)
            widget.show()
        self.setVisible(bool(lines))

    def shown(self) -> tuple[AboutLine, ...]:
        return self._shown

    def _line(self, line: AboutLine) -> QWidget:
        whole = QWidget(self)
        row = look.row(Space.S, parent=whole)
        words = look.column(0)
        words.addWidget(Text(line.label, TextKind.SECONDARY))
        mood = None if line.mood is Mood.PLAIN else line.mood
        text = Text(line.text, TextKind.BODY, mood)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.addWidget(text)
        row.addLayout(words, 1)
        if line.opens is not None:
            opens = Button(self.tr("打开"), kind=ButtonKind.QUIET)
            opens.setAccessibleName(self.tr("打开{label}").format(label=line.label))
            opens.clicked.connect(partial(self._on_opened, line.opens))
            row.addWidget(opens)
        return whole

    def _on_opened(self, what: object, _checked: bool = False) -> None:
        self.open_asked.emit(what)


class About(QWidget):
    """`open_asked` carries the Ref of another case."""

    open_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.people = Lines(self.tr("其他当事人"))
        self.cards = Lines(self.tr("黄牌红牌"))
        self.links = Lines(self.tr("相关办件"))
        self.originals = Lines(self.tr("原件"))
        self.known = Lines(self.tr("情况"))
        self._parties: tuple[SheetParty, ...] = ()
        stack = look.column(Space.L, parent=self)
        for part in (self.people, self.cards, self.links, self.originals, self.known):
            stack.addWidget(part)
        self.links.open_asked.connect(self.open_asked)

    def show_sheet(self, sheet: CaseSheet) -> None:
        self._parties = sheet.parties
        self.hide_whole()
        self.cards.show_lines(
            [AboutLine(label=one.label, text=one.text, mood=one.mood) for one in sheet.cards]
        )
        self.links.show_lines(
            [
                AboutLine(
                    label=one.label, text=one.text, opens=one.subject if one.is_here else None
                )
                for one in sheet.links
            ]
        )
        self.originals.show_lines(
            [
                AboutLine(
                    label=self.tr("保管中") if one.held else self.tr("已退还"),
                    text=f"{one.what}，{one.where}",
                )
                for one in sheet.originals
            ]
        )
        self.known.show_lines(
            [AboutLine(label=one.label, text=one.text, mood=one.mood) for one in sheet.known]
        )

    def reveal(self, whole: Sequence[Person]) -> None:
        """Everybody but the applicant with every number."""
        if len(whole) == len(self._parties) + 1:
            self._say([*whole[1:]])

    def hide_whole(self) -> None:
        self._say([one.person for one in self._parties])

    def _say(self, people: Sequence[Person]) -> None:
        self.people.show_lines(
            [
                AboutLine(label=_joined(party.role, party.about), text=_person(one))
                for party, one in zip(self._parties, people, strict=True)
            ]
        )


def _person(one: Person) -> str:
    return _joined(one.name, one.about, one.id_number, one.phone, one.address)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
