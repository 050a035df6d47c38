"""Numbers of people and organisations: what they say, and whether they hold together.

A fault is for warning: it never keeps anybody from being registered.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from enum import StrEnum

import msgspec

_LENGTH = 18
_OLD_LENGTH = 15  # resident numbers before 1999, invalid since 2013
_DIGITS = re.compile(r"[0-9]+")
_EARLIEST_BIRTH_YEAR = 1900
# The registering department may be a letter: N is agriculture, whose N2 are village cooperatives.
_USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")


class Sex(StrEnum):
    """As the number says it."""

    MALE = "male"
    FEMALE = "female"

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return {"male": "男", "female": "女"}[self]


class IdCheck(msgspec.Struct, frozen=True):
    """`normal` is the number as kept, `fault` a code or None; birth and sex as far as readable.

    Codes: id_length, id_characters, id_old_form, id_birth_date, id_check_digit.
    """

    normal: str
    fault: str | None = None
    birth: date | None = None
    sex: Sex | None = None

    def age_on(self, day: date) -> int | None:
        """Full years (周岁) on that day; None if the birth is not readable, or later."""
        if self.birth is None or day < self.birth:
            return None
        had_birthday = (day.month, day.day) >= (self.birth.month, self.birth.day)
        return day.year - self.birth.year - (not had_birthday)


class OrganisationCheck(msgspec.Struct, frozen=True):
    """`normal` is the code as kept, `fault` a code or None.

    Codes: uscc_length, uscc_characters, uscc_check_digit.
    """

    normal: str
    fault: str | None = None


def normal_digits(text: str) -> str:
    """A number as kept: narrow, in capitals, without spaces and signs that nobody sees."""
    narrow = unicodedata.normalize("NFKC", text)
    seen = (sign for sign in narrow if not sign.isspace() and unicodedata.category(sign) != "Cf")
    return "".join(seen).upper()


def check_id_number(text: str, *, today: date | None = None) -> IdCheck:
    """Check a resident identity number (GB 11643-1999); never raises.

    The place is not checked: lists of historical codes are never complete.
    With `today`, a birth date after it is a fault.
    """
    from stdnum.cn import ric

    normal = normal_digits(text)
    if len(normal) == _OLD_LENGTH and _DIGITS.fullmatch(normal):
        birth = _birth(f"19{normal[6:12]}", today)
        return IdCheck(normal, "id_old_form" if birth else "id_birth_date", birth, _sex(normal[-1]))
    if len(normal) != _LENGTH:
        return IdCheck(normal, "id_length")
    if not _DIGITS.fullmatch(normal[:-1]) or normal[-1] not in "0123456789X":
        return IdCheck(normal, "id_characters")
    birth = _birth(normal[6:14], today)
    if birth is None:
        return IdCheck(normal, "id_birth_date", sex=_sex(normal[16]))
    fault = None if ric.calc_check_digit(normal) == normal[-1] else "id_check_digit"
    return IdCheck(normal, fault, birth, _sex(normal[16]))


def check_uscc(text: str) -> OrganisationCheck:
    """Check a unified social credit code (GB 32100-2015); never raises."""
    from stdnum.cn import uscc

    normal = normal_digits(text)
    if len(normal) != _LENGTH:
        return OrganisationCheck(normal, "uscc_length")
    if not _USCC.fullmatch(normal):
        return OrganisationCheck(normal, "uscc_characters")
    if uscc.calc_check_digit(normal[:-1]) != normal[-1]:
        return OrganisationCheck(normal, "uscc_check_digit")
    return OrganisationCheck(normal)


def _birth(digits: str, today: date | None) -> date | None:
    """The day that eight digits write; None if it is none on which a living person was born."""
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    if birth.year < _EARLIEST_BIRTH_YEAR or (today is not None and birth > today):
        return None
    return birth


def _sex(digit: str) -> Sex:
    return Sex.MALE if int(digit) % 2 else Sex.FEMALE
