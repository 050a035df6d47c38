"""The invented people of the pictures, and what they bring."""

from __future__ import annotations

from itertools import product
from typing import Final

from app.domain.items import Item, Required
from app.usecases.materials import MaterialForm
from app.usecases.parties import ApplicantForm
from app.usecases.registration import RegistrationForm

LONGEST_NAME: Final = "阿卜杜热西提·麦麦提图尔荪江·阿布都克热木"
LONGEST_ADDRESS: Final = (
    "广西壮族自治区桂林市七星区朝阳乡湖塘村民委员会上湖塘自然村第十二村民小组一百零八号附二号"
)
_SURNAMES: Final = "韦覃莫黄蒙卢廖秦潘唐蒋李"
_GIVEN: Final = (
    "小妹", "建国", "秀英", "志军", "桂兰", "丽", "德旺", "海燕", "文明", "玉珍",
    "大勇", "秋菊", "福生", "美玲", "春林", "凤", "永康", "月娥",
)  # fmt: skip
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_PEOPLE: Final = tuple(surname + given for given, surname in product(_GIVEN, _SURNAMES))


def person(number: int) -> ApplicantForm:
    """The same number is always the same person."""
    year, month, day = 1938 + number * 7 % 65, number * 5 % 12 + 1, number * 11 % 28 + 1
    digits = f"450305{year}{month:02d}{day:02d}{number * 13 % 900 + 100}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return ApplicantForm(
        name=_PEOPLE[number % len(_PEOPLE)],
        id_number=digits + _CHECKS[total % len(_CHECKS)],
        phone=f"138773{number * 37 % 100_000:05d}",
        address=f"湖塘村{number % 9 + 1}组{number * 7 % 40 + 1}号",
    )


def request(
    item: Item, who: ApplicantForm, *, lacking: int = 0, **said: object
) -> RegistrationForm:
    """Someone's request, with the papers that are always asked for but the last `lacking`."""
    always = [paper for paper in item.materials if paper.required is Required.ALWAYS]
    brought = always[: len(always) - lacking]
    papers = tuple(
        MaterialForm(name=paper.name, original=True, copies=1, pages=1) for paper in brought
    )
    fields = {"mandate": item.mode.value == "proxy", "told": True} | said
    return RegistrationForm(item=item.id, applicant=who, materials=papers, **fields)  # type: ignore[arg-type]
