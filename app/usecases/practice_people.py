"""Invented people for practice: nobody alive can be one of them.

Every name begins with 练习. An identity number is right in its form, but of somebody born before 1911;
telephones begin with 100, as no mobile telephone does.
"""

from __future__ import annotations

from random import Random
from typing import Final

from stdnum.cn import ric

from app.domain.items import Item, Required
from app.usecases.materials import MaterialForm
from app.usecases.parties import ApplicantForm
from app.usecases.registration import RegistrationForm

NOTE: Final = "练习数据，人和事都是编的。"
_SURNAMES: Final = "甲乙丙丁戊己庚辛壬癸"
_GIVEN: Final = (
    "春花", "大山", "小河", "桂香", "长青", "晚霞", "石头", "秋月", "金穗", "红梅",
    "松柏", "向阳", "田野", "小满", "谷雨", "腊梅", "青竹", "白露",
)  # fmt: skip
_FIRST_YEAR, _YEARS = 1901, 10


def invented(random: Random, region: str, place: str) -> ApplicantForm:
    """Somebody of that place; the same dice make the same person."""
    year, month, day = (
        _FIRST_YEAR + random.randrange(_YEARS), 1 + random.randrange(12), 1 + random.randrange(28)
    )  # fmt: skip
    digits = f"{region[:6]}{year}{month:02d}{day:02d}{random.randrange(1000):03d}"
    return ApplicantForm(
        name=f"练习{random.choice(_SURNAMES)}{random.choice(_GIVEN)}",
        id_number=digits + ric.calc_check_digit(digits + "0"),
        phone=f"100{random.randrange(10**8):08d}",
        address=f"{place}{1 + random.randrange(9)}组{1 + random.randrange(60)}号",
    )


def request(
    item: Item, who: ApplicantForm, *, lacking: int = 0, urgent: bool = False
) -> RegistrationForm:
    """Their request, with the papers that are always asked for but the last `lacking`."""
    always = [paper for paper in item.materials if paper.required is Required.ALWAYS]
    brought = always[: max(0, len(always) - lacking)]
    return RegistrationForm(
        item=item.id,
        applicant=who,
        materials=tuple(
            MaterialForm(name=one.name, original=True, copies=1, pages=1) for one in brought
        ),
        mandate=True,
        told=True,
        urgent=urgent,
        note=NOTE,
    )
