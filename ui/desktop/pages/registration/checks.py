"""What is said beside a field when it is left, and what keeps a form from being registered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

import msgspec
from PySide6.QtCore import QCoreApplication

from app.domain import identity
from app.domain.events import IdKind, PartyKind, PartyRole
from app.domain.identity import IdCheck, normal_digits
from app.domain.names import plain, plain_name
from app.errors import DaibanError
from app.usecases.parties import ApplicantForm, PartyForm, SigningForm
from app.usecases.registration import RegistrationForm
from ui import wording
from ui.desktop.look.mood import Mood

_MOBILE_DIGITS = 11
_LONGEST_PHONE = 16
_FEWEST_PHONE = 5
_NUMBER_LENGTH = 18
_BORN = slice(6, 14)


class Place(StrEnum):
    """Where on the page something is said, in reading order."""

    ITEM = "item"
    NAME = "name"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    ADDRESS = "address"
    ID_NOTE = "id_note"
    OTHER_NAME = "other_name"
    MODE = "mode"
    PARTIES = "parties"
    MATERIALS = "materials"
    MANDATE = "mandate"
    TOLD = "told"
    GREEN = "green"
    RELATIVE = "relative"
    WITNESS = "witness"
    NOTE = "note"
    DAY = "day"


class Finding(msgspec.Struct, frozen=True):
    mood: Mood
    text: str


class Fault(msgspec.Struct, frozen=True):
    """Why a form cannot be registered yet, and where that is put right."""

    place: Place
    text: str


_PLACES = {
    "unknown_item": Place.ITEM,
    "not_issued_here": Place.ITEM,
    "item_abolished": Place.ITEM,
    "not_a_case": Place.ITEM,
    "no_name": Place.NAME,
    "material_not_asked": Place.MATERIALS,
    "never_held": Place.MATERIALS,
    "bad_day": Place.DAY,
}


def place_of(error: DaibanError) -> Place | None:
    """The field that a refusal of the use case is about; None if it is about none."""
    return _PLACES.get(error.code)


NUMBERED = frozenset({IdKind.RESIDENT, IdKind.CREDIT})
"""Papers whose numbers have a check and a shape."""
_NUMBERLESS = frozenset({IdKind.NONE, IdKind.LOST})
"""Who has no paper at hand is not asked for its number."""
_ON_A_BASIS = frozenset({PartyRole.GUARDIAN, PartyRole.ATTORNEY})


# --- the applicant's number -----------------------------------------------------------------------


def kind_of_number(applicant: ApplicantForm) -> IdKind:
    """What paper the number is of, as the form says or as follows from the applicant."""
    if applicant.id_kind is not None:
        return applicant.id_kind
    return IdKind.RESIDENT if applicant.kind is PartyKind.PERSON else IdKind.CREDIT


def number_fault(applicant: ApplicantForm, today: date | None) -> str | None:
    """The code of what is wrong with a number that was given."""
    if not normal_digits(applicant.id_number):
        return None
    match kind_of_number(applicant):
        case IdKind.RESIDENT:
            return identity.check_id_number(applicant.id_number, today=today).fault
        case IdKind.CREDIT:
            return identity.check_uscc(applicant.id_number).fault
    return None


def on_number(applicant: ApplicantForm, today: date | None) -> Finding | None:
    """What is said under the number."""
    if not normal_digits(applicant.id_number):
        return None
    fault = number_fault(applicant, today)
    if fault is not None:
        advice = _tr("{fault}，可写明原因")
        return Finding(Mood.WARN, advice.format(fault=wording.warning(fault)))
    match kind_of_number(applicant):
        case IdKind.RESIDENT:
            check = identity.check_id_number(applicant.id_number, today=today)
            return Finding(Mood.GOOD, " · ".join([_tr("校验通过"), *_person(check, today)]))
        case IdKind.CREDIT:
            return Finding(Mood.GOOD, _tr("校验通过"))
    return None


def _person(check: IdCheck, today: date | None) -> Iterator[str]:
    if check.sex is not None:
        yield check.sex.label
    years = check.age_on(today) if today is not None else None
    if years is not None:
        yield _tr("{age} 岁").format(age=years)


def grouped_number(number: str) -> str:
    """450305 19620315 1028: place, birthday, the rest; anything else as it is."""
    bare = normal_digits(number)
    if len(bare) != _NUMBER_LENGTH or not bare[:-1].isdigit():
        return bare
    return f"{bare[: _BORN.start]} {bare[_BORN]} {bare[_BORN.stop :]}"


def tidy_number(kind: IdKind, number: str) -> str:
    """As it is read best; a number that has no shape of its own as it was typed."""
    return grouped_number(number) if kind in NUMBERED else plain(number)


def scanned_kind(typed: str) -> PartyKind | None:
    """Whose number a text is that is nothing but a whole number, as a scanner types it; None if it is none."""
    bare = normal_digits(typed)
    if len(bare) != _NUMBER_LENGTH or not bare.isascii():
        return None
    if bare[:-1].isdigit() and (bare[-1].isdigit() or bare[-1] == "X"):
        # A credit code of digits alone is told by its birthday, which is none.
        person = identity.check_id_number(bare).birth is not None
        return PartyKind.PERSON if person or _is_not_credit(bare) else PartyKind.ORGANISATION
    return None if _is_not_credit(bare) else PartyKind.ORGANISATION


def _is_not_credit(bare: str) -> bool:
    return identity.check_uscc(bare).fault is not None


# --- the telephone --------------------------------------------------------------------------------


def on_phone(typed: str) -> Finding | None:
    """A number that cannot be dialled is kept as it is said; it is only pointed out."""
    digits = _phone_digits(typed)
    if digits is None:
        return Finding(Mood.INFO, _tr("不是纯号码，按原样登记")) if plain(typed) else None
    if (
        digits.startswith("1")
        and len(digits) != _MOBILE_DIGITS
        and not digits.startswith(("10", "12"))
    ):
        text = _tr("应为 11 位，现在 {n} 位").format(n=len(digits))
        return Finding(Mood.WARN, text)
    if not _FEWEST_PHONE <= len(digits) <= _LONGEST_PHONE:
        return Finding(Mood.WARN, _tr("电话号码的位数不对，请核对"))
    return None


def grouped_phone(typed: str) -> str:
    """138 7730 0000; what is no mobile number as it is."""
    digits = _phone_digits(typed)
    if digits is None or len(digits) != _MOBILE_DIGITS or not digits.startswith("1"):
        return plain(typed)
    return f"{digits[:3]} {digits[3:7]} {digits[7:]}"


def _phone_digits(typed: str) -> str | None:
    bare = "".join(sign for sign in normal_digits(typed) if sign not in "-－—()（）.+")
    return bare if bare.isdigit() else None


# --- others and the witness -----------------------------------------------------------------------


def on_basis(party: PartyForm) -> Finding | None:
    """Whoever acts for somebody acts on something: asked for, never a reason to send people away."""
    if party.role not in _ON_A_BASIS or plain(party.basis) or not plain(party.name):
        return None
    return Finding(Mood.WARN, _tr("{role}要有依据，没带可以后补").format(role=party.role.label))


def on_witness(signing: SigningForm, handler: str) -> Finding | None:
    """Source: domain.md §7: somebody saw it, and not the one who handles the case."""
    witness = plain_name(signing.witness)
    if not witness:
        return Finding(Mood.BAD, _tr("还没有填见证人"))
    if witness == plain_name(handler):
        return Finding(Mood.BAD, _tr("见证人不能是经办人，请另找一位在场的人"))
    return None


# --- the whole form -------------------------------------------------------------------------------


def faults(form: RegistrationForm, today: date | None, *, handler: str = "") -> Iterator[Fault]:
    """What has to be put right before this is registered, in reading order; `handler` is whoever registers."""
    applicant = form.applicant
    if not form.item:
        yield Fault(Place.ITEM, _tr("还没有选事项"))
    if not plain(applicant.name):
        yield Fault(
            Place.NAME, _tr("还没有填姓名") if _is_person(applicant) else _tr("还没有填单位名称")
        )
    if not normal_digits(applicant.id_number):
        if kind_of_number(applicant) not in _NUMBERLESS:
            text = _tr("还没有填证件号码；没有的，请在“证件”里选“暂无证件”或“证件遗失”")
            yield Fault(Place.ID_NUMBER, text)
    elif number_fault(applicant, today) is not None and not plain(applicant.id_note):
        yield Fault(Place.ID_NOTE, _tr("号码没有通过校验，请写一句按原样登记的原因"))
    for number, one in enumerate(form.parties, 1):
        if not plain(one.name) and one != PartyForm(name="", role=one.role):
            text = _tr("第 {n} 位当事人（{role}）还没有填姓名")
            yield Fault(Place.PARTIES, text.format(n=number, role=one.role.label))
    if form.signing is not None and (said := on_witness(form.signing, handler)) is not None:
        yield Fault(Place.WITNESS, said.text)
    if form.received_on is not None and today is not None and form.received_on > today:
        yield Fault(Place.DAY, _tr("收件日期不能晚于今天"))
    if not (form.told or form.mandate or is_backlog(form, today)):
        yield Fault(Place.TOLD, _tr("请先告知申请人个人信息的用途，再打勾"))


def is_backlog(form: RegistrationForm, today: date | None) -> bool:
    """Whether the request was taken on paper before (补录): then nobody stands at the counter to be told."""
    return form.received_on is not None and form.received_on != today


def _is_person(applicant: ApplicantForm) -> bool:
    return applicant.kind is PartyKind.PERSON


def _tr(text: str) -> str:
    return QCoreApplication.translate("checks", text)
