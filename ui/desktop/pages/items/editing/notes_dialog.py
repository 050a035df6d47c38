"""What stands beside the items: certificates that are not issued here, and names that are no more."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.catalogue import NotIssued, RetiredTerm, Retirement
from app.domain.catalogue_notes import CERTIFICATES, TERMS
from app.domain.faults import Faulty
from app.domain.item_form import Row
from app.domain.staff import OperatorCard
from app.errors import DaibanError
from app.store.store import Store
from app.usecases import catalogue_editing
from app.usecases.catalogue_editing import Notes, Published
from ui import wording
from ui.desktop import look
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.pages.items.editing.rows import RowsEditor
from ui.desktop.widgets.dialogs import FormDialog, confirm
from ui.desktop.widgets.reading_order import follow_layout
from ui.desktop.widgets.segments import Segment, Segments

_WIDE_UNITS = 640


class NotesDialog(FormDialog):
    """Accepted when the notes are published, or nothing was changed."""

    def __init__(self, desk: Desk, notes: Notes, parent: QWidget | None = None) -> None:
        super().__init__(
            desk.tr("旧名和不予开具的证明"),
            desk.tr("公布"),
            parent,
            note=desk.tr("查到这些名称的人会看到现在叫什么、该找谁、怎么办；村里不开这些证明。"),
        )
        look.sized(self, min_width=_WIDE_UNITS)
        self._desk, self._before = desk, notes
        self.certificates, self.terms = RowsEditor(CERTIFICATES), RowsEditor(TERMS)
        self.certificates.show_rows([_certificate_row(one) for one in notes.not_issued_here])
        self.terms.show_rows([_term_row(one) for one in notes.retired_terms])
        self.parts = Segments(self.tr("先改哪一样"))
        self.parts.show_segments(
            [Segment(text=one.table.label, value=one.table.name) for one in self._editors()]
        )
        self.add(self.parts)
        for one in self._editors():
            self.add(one)
        self.body.addStretch(1)
        self.parts.chosen.connect(self.show_part)
        self.show_part(CERTIFICATES.name)
        self.ok_requested.connect(self._on_ok)

    def _editors(self) -> tuple[RowsEditor, RowsEditor]:
        return self.certificates, self.terms

    def show_part(self, name: object) -> None:
        self.parts.set_value(name)
        for one in self._editors():
            one.setVisible(one.table.name == name)
        if self.isVisible():
            follow_layout(self)

    def notes(self) -> Notes:
        kinds = {one.label: one for one in Retirement}
        return Notes(
            not_issued_here=tuple(
                NotIssued(
                    name=row["name"].strip(),
                    ask_instead=row["ask_instead"].strip(),
                    alternative=row["alternative"].strip(),
                )
                for row in self.certificates.rows
            ),
            retired_terms=tuple(
                RetiredTerm(
                    old=row["old"].strip(),
                    now=row["now"].strip() or None,
                    kind=kinds[row["kind"]],
                    since=row["since"].strip() or None,
                )
                for row in self.terms.rows
            ),
        )

    def _on_ok(self) -> None:
        notes = self.notes()
        if notes == self._before:
            self.accept()
            return
        told = self.tr("全区各站从现在起都照新的查；改掉的可以再公布一次改回来。")
        if confirm(self, self.tr("公布旧名和不予开具的证明？"), told, self.tr("公布")):
            self.set_busy(True)
            self._desk.act(partial(_publish, notes=notes), self._on_done, self._on_refused)

    def _on_done(self, _: Published) -> None:
        self._desk.say(Mood.GOOD, self.tr("旧名和不予开具的证明已公布。"))
        self.accept()

    def _on_refused(self, error: DaibanError) -> None:
        self.set_busy(False)
        said = wording.sentence_on_screen(error)
        if isinstance(error, Faulty):
            said = "\n".join([said, *error.faults[1:]])
        self.say(Mood.BAD, said)


def _publish(store: Store, by: OperatorCard, *, notes: Notes) -> Published:
    return catalogue_editing.publish_notes(store, notes, by=by)


def _certificate_row(one: NotIssued) -> Row:
    return {"name": one.name, "ask_instead": one.ask_instead, "alternative": one.alternative}


def _term_row(one: RetiredTerm) -> Row:
    return {
        "old": one.old,
        "now": one.now or "",
        "kind": one.kind.label,
        "since": one.since or "",
    }
