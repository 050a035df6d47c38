"""An applicant's request is taken in: the form as it is filled, checked, and written as one entry."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec

from app.domain import events, identity
from app.domain.events import IdKind, MaterialTaken, Party, PartyKind
from app.domain.faults import shape_faults
from app.domain.identity import normal_digits
from app.domain.items import Handling, Item, Mode, Required
from app.domain.names import plain, plain_lines, plain_name
from app.domain.publications import OperatorCard
from app.errors import Refused
from app.journal.refs import Ref
from app.store.rows import CaseRow
from app.store.store import Store
from app.usecases import catalogue, drafts
from app.usecases.today import today

_Line = Annotated[str, msgspec.Meta(max_length=200)]
_Text = Annotated[str, msgspec.Meta(max_length=2000)]
_Count = Annotated[int, msgspec.Meta(ge=0, le=9999)]
EARLIEST = date(2000, 1, 1)
_NEVER_HELD = ("银行卡", "存折", "社会保障卡", "社保卡", "密码")


class MaterialNotAsked(Refused):
    """Nothing beyond the catalogue may be asked for or taken (facts: material, item)."""

    code = "material_not_asked"


class NotACase(Refused):
    """The item is not handled case by case: a roster, a consultation, or only told where to go."""

    code = "not_a_case"


class BadDay(Refused):
    """A day of receipt that lies ahead, or before the year 2000 (fact: day)."""

    code = "bad_day"


class ExternalIdTaken(Refused):
    """The external number belongs to another request (facts: external_id, number)."""

    code = "external_id_taken"


class NeverHeld(Refused):
    """The original of a bank card or passbook is looked at and handed back (fact: material)."""

    code = "never_held"


class BadForm(Refused):
    """Something in the form is not of its kind or too long (fact: what)."""

    code = "bad_form"


class NoName(Refused):
    code = "no_name"


class ApplicantForm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`id_note` says why a number that fails its check was taken as it is."""

    kind: PartyKind = PartyKind.PERSON
    name: _Line
    id_kind: IdKind | None = None
    id_number: _Line = ""
    phone: _Line = ""
    address: _Line = ""
    id_note: _Line = ""


class MaterialForm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A material by the item's own name. `held`: the original stays at the station."""

    name: _Line
    given: bool = True
    original: bool = False
    copies: _Count = 0
    pages: _Count = 0
    held: bool = False


class RegistrationForm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the counter fills in. `mode` is the item's own where it is not given.

    `told`: the applicant was told what their data are used for; a signed mandate says so too.
    """

    item: _Line
    applicant: ApplicantForm
    materials: tuple[MaterialForm, ...] = ()
    mode: Mode | None = None
    mandate: bool = False
    told: bool = False
    urgent: bool = False
    note: _Text = ""
    external_id: _Line = ""
    received_on: date | None = None


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
    store: Store, form: RegistrationForm, *, by: OperatorCard, draft: int | None = None
) -> Registered:
    """Register a request; when this returns, it is on the disk and its number will never be given again.

    The draft it was goes in the same transaction; one that is gone already was registered by an earlier press.
    Raises BadForm, UnknownItem, NotACase, MaterialNotAsked, BadDay, NoName, NotPermitted, DraftGone.
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
        party, warnings = _party(form.applicant)
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
                parties=(party,),
                materials=materials,
                note=plain_lines(form.note),
                external_id=plain(form.external_id),
            ),
            by=by,
        )
    if mode is Mode.PROXY and not form.mandate:
        warnings = (*warnings, "no_mandate")
    return Registered(
        local_number=case.local_number.text,
        subject=case.subject,
        missing=missing_materials(item, materials),
        warnings=warnings,
    )


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


def missing_materials(item: Item, taken: tuple[MaterialTaken, ...]) -> tuple[str, ...]:
    """The materials that the item always asks for and that are not there."""
    given = {material.index for material in taken}
    return tuple(
        material.name
        for index, material in enumerate(item.materials)
        if material.required is Required.ALWAYS and index not in given
    )


def _registered_before(store: Store, external_id: str) -> CaseRow | None:
    external_id = plain(external_id)
    if not external_id:
        return None
    found = store.rows.where(
        "external_id = ? AND station = ?", (external_id, store.region), limit=1
    )
    return found[0] if found else None


def _party(form: ApplicantForm) -> tuple[Party, tuple[str, ...]]:
    """The applicant as written, and what is odd about the number: it warns, and blocks nothing."""
    person = form.kind is PartyKind.PERSON
    number = normal_digits(form.id_number)
    kind = form.id_kind or (
        IdKind.NONE if not number else IdKind.RESIDENT if person else IdKind.CREDIT
    )
    fault = None
    if kind is IdKind.RESIDENT:
        check = identity.check_id_number(number)
        number, fault = check.normal, check.fault
    elif kind is IdKind.CREDIT:
        organisation = identity.check_uscc(number)
        number, fault = organisation.normal, organisation.fault
    else:
        number = plain(form.id_number)
    party = Party(
        kind=form.kind,
        id_kind=kind,
        name=plain_name(form.name),
        id_number=number,
        phone=_phone(form.phone),
        address=plain(form.address),
        id_note=plain(form.id_note),
    )
    return party, () if fault is None else (fault,)


def _phone(typed: str) -> str:
    """The digits, however they were grouped; what is no number is kept as it was said."""
    digits = normal_digits(typed)
    bare = "".join(one for one in digits if one not in "-－—()（）.")
    return bare if bare.removeprefix("+").isdigit() else plain(typed)


def materials_of(forms: tuple[MaterialForm, ...], item: Item) -> tuple[MaterialTaken, ...]:
    """The papers that lie on the table, by their places in the item's list. Raises MaterialNotAsked."""
    places = {material.name: index for index, material in enumerate(item.materials)}
    taken = []
    for form in forms:
        if form.name not in places:
            raise MaterialNotAsked(material=form.name, item=item.name)
        if form.held and any(word in form.name for word in _NEVER_HELD):
            raise NeverHeld(material=form.name)
        if form.given:
            taken.append(
                MaterialTaken(
                    index=places[form.name],
                    original=form.original,
                    copies=form.copies,
                    pages=form.pages,
                    held=form.held,
                )
            )
    return tuple(sorted(taken, key=lambda material: material.index))
