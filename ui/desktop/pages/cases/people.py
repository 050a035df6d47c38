"""The people of a case as a queue may see them, and whole while somebody holds the button."""

from __future__ import annotations

from datetime import date

from app.domain import identity
from app.domain.case import Case
from app.domain.events import IdKind, Party, PartyKind
from app.domain.masking import mask_id, mask_listed_name, mask_phone
from app.domain.staff import OperatorCard
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import looks
from app.usecases.today import shown_today
from ui.desktop.pages.cases.sheet import Person, SheetParty


def read_whole_people(store: Store, by: OperatorCard, subject: Ref) -> tuple[Person, ...]:
    """Every party with every number, the applicant first; that they were looked at is written down.

    Raises CaseUnreadable.
    """
    today = shown_today(store)
    return tuple(person(one, today, masked=False) for one in looks.shown(store, subject, by))


def other_parties(case: Case, today: date) -> tuple[SheetParty, ...]:
    """Everybody beside the applicant, masked."""
    return tuple(
        SheetParty(
            role=one.role.label,
            person=person(one, today, masked=True),
            about=" · ".join(part for part in (one.relation, one.basis) if part),
        )
        for one in case.parties[1:]
    )


def person(party: Party, today: date, *, masked: bool) -> Person:
    """A party in words. Names and codes of organisations are public."""
    private = party.kind is PartyKind.PERSON
    hidden = masked and private
    return Person(
        name=mask_listed_name(party.name) if hidden else party.name,
        about=_about(party, today),
        id_number=mask_id(party.id_number) if hidden else party.id_number,
        phone=mask_phone(party.phone) if masked else party.phone,
        address=party.address,
        hides=private or bool(party.phone),
    )


def _about(party: Party, today: date) -> str:
    if party.kind is not PartyKind.PERSON:
        return ""
    if party.id_kind is not IdKind.RESIDENT:
        return party.id_kind.label
    check = identity.check_id_number(party.id_number)
    age = check.age_on(today)
    parts = [check.sex.label if check.sex else "", "" if age is None else f"{age} 岁"]
    return " · ".join(part for part in parts if part)
