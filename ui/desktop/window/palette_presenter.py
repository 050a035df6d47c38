"""The search of the whole desktop, without its box: what is asked, what is answered, what is opened."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.errors import DaibanError
from app.journal.refs import Ref
from app.store import search
from app.usecases.lookup import UnknownNumber
from ui.desktop.desk import Desk
from ui.desktop.pages.names import PageName
from ui.desktop.pages.page import label
from ui.desktop.window import findings
from ui.desktop.window.acts import WindowAct, nature
from ui.desktop.window.findings import Finding

Target = Finding | PageName | WindowAct
_QUESTION = "palette"
OFFERED_ACTS = (
    WindowAct.REGISTER,
    WindowAct.EXCHANGE,
    WindowAct.HELP,
    WindowAct.SWITCH,
    WindowAct.LOCK,
    WindowAct.CHANGE_PASSWORD,
)


class PalettePresenter(QObject):
    """`found` carries the text it answers and its targets; `opened`: something was chosen and the box may be left."""

    found = Signal(str, object)
    opened = Signal()
    act_chosen = Signal(object)

    def __init__(
        self, desk: Desk, pages: Sequence[PageName], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pages = tuple(pages)

    def ask(self, text: str) -> None:
        """Look up what a text may mean. A whole number is not looked up: Enter opens it."""
        if not search.normal(text):
            self.found.emit(text, [*self._pages, *OFFERED_ACTS])
            return
        by = self._desk.operator
        self._desk.read(
            lambda store: findings.find_all(store, text, by),
            partial(self._on_found, text),
            replaces=_QUESTION,
        )

    def enter(self, text: str) -> None:
        """Enter before anything was offered, as a scanner presses it: open what the text means before all else."""
        if not search.normal(text):
            return
        if findings.is_whole_number(text):
            self._desk.read(
                lambda store: findings.case_numbered(store, text),
                self._on_numbered,
                partial(self._on_unnumbered, text),
                replaces=_QUESTION,
            )
            return
        by = self._desk.operator
        self._desk.read(
            lambda store: findings.find_all(store, text, by),
            partial(self._on_entered, text),
            replaces=_QUESTION,
        )

    def open(self, target: Target) -> None:
        self.opened.emit()
        match target:
            case PageName():
                self._desk.go(target)
            case WindowAct():
                self.act_chosen.emit(target)
            case Finding():
                self._desk.go(target.page, target.subject)

    def _on_found(self, text: str, found: list[Finding]) -> None:
        self.found.emit(text, [*found, *self._named(text)])

    def _on_entered(self, text: str, found: list[Finding]) -> None:
        targets = [*found, *self._named(text)]
        if targets:
            self.open(targets[0])
        else:
            self.found.emit(text, targets)

    def _on_numbered(self, subject: Ref) -> None:
        self.opened.emit()
        self._desk.go(PageName.CASES, subject)

    def _on_unnumbered(self, text: str, error: DaibanError) -> None:
        """A document of a case that is not here can still be told from a false one."""
        if isinstance(error, UnknownNumber) and findings.is_receipt_code(text):
            self.opened.emit()
            self._desk.go(PageName.PAPERS, text)
        else:
            self._desk.complain(error)

    def _named(self, text: str) -> list[Target]:
        """Pages and acts whose name has the text in it."""
        plain = search.normal(text)
        pages = [page for page in self._pages if plain in search.normal(label(page))]
        acts = [act for act in OFFERED_ACTS if plain in search.normal(nature(act).label)]
        return [*pages, *acts]
