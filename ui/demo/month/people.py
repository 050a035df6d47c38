"""Invented people, and what they ask for: nobody's number, names made of common parts."""

from __future__ import annotations

from random import Random
from typing import Final

from stdnum.cn import ric

from app.domain.events import IdKind, PartyRole
from app.domain.items import Item, Mode, Required
from app.domain.regions import Region, place_name
from app.usecases.materials import MaterialForm
from app.usecases.parties import ApplicantForm, PartyForm, SigningForm
from app.usecases.registration import RegistrationForm
from ui.demo.month.fates import Fate

_SURNAMES: Final = "韦黄覃莫李陈蒙罗梁廖蒋秦唐周潘"
_FIRST: Final = "小秀桂志建海国玉春丽明文金德永"
_SECOND: Final = "妹英芳强军燕华兰花珍辉祥平贵成"
_RARE_NAME: Final = "韦𠮷祥"
_NO_NUMBER: Final = (IdKind.LOST, IdKind.NONE, IdKind.HONG_KONG_MACAO)


def somebody(random: Random, village: Region) -> ApplicantForm:
    """One of the village; now and then without a number, a telephone, or with a rare character."""
    year, month, day = (
        1935 + random.randrange(75),
        1 + random.randrange(12),
        1 + random.randrange(28),
    )
    digits = f"{village.code[:6]}{year}{month:02d}{day:02d}{random.randrange(1000):03d}"
    name = random.choice(_SURNAMES) + random.choice(_FIRST) + random.choice(_SECOND)
    address = f"{place_name(village)}{1 + random.randrange(12)}组{1 + random.randrange(80)}号"
    if random.random() < 0.04:
        kind = random.choice(_NO_NUMBER)
        return ApplicantForm(name=_RARE_NAME, id_kind=kind, address=address)
    phone = f"1387730{random.randrange(10_000):04d}" if random.random() < 0.85 else ""
    return ApplicantForm(
        name=name,
        id_number=digits + ric.calc_check_digit(digits + "0"),
        phone=phone,
        address=address,
    )


def request(
    random: Random, item: Item, who: ApplicantForm, fate: Fate, mode: Mode, handler: str
) -> RegistrationForm:
    """Their request with the papers they brought; sometimes one is missing."""
    always = [paper for paper in item.materials if paper.required is Required.ALWAYS]
    lacking = 1 if len(always) > 1 and random.random() < 0.15 else 0
    brought = always[: len(always) - lacking]
    signing = None
    if random.random() < 0.05:
        signing = SigningForm(written_by=handler, read_by=handler, witness="莫大志")
    return RegistrationForm(
        item=item.id,
        applicant=who,
        parties=_others(random, who) if random.random() < 0.2 else (),
        materials=tuple(
            MaterialForm(
                name=one.name,
                original=True,
                copies=1,
                pages=1,
                held=fate is Fate.ORIGINALS and place == 0 and "卡" not in one.name,
            )
            for place, one in enumerate(brought)
        ),
        mode=mode,
        mandate=mode is Mode.PROXY,
        told=True,
        urgent=random.random() < 0.06,
        green="残疾人优先" if random.random() < 0.04 else "",
        staff_relative="村委会副主任" if random.random() < 0.02 else "",
        signing=signing,
    )


def _others(random: Random, who: ApplicantForm) -> tuple[PartyForm, ...]:
    name = who.name[0] + random.choice(_FIRST) + random.choice(_SECOND)
    role = random.choice((PartyRole.MEMBER, PartyRole.GUARDIAN, PartyRole.COLLECTOR))
    basis = "村民委员会指定" if role is PartyRole.GUARDIAN else ""
    return (PartyForm(role=role, name=name, relation="亲属", basis=basis),)
