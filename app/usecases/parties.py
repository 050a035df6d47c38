"""The people of a request as the counter fills them in: checked, and never refused for a number or a name."""

from __future__ import annotations

from typing import Annotated

import msgspec

from app.domain import identity
from app.domain.events import IdKind, Party, PartyKind, PartyRole, Signing
from app.domain.identity import normal_digits
from app.domain.names import plain, plain_name

_Line = Annotated[str, msgspec.Meta(max_length=200)]


class ApplicantForm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`id_note` says why a number that fails its check was taken as it is; `other_name` a former or other spelling."""

    kind: PartyKind = PartyKind.PERSON
    name: _Line
    id_kind: IdKind | None = None
    id_number: _Line = ""
    phone: _Line = ""
    address: _Line = ""
    id_note: _Line = ""
    other_name: _Line = ""


class PartyForm(ApplicantForm, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody beside the applicant; `basis` is what a guardian or attorney acts on."""

    role: PartyRole
    relation: _Line = ""
    basis: _Line = ""


class SigningForm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For somebody who cannot read or sign: who wrote, who read aloud, who saw it; never the handler as witness."""

    written_by: _Line
    read_by: _Line
    witness: _Line
    witness_phone: _Line = ""
    fingerprint: bool = True

    def body(self) -> Signing:
        return Signing(
            written_by=plain(self.written_by),
            read_by=plain(self.read_by),
            witness=plain_name(self.witness),
            witness_phone=phone(self.witness_phone),
            fingerprint=self.fingerprint,
        )


def party_of(form: ApplicantForm) -> tuple[Party, tuple[str, ...]]:
    """The person as written, and what is odd about the number: it warns, and blocks nothing."""
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
    other = form if isinstance(form, PartyForm) else None
    party = Party(
        role=other.role if other else PartyRole.APPLICANT,
        kind=form.kind,
        id_kind=kind,
        name=plain_name(form.name),
        id_number=number,
        phone=phone(form.phone),
        address=plain(form.address),
        id_note=plain(form.id_note),
        relation=plain(other.relation) if other else "",
        basis=plain(other.basis) if other else "",
        other_name=plain_name(form.other_name),
    )
    return party, () if fault is None else (fault,)


def parties_of(
    applicant: ApplicantForm | None, others: tuple[PartyForm, ...]
) -> tuple[Party | None, tuple[Party, ...]]:
    """The applicant and the others as written, where they are told at all."""
    first = None if applicant is None else party_of(applicant)[0]
    return first, tuple(party_of(one)[0] for one in others)


def phone(typed: str) -> str:
    """The digits, however they were grouped; what is no number is kept as it was said."""
    digits = normal_digits(typed)
    bare = "".join(one for one in digits if one not in "-－—()（）.")
    return bare if bare.removeprefix("+").isdigit() else plain(typed)
