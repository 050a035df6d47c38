"""An applicant's request is taken in: the form as it is filled, checked, and written as one entry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import msgspec

from app.domain import events
from app.domain.faults import shape_faults
from app.domain.items import Handling, Item, Mode
from app.domain.masking import without_cards
from app.domain.names import plain, plain_lines
from app.domain.numbers import LocalNumber
from app.domain.staff import OperatorCard
from app.errors import Refused
from app.journal.refs import Ref
from app.store.rows import CaseRow
from app.store.store import Store
from app.usecases import attachments, catalogue, drafts, lookup, repairs
from app.usecases.attachments import MaterialScans
from app.usecases.materials import MaterialForm, materials_of, missing_materials
from app.usecases.parties import ApplicantForm, PartyForm, SigningForm, party_of
from app.usecases.repairs import How
from app.usecases.today import today

_Line = Annotated[str, msgspec.Meta(max_length=200)]
_Text = Annotated[str, msgspec.Meta(max_length=2000)]
EARLIEST = date(2000, 1, 1)


class NotACase(Refused):
    """The item is not handled case by case: a roster, a consultation, or only told where to go."""

    code = "not_a_case"


class BadDay(Refused):
    """A day of receipt that lies ahead, or before the year 2000 (fact: day)."""

    code = "bad_day"


class ExternalIdTaken(Refused):
    """The external number belongs to another request (facts: external_id, number)."""

    code = "external_id_taken"


class BadForm(Refused):
    """Something in the form is not of its kind or too long (fact: what)."""

    code = "bad_form"


class NoName(Refused):
    code = "no_name"


class RegistrationForm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the counter fills in. `mode` is the item's own where it is not given.

    `told`: the applicant was told what their data are used for; a signed mandate says so too.
    `green`: why the green channel is open. `staff_relative`: of whom on the staff the applicant is kin.
    `visit`: a number of the case that opened the same visit. `signing`: for somebody who cannot read or sign.
    `instead_of`: the entry or the number of a refused registration that this one corrects.
    """

    item: _Line
    applicant: ApplicantForm
    parties: tuple[PartyForm, ...] = ()
    materials: tuple[MaterialForm, ...] = ()
    mode: Mode | None = None
    mandate: bool = False
    told: bool = False
    urgent: bool = False
    note: _Text = ""
    external_id: _Line = ""
    received_on: date | None = None
    green: _Line = ""
    staff_relative: _Line = ""
    visit: _Line = ""
    signing: SigningForm | None = None
    instead_of: _Line = ""


class Registered(msgspec.Struct, frozen=True, kw_only=True):
    """`subject` is the entry that opened the case.

    `repeated`: the same external number was registered before, and nothing was written now.
    `warnings` are codes: what the person at the counter should look at again.
    """

    local_number: str
    subject: Ref
    repeated: bool = False
    missing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def register(
    store: Store,
    form: RegistrationForm,
    *,
    by: OperatorCard,
    draft: int | None = None,
    scans: Sequence[MaterialScans] = (),
) -> Registered:
    """Register a request; when this returns, it is on the disk and its number will never be given again.

    The draft it was goes in the same transaction; one that is gone already was registered by an earlier press.
    `scans` are attached in it too: their bytes are kept already (`attachments.keep`), a visit's cases may share them.
    Raises BadForm, UnknownItem, NotACase, MaterialNotAsked, BadDay, NoName, NotPermitted, DraftGone, ScanLost,
    NotRefused.
    """
    _check_shape(form)
    day = today(store)
    received_on = form.received_on or day
    if not EARLIEST <= received_on <= day:
        raise BadDay(day=received_on.isoformat())
    if not plain(form.applicant.name):
        raise NoName
    with store.writing() as tx:
        if draft is not None:
            drafts.finish(store, draft)
        item = item_asked(store, form.item, received_on)
        party, warnings = party_of(form.applicant)
        others = tuple(party_of(one)[0] for one in form.parties)
        before = _registered_before(store, form.external_id)
        if before is not None:
            if (before.item, before.applicant, before.id_number) != (
                item.id,
                party.name,
                party.id_number,
            ):
                raise ExternalIdTaken(external_id=form.external_id, number=before.local_number)
            return Registered(
                local_number=before.local_number, subject=before.subject, repeated=True
            )
        corrected = _corrected(store, form.instead_of)
        materials = materials_of(form.materials, item)
        mode = form.mode or item.mode
        slot = store.certificate.slot_text
        case = tx.record(
            events.CaseRegistered(
                item=item.id,
                item_version=item.version,
                mode=mode,
                urgent=form.urgent,
                mandate=form.mandate,
                told=form.told or form.mandate,
                backlog=received_on != day,
                station=store.region,
                received_on=received_on,
                slot=slot,
                running=tx.running_number(received_on.isoformat()),
                parties=(party, *others),
                materials=materials,
                note=without_cards(plain_lines(form.note)),
                external_id=plain(form.external_id),
                rare=_rare(store, form, corrected),
            ),
            by=by,
        )
        if corrected is not None:
            number = case.local_number.text
            repairs.settle(store, corrected[0], How.REPLACED, by=by.name, number=number)
        attachments.attach_in(store, tx, case, item, scans, by)
    if mode is Mode.PROXY and not form.mandate:
        warnings = (*warnings, "no_mandate")
    if store.rows.duplicates.is_open(case.subject):
        warnings = (*warnings, "possible_duplicate")
    return Registered(
        local_number=case.local_number.text,
        subject=case.subject,
        missing=missing_materials(item, materials),
        warnings=warnings,
    )


def _corrected(store: Store, named: str) -> tuple[Ref, LocalNumber] | None:
    """The refused registration that is corrected, and the number that its applicant holds. Raises NotRefused."""
    if not named.strip():
        return None
    ref, body = repairs.refused_registration(store, named)
    return ref, LocalNumber(body.station, body.received_on, body.slot, body.running)


def _rare(
    store: Store, form: RegistrationForm, corrected: tuple[Ref, LocalNumber] | None
) -> tuple[events.RareFacts, ...]:
    """What few registrations have; nothing, for all others. Raises UnknownNumber."""
    rare = events.RareFacts(
        green=plain(form.green),
        staff_relative=plain(form.staff_relative),
        visit=_visit(store, form.visit),
        signing=() if form.signing is None else (form.signing.body(),),
        instead_of=() if corrected is None else (corrected[1],),
    )
    return () if rare == events.RareFacts() else (rare,)


def _visit(store: Store, number: str) -> tuple[Ref, ...]:
    """The case that opened the visit: of one that was not the first, the same."""
    if not number.strip():
        return ()
    row = lookup.by_number(store, number)
    case = lookup.case_of(store, row)
    return (case.visit or case.subject,)


def _check_shape(form: RegistrationForm) -> None:
    """A Struct that was built rather than decoded has never been looked at."""
    faults = shape_faults(msgspec.to_builtins(form), RegistrationForm)
    if faults:
        raise BadForm(what="；".join(faults))


def item_asked(store: Store, asked: str, on: date) -> Item:
    """The version in force of the item that this id or name means.

    Raises NotACase, and what `catalogue.find` raises.
    """
    item = catalogue.find(store, asked, on)
    if item.handling is not Handling.CASE:
        raise NotACase(item=item.name, handling=item.handling.value)
    return item


def _registered_before(store: Store, external_id: str) -> CaseRow | None:
    external_id = plain(external_id)
    if not external_id:
        return None
    found = store.rows.where(
        "external_id = ? AND station = ?", (external_id, store.region), limit=1
    )
    return found[0] if found else None
