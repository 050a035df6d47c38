"""归档 without widgets: the lists, and what may be done with what is selected."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal

from app.domain.events import Appraisal, Role
from app.domain.items import Retention
from app.domain.staff import OperatorCard
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import archive, archive_register
from app.usecases.archive import Batch
from ui import wording
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.pages.archive.lines import ArchiveRead, View, Wanted, read

_NAMED = 8
"""Files that are named where something was not done; beyond, their number is enough."""


class ArchivePresenter(QObject):
    """`shown` an ArchiveRead; `left` sentences about files with which it was not done; `done` after an act."""

    shown = Signal(object)
    left = Signal(str)
    done = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.wanted = Wanted()
        self.last: ArchiveRead | None = None

    def want(self, **changes: object) -> None:
        self.wanted = msgspec.structs.replace(self.wanted, **changes)
        self.refresh()

    def refresh(self) -> None:
        self._desk.read(
            partial(read, wanted=self.wanted, by=self._desk.operator),
            self._on_read,
            replaces="archive.read",
        )

    def _on_read(self, told: ArchiveRead) -> None:
        self.last = told
        self.shown.emit(told)

    def may(self, role: Role) -> bool:
        return self.last is not None and role in self.last.roles

    # --- acts -------------------------------------------------------------------------------------

    def archive(
        self, subjects: Sequence[Ref], retention: Retention | None, number: str = ""
    ) -> None:
        def work(store: Store, by: OperatorCard) -> Batch:
            return archive.archive(store, subjects, retention=retention, number=number, by=by)

        self._desk.act(work, partial(self._on_done, self.tr("已归档 {n} 件。")))

    def appraise(
        self, subjects: Sequence[Ref], appraisal: Appraisal, reason: str, years: int
    ) -> None:
        def work(store: Store, by: OperatorCard) -> Batch:
            return archive.appraise(store, subjects, appraisal, reason, years=years, by=by)

        self._desk.act(work, partial(self._on_done, self.tr("已鉴定 {n} 件。")))

    def destroy(self, subjects: Sequence[Ref], reason: str) -> None:
        def work(store: Store, by: OperatorCard) -> Batch:
            return archive.destroy(store, subjects, reason, by=by)

        self._desk.act(work, partial(self._on_done, self.tr("已批准销毁 {n} 件，待区中心核对。")))

    def export(self, file: Path) -> None:
        """The register as a text file."""

        def text(store: Store) -> str:
            return archive_register.as_text(store, archive.register(store))

        self._desk.read(text, lambda told: self._save(told, file))

    def _save(self, text: str, file: Path) -> None:
        self._desk.outside(
            partial(archive_register.save, text, file),
            lambda _: self._desk.say(Mood.GOOD, self.tr("已存为 {file}").format(file=file)),
        )

    def _on_done(self, words: str, batch: Batch) -> None:
        if batch.done:
            self._desk.say(Mood.GOOD, words.format(n=len(batch.done)))
        if batch.left:
            named = [
                f"{one.number}：{wording.sentence_on_screen(one.error)}"
                for one in batch.left[:_NAMED]
            ]
            if len(batch.left) > _NAMED:
                named.append(self.tr("一共 {n} 件没有办。").format(n=len(batch.left)))
            self.left.emit("\n".join(named))
        self.done.emit()

    @property
    def view(self) -> View:
        return self.wanted.view
