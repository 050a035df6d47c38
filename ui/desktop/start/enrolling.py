"""Becoming a station's device: the code, the head's password, the centre's answer. No widgets.

What was typed stays here while a try fails, so nothing is typed twice.
Whoever is cut off shows the same code again: the keys are kept (`app.usecases.enrolment`).
"""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, Signal

from app.domain.regions import Tier
from app.errors import DaibanError
from app.store.keyslots import Unlock, WrongKey
from app.store.opening import AlreadyEnrolled
from app.store.store import Store
from ui import wording
from ui.desktop.jobs import Job, Jobs
from ui.desktop.start.seat import taken

if TYPE_CHECKING:
    from collections.abc import Callable

    from sync.client.enrolment_packets import AskedByPacket
    from sync.enrolment_code import EnrolmentCode


class CodeFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a code says before anybody is asked; `is_past` by this computer's clock."""

    text: str
    station: str
    region: str
    tier: Tier
    url: str
    expires_ms: int
    is_past: bool


class Enrolling(QObject):
    """Made on the GUI thread; `code` is the last that could be read."""

    code_read = Signal(object)
    """CodeFacts"""
    code_refused = Signal(str)
    looking = Signal()
    """A picture is being read."""
    enrolled = Signal(object)
    """Seat"""
    refused = Signal(object, str)
    """The DaibanError and its sentence: nothing is lost, try again or show another code."""
    request_written = Signal(str)
    """Where the request for the centre lies."""

    def __init__(self, jobs: Jobs, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.code: CodeFacts | None = None
        self._jobs = jobs
        self._data = data
        self._job: Job | None = None

    # --- the code ---------------------------------------------------------------------------------

    def read_text(self, text: str) -> None:
        """A code as it was typed, pasted or scanned."""
        from sync.enrolment_code import read_code

        try:
            code = read_code(text)
        except DaibanError as error:
            self._on_no_code(error)
            return
        self.code = _facts(text, code)
        self.code_read.emit(self.code)

    def read_file(self, path: Path) -> None:
        """A code in a picture's file."""
        from ui.code_pictures import text_in_file

        self._look(lambda: text_in_file(path))

    def read_picture(self, packed: Callable[[], bytes]) -> None:
        """A code in a picture from elsewhere; `packed` gives its bytes, and is called off the GUI thread."""
        from ui.code_pictures import text_in

        self._look(lambda: text_in(packed()))

    def _look(self, work: Callable[[], str]) -> None:
        self.looking.emit()
        self._jobs.outside(
            work, done=self.read_text, failed=self._on_no_code, replaces="enrolment code"
        )

    def _on_no_code(self, error: DaibanError) -> None:
        self.code = None
        self.code_refused.emit(wording.sentence_on_screen(error))

    # --- the centre -------------------------------------------------------------------------------

    def enrol(self, unlock: Unlock) -> None:
        """Show the code to the centre; whoever has this password is the station's head."""
        assert self.code is not None
        self._job = self._jobs.open(
            partial(_enrolled, self.code.text, self._data, unlock),
            done=partial(self._on_enrolled, unlock.operator),
            failed=self._on_refused,
        )

    def write_request(self, unlock: Unlock, folder: Path) -> None:
        """Where no line goes: ask by a file. Without a code it is the last request once more."""
        text = None if self.code is None else self.code.text
        self._job = self._jobs.outside(
            partial(_written_request, text, self._data, unlock, folder),
            done=self.request_written.emit,
            failed=self._on_refused,
        )

    def take_answer(self, unlock: Unlock, file: Path) -> None:
        """Become the device by the file that the centre answered with."""
        self._job = self._jobs.open(
            partial(_answered, self._data, unlock, file),
            done=partial(self._on_enrolled, unlock.operator),
            failed=self._on_refused,
        )

    def asked(self) -> AskedByPacket | None:
        """What this folder has asked for by a file and not heard of yet."""
        from app.store import enrolling

        if (
            enrolling.kept(self._data) is None
        ):  # as nearly always, and told without loading the rest
            return None
        from sync.client.enrolment_packets import waiting

        return waiting(self._data)

    def cancel(self) -> None:
        """Stop waiting. If the centre answers after all, the next try finds the device enrolled."""
        if self._job is not None:
            self._job.cancel()

    def _on_enrolled(self, name: str | None, _: Store) -> None:
        self._job = self._jobs.store(
            lambda store: taken(store, name),
            done=self.enrolled.emit,
            failed=self._on_refused,
        )

    def _on_refused(self, error: DaibanError) -> None:
        if isinstance(error, WrongKey):
            # Slots made by an earlier try stand under its password, until another code is shown.
            words = self.tr(
                "这个登记码上次已经配过一个密码，请输入同一个密码。忘了就请区中心重新发一个登记码。"
            )
        elif error.code == "offline":
            words = self.tr("连不上区中心 {url}：没有网络，或者中心没有开。还没有登记。").format(
                url=self.code.url if self.code else ""
            )
        elif error.code == "centre_not_trusted":
            words = self.tr(
                "{url} 有人应答，但不是发这个登记码的区中心，没有发送任何内容。请告诉区中心。"
            ).format(url=self.code.url if self.code else "")
        else:
            words = wording.sentence_on_screen(error)
        self.refused.emit(error, words)


def _facts(text: str, code: EnrolmentCode) -> CodeFacts:
    return CodeFacts(
        text="".join(text.split()),
        station=code.station,
        region=code.region,
        tier=Tier(code.tier),
        url=code.url,
        expires_ms=code.expires_ms,
        is_past=code.expires_ms < time.time_ns() // 1_000_000,
    )


def _written_request(text: str | None, data: Path, unlock: Unlock, folder: Path) -> str:
    from sync.client.enrolment_packets import write_request

    return str(write_request(text, data, unlock, folder))


def _answered(data: Path, unlock: Unlock, file: Path) -> Store:
    """By the answer, or what an earlier try has enrolled after all."""
    from app.store.opening import open_store
    from sync.client.enrolment_packets import take_answer
    from ui import files

    try:
        return take_answer(data, unlock, files.read(file))
    except AlreadyEnrolled:
        return open_store(data, unlock)


def _enrolled(text: str, data: Path, unlock: Unlock) -> Store:
    """Enrol, or open what an earlier try has enrolled after all."""
    from app.store.opening import open_store
    from sync.client.enrolment import enrol

    try:
        return enrol(text, data, unlock)
    except AlreadyEnrolled:
        return open_store(data, unlock)
