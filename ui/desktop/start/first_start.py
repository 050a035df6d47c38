"""The first start as one walk: the code, the head, the centre, the printer, the first exchange."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.store.keyslots import Unlock
from ui.desktop.jobs import Jobs
from ui.desktop.start.asking_step import AskingStep
from ui.desktop.start.code_step import CodeStep
from ui.desktop.start.enrolling import CodeFacts, Enrolling
from ui.desktop.start.frame import StartFrame
from ui.desktop.start.head_step import HeadStep
from ui.desktop.start.seat import Seat
from ui.desktop.start.steps import Steps

if TYPE_CHECKING:
    from sync.client.enrolment_packets import AskedByPacket


class FirstStart(QObject):
    """Up to the moment when the device is one of a station: `enrolled` carries its Seat.

    A folder whose identity is lost has its people already: whoever opened it (`unlock`) is not asked again.
    """

    enrolled = Signal(object)
    restore_wanted = Signal()

    def __init__(
        self,
        jobs: Jobs,
        data: Path,
        show: Callable[[StartFrame], None],
        unlock: Unlock | None = None,
    ) -> None:
        super().__init__(jobs)
        self._jobs = jobs
        self._data = data
        self._show = show
        self._unlock = unlock
        self._typed_name = ""
        self.enrolling = Enrolling(jobs, data, self)
        self.enrolling.enrolled.connect(self._on_enrolled)
        self._text = ""

    def begin(self) -> None:
        """The first step, or where somebody stopped who had asked by a stick."""
        asked = self.enrolling.asked()
        if asked is None:
            self._ask_code()
        else:
            self._by_packet(asked, self._unlock)

    def _ask_code(self) -> None:
        """What was typed there before stands in it again."""
        step = CodeStep(self.enrolling)
        if self._unlock is not None:
            step.say_going_on()
        step.accepted.connect(self._on_code)
        step.restore_wanted.connect(self.restore_wanted)
        self._present(step, 0)
        if self._text:
            self.enrolling.read_text(self._text)

    def _on_code(self) -> None:
        assert self.enrolling.code is not None
        self._text = self.enrolling.code.text
        if self._unlock is not None:
            self._ask(self._unlock)
        else:
            self._ask_head("")

    def _ask_head(self, complaint: str) -> None:
        step = HeadStep()
        step.set_name(self._typed_name)
        step.decided.connect(self._ask)
        step.went_back.connect(self._ask_code)
        self._present(step, 1)
        if complaint:
            step.complain_of_password(complaint)

    def _ask(self, unlock: Unlock) -> None:
        self._typed_name = unlock.operator or ""
        step = AskingStep(self.enrolling)
        step.code_wanted.connect(self._ask_code)
        step.password_wanted.connect(self._ask_head)
        step.packet_wanted.connect(partial(self._on_packet_wanted, unlock))
        self._present(step, 2)
        step.ask(unlock)

    def _on_packet_wanted(self, unlock: Unlock) -> None:
        code = self.enrolling.code
        assert code is not None
        self._by_packet(code, unlock)

    def _by_packet(self, asked: AskedByPacket | CodeFacts, unlock: Unlock | None) -> None:
        from app.store import keyslots
        from ui.desktop.start.packet_step import PacketStep

        names = keyslots.operators(self._data) if unlock is None else ()
        step = PacketStep(self.enrolling, asked, unlock, names)
        step.code_wanted.connect(self._ask_code)
        self._present(step, 2)

    def _on_enrolled(self, seat: Seat) -> None:
        self.enrolled.emit(seat)

    def _present(self, step: StartFrame, number: int) -> None:
        step.add_above(Steps(number))
        self._show(step)
