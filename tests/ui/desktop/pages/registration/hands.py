"""Two hands on a keyboard: they type into whatever has the focus, and every stroke is counted."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui.desktop.pages.registration.page import RegistrationPage
from ui.desktop.pages.registration.result import Result

Wait = Callable[[Callable[[], bool]], object]
_NONE = Qt.KeyboardModifier.NoModifier
_SECONDS_EACH = 0.28
"""An average typist's stroke (Card, Moran and Newell's keystroke-level model)."""
_SECONDS_TO_THINK = 1.35
"""The same model's pause before each thing to decide."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """`seconds` is what the program took; `thoughts` are the fields that somebody has to think about."""

    keystrokes: int
    seconds: float
    thoughts: int

    @property
    def by_hand_s(self) -> float:
        """What the same strokes take a person, by the keystroke-level model."""
        return self.keystrokes * _SECONDS_EACH + self.thoughts * _SECONDS_TO_THINK


@dataclass(frozen=True, kw_only=True)
class Visit:
    """Who comes for what; spellings are as typed into an input method. `number` only of somebody who is new."""

    item: str
    name: str
    spelling: str
    number: str = ""
    phone: str = ""
    address: str = ""
    address_spelling: str = ""


class Hands:
    def __init__(self) -> None:
        self.strokes = 0
        self.thoughts = 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE) -> None:
        """A shortcut counts as one stroke, as a typist feels it."""
        self.strokes += 1
        QTest.keyClick(_focused(), key, modifiers)

    def type(self, text: str) -> None:
        """Letters and digits; Chinese goes through `compose`."""
        for character in text:
            self.strokes += 1
            QTest.keyClicks(_focused(), character)

    def compose(self, spelling: str, text: str) -> None:
        """Letters go to the input method, which shows them in the field; Space gives the text."""
        for length in range(1, len(spelling) + 1):
            self.strokes += 1
            compose(_focused(), spelling[:length])
        self.strokes += 1
        commit(_focused(), text)


def compose(widget: QWidget, preedit: str) -> None:
    """What is composed stands in the field, and is no text yet."""
    QApplication.sendEvent(widget, QInputMethodEvent(preedit, []))


def commit(widget: QWidget, text: str) -> None:
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def practised_agent(page: RegistrationPage, visit: Visit, wait: Wait) -> Figures:
    """Register a visit without the mouse, from F2 (the window's, counted) to the number on the screen.

    `wait` lets the event loop run until something is so.
    """
    hands, filling = Hands(), page.filling
    began = time.perf_counter()
    hands.strokes += 1
    page.focus_first()
    _pick_item(hands, page, visit, wait)
    hands.thoughts += 1
    hands.compose(visit.spelling, visit.name)
    hands.press(Qt.Key.Key_Return)
    if visit.number:
        wait(filling.applicant.number.hasFocus)
        _fill_newcomer(hands, visit, wait, page)
    wait(lambda: filling.materials.list.isAncestorOf(_focused()))
    hands.thoughts += 1
    hands.press(Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    wait(lambda: not page.presenter.table.totals.missing)
    hands.press(Qt.Key.Key_Return)
    wait(filling.aside.mandate.hasFocus)
    hands.thoughts += 1
    hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait(lambda: any(result.isVisible() for result in page.findChildren(Result)))
    seconds = time.perf_counter() - began
    return Figures(keystrokes=hands.strokes, seconds=seconds, thoughts=hands.thoughts)


def _pick_item(hands: Hands, page: RegistrationPage, visit: Visit, wait: Wait) -> None:
    hands.thoughts += 1
    hands.type(visit.item)
    hands.press(Qt.Key.Key_Return)
    wait(page.filling.applicant.name.hasFocus)


def _fill_newcomer(hands: Hands, visit: Visit, wait: Wait, page: RegistrationPage) -> None:
    applicant = page.filling.applicant
    hands.thoughts += 3
    hands.type(visit.number)
    hands.press(Qt.Key.Key_Return)
    wait(applicant.phone.hasFocus)
    hands.type(visit.phone)
    hands.press(Qt.Key.Key_Return)
    wait(applicant.address.hasFocus)
    hands.compose(visit.address_spelling, visit.address)
    hands.press(Qt.Key.Key_Return)


def _focused() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None, "nothing has the keyboard"
    return focused
