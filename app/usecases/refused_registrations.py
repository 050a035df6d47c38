"""A registration that the centre refused, as a form again: corrected, it is registered in the old one's place.

Nobody else will ever have the refused entry, so the new one says itself which number it takes the place of
(`RegistrationForm.instead_of`).
"""

from __future__ import annotations

from typing import Any

import msgspec

from app.domain import events
from app.domain.attachments import NO_MATERIAL
from app.domain.events import CaseRegistered, Party
from app.domain.items import Item
from app.domain.numbers import LocalNumber
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import repairs
from app.usecases.attachments import MaterialScans
from app.usecases.materials import MaterialForm
from app.usecases.parties import ApplicantForm, PartyForm, SigningForm
from app.usecases.registration import RegistrationForm
from app.usecases.today import shown_today


class Refilled(msgspec.Struct, frozen=True, kw_only=True):
    """What was filled in, and the scans that were attached since."""

    form: RegistrationForm
    scans: tuple[MaterialScans, ...]


def refilled(store: Store, ref: Ref) -> Refilled:
    """The form of a refused registration, with its own day of receipt: the applicant came then.

    Raises NotRefused, UnknownItem.
    """
    body = repairs.refused_registration(store, str(ref))[1]
    item = store.publications.item(body.item, body.item_version)
    named = _named(store, ref, body)
    form = _form(body, item, named)
    if form.received_on == shown_today(store):
        form = msgspec.structs.replace(form, received_on=None)
    return Refilled(form=form, scans=_scans(store, ref, item))


def _named(store: Store, ref: Ref, body: CaseRegistered) -> str:
    """Its number, which a person can read and no new life changes; its entry where another bears the number."""
    number = LocalNumber(body.station, body.received_on, body.slot, body.running).text
    return number if repairs.refused_registration(store, number)[0] == ref else str(ref)


def _form(body: CaseRegistered, item: Item, named: str) -> RegistrationForm:
    rare = body.rare[0] if body.rare else events.RareFacts()
    return RegistrationForm(
        item=body.item,
        applicant=ApplicantForm(**_of_person(body.parties[0])),
        parties=tuple(
            PartyForm(role=one.role, relation=one.relation, basis=one.basis, **_of_person(one))
            for one in body.parties[1:]
        ),
        materials=tuple(
            MaterialForm(
                name=item.materials[one.index].name,
                original=one.original,
                copies=one.copies,
                pages=one.pages,
                held=one.held,
            )
            for one in body.materials
            if one.index < len(item.materials)
        ),
        mode=body.mode,
        mandate=body.mandate,
        told=body.told,
        urgent=body.urgent,
        note=body.note,
        external_id=body.external_id,
        received_on=body.received_on,
        green=rare.green,
        staff_relative=rare.staff_relative,
        visit=str(rare.visit[0]) if rare.visit else "",
        signing=SigningForm(**msgspec.structs.asdict(rare.signing[0])) if rare.signing else None,
        instead_of=named,
    )


def _of_person(party: Party) -> dict[str, Any]:
    fields = ("kind", "name", "id_kind", "id_number", "phone", "address", "id_note", "other_name")
    return {name: getattr(party, name) for name in fields}


def _scans(store: Store, ref: Ref, item: Item) -> tuple[MaterialScans, ...]:
    """What was attached to it and not taken away again."""
    added: dict[Ref, events.AttachmentAdded] = {}
    for entry in store.history(ref):
        if entry.body is None or not events.is_known(entry.kind, entry.version):
            continue
        match events.decode_body(entry.kind, entry.version, entry.body):
            case events.AttachmentAdded() as body:
                added[entry.ref] = body
            case events.AttachmentRemoved(added=removed):
                added.pop(removed, None)
    return tuple(
        MaterialScans(material=_material(item, one.material), sheets=one.sheets, note=one.note)
        for one in added.values()
    )


def _material(item: Item, place: int) -> str:
    known = place != NO_MATERIAL and 0 <= place < len(item.materials)
    return item.materials[place].name if known else ""
