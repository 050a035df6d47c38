"""What the request on the page may repeat, in words; read on the store's thread."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QCoreApplication

from app.journal.refs import Ref
from app.store.likeness import Strength
from app.store.store import Store
from app.usecases import duplicates
from app.usecases.parties import party_of
from app.usecases.registration import RegistrationForm
from app.usecases.today import shown_today
from ui.desktop import case_words, words
from ui.desktop.models.case_lines import item_name
from ui.desktop.pages.registration.others import filled_in

_MOST = 10


class Repeated(msgspec.Struct, frozen=True, kw_only=True):
    """A case that may be the same request."""

    subject: Ref
    strength: Strength
    words: str


def look_for(store: Store, form: RegistrationForm) -> list[Repeated]:
    """What a form may repeat, the surest and newest first."""
    parties = [party_of(one)[0] for one in (form.applicant, *filled_in(form.parties))]
    on = form.received_on or shown_today(store)
    found = duplicates.of_form(store, item=form.item, on=on, parties=tuple(parties), limit=_MOST)
    return [told for one in found if (told := _told(store, one, form)) is not None]


def _told(store: Store, one: duplicates.Duplicate, form: RegistrationForm) -> Repeated | None:
    row, likeness = one.row, one.likeness
    if row is None or likeness is None:
        return None
    name = item_name(store.publications, row.item, row.item_version)
    text = _tr("{sure}（{reasons}）：{who} {day}在{place}登记过{item}，{number}。照样可以登记。")
    said = text.format(
        sure=likeness.strength.label,
        reasons=likeness.words,
        who=case_words.applicant(row),
        day=words.short_day(row.received_on),
        place=case_words.place(store.publications, row.station),
        item=_tr("这个事项") if row.item == form.item else f"“{name}”",
        number=row.local_number,
    )
    return Repeated(subject=row.subject, strength=likeness.strength, words=said)


def _tr(text: str) -> str:
    return QCoreApplication.translate("repeating", text)
