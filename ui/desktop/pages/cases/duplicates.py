"""What a case may repeat, in words: who, where, when and why; read on the store's thread."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QCoreApplication

from app.domain.case import Case, State
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import duplicates
from app.usecases.duplicates import Duplicate, Judged
from ui import wording
from ui.desktop import case_words, words
from ui.desktop.look.mood import Mood
from ui.desktop.models.case_lines import item_name


class SheetDuplicate(msgspec.Struct, frozen=True, kw_only=True):
    """Another case that this one may repeat. `subject` is None where that one is not seen here.

    `title` names it, `why` says what both have alike, `chip` what was said of them.
    """

    subject: Ref | None
    title: str
    why: str
    chip: str
    mood: Mood
    judged: Judged


def read_duplicates(store: Store, case: Case) -> tuple[SheetDuplicate, ...]:
    """Those that nobody has judged first."""
    return tuple(_told(store, one) for one in duplicates.of(store, case))


def _told(store: Store, one: Duplicate) -> SheetDuplicate:
    same = one.judged is Judged.SAME
    chip, mood = one.judged.label, Mood.BAD if same else Mood.WARN
    reasons = wording.duplicate(
        one.likeness.words if one.likeness else "", seen=one.row is not None
    )
    row = one.row
    if row is None:
        title = _tr("另一站点的一件")
        return SheetDuplicate(
            subject=None, title=title, why=reasons, chip=chip, mood=mood, judged=one.judged
        )
    title = _tr("{who} {day}在{place}登记的“{item}”，{state}").format(
        who=case_words.applicant(row),
        day=words.day(row.received_on),
        place=case_words.place(store.publications, row.station),
        item=item_name(store.publications, row.item, row.item_version),
        state=State(row.state).label,
    )
    sure = _tr("{sure}：").format(sure=one.likeness.strength.label) if one.likeness else ""
    why = f"{row.local_number} · {sure}{reasons}"
    return SheetDuplicate(
        subject=row.subject, title=title, why=why, chip=chip, mood=mood, judged=one.judged
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("duplicates", text)
