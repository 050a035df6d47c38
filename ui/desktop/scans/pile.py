"""Pages that are being put together for the materials of a case, before they are attached to it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from app.domain.attachments import Sheet
from app.errors import DaibanError
from app.usecases.attachments import MaterialScans
from ui import wording
from ui.desktop.scans.incoming import Brought
from ui.desktop.scans.workshop import Workshop

NONE = ""
"""The name under which those stand that belong to no material."""


class Pile(QObject):
    """By the materials' names. `changed`: other pages, or others on their way; `refused` carries a sentence.

    `settled`: nothing is on its way any more.
    """

    changed = Signal()
    refused = Signal(str)
    settled = Signal()

    def __init__(self, workshop: Workshop, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workshop = workshop
        self._sheets: dict[str, tuple[Sheet, ...]] = {}
        self._waiting = 0
        self._round = 0

    # --- what there is ----------------------------------------------------------------------------

    def of(self, material: str) -> tuple[Sheet, ...]:
        return self._sheets.get(material, ())

    @property
    def scans(self) -> tuple[MaterialScans, ...]:
        """All of it, as a registration attaches it and a draft keeps it."""
        return tuple(
            MaterialScans(material=name, sheets=sheets) for name, sheets in self._sheets.items()
        )

    @property
    def count(self) -> int:
        return sum(map(len, self._sheets.values()))

    @property
    def waiting(self) -> int:
        """How many files or pictures are still being read."""
        return self._waiting

    def put(self, scans: Iterable[MaterialScans]) -> None:
        """These instead; what is still being read belonged to the ones before, and is told of."""
        lost = self._waiting
        self._round += 1
        self._waiting = 0
        self._sheets = {one.material: one.sheets for one in scans if one.sheets}
        self.changed.emit()
        if lost:
            words = self.tr("有 {n} 个文件还没有读完，没有放进去，需要的话请重新扫描。")
            self.refused.emit(words.format(n=lost))

    def lay(self, scans: Iterable[MaterialScans]) -> None:
        """Pages that are there already, for materials that have none yet."""
        for one in scans:
            if one.sheets and not self.of(one.material):
                self._sheets[one.material] = one.sheets
        self.changed.emit()

    def fit(self, materials: Iterable[str]) -> None:
        """Another item asks for other materials: pages of those it does not ask for stay, under none."""
        asked = set(materials)
        for name in [name for name in self._sheets if name and name not in asked]:
            self._sheets[NONE] = (*self.of(NONE), *self._sheets.pop(name))
        self.changed.emit()

    # --- what is done with it ---------------------------------------------------------------------

    def bring(self, material: str, brought: Iterable[Brought]) -> None:
        """Files or pictures, read one after the other."""
        for one in brought:
            self._waiting += 1
            self.workshop.take_in(
                one,
                partial(self._on_taken, self._round, material),
                partial(self._on_failed, self._round),
            )
        self.changed.emit()

    def move(self, material: str, at: int, to: int) -> None:
        sheets = list(self.of(material))
        sheets.insert(to, sheets.pop(at))
        self._put(material, sheets)

    def turn(self, material: str, at: int, degrees: int) -> None:
        """Clockwise; the page image itself is another then."""
        self._waiting += 1
        self.workshop.turn(
            self.of(material)[at], degrees,
            partial(self._on_turned, self._round, material, self.of(material)[at]),
            partial(self._on_failed, self._round),
        )  # fmt: skip
        self.changed.emit()

    def remove(self, material: str, at: int) -> None:
        sheets = list(self.of(material))
        del sheets[at]
        self._put(material, sheets)

    def _put(self, material: str, sheets: Iterable[Sheet]) -> None:
        kept = tuple(sheets)
        if kept:
            self._sheets[material] = kept
        else:
            self._sheets.pop(material, None)
        self.changed.emit()

    # --- what comes back --------------------------------------------------------------------------

    def _on_taken(self, asked: int, material: str, sheets: tuple[Sheet, ...]) -> None:
        if not self._is_awaited(asked):
            return
        there = self.of(material)
        known = {sheet.digest for sheet in there}
        new = [sheet for sheet in sheets if sheet.digest not in known]
        self._one_less()
        self._put(material, (*there, *new))
        if len(new) < len(sheets):
            self.refused.emit(self.tr("同样的一页已经有了，没有再放一遍。"))
        self._tell_settled()

    def _on_turned(self, asked: int, material: str, before: Sheet, now: Sheet) -> None:
        if not self._is_awaited(asked):
            return
        self._one_less()
        sheets = self.of(material)
        self._put(material, [now if one == before else one for one in sheets])
        self._tell_settled()

    def _on_failed(self, asked: int, error: DaibanError) -> None:
        if not self._is_awaited(asked):
            return
        self._one_less()
        self.changed.emit()
        self.refused.emit(wording.sentence_on_screen(error))
        self._tell_settled()

    def _is_awaited(self, asked: int) -> bool:
        """Not what belonged to another form, or to a window that has gone."""
        return isValid(self) and asked == self._round

    def _one_less(self) -> None:
        self._waiting -= 1

    def _tell_settled(self) -> None:
        if not self._waiting:
            self.settled.emit()
