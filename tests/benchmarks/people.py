"""Invented people and what they ask for, as the windows of a district of Guilin would meet them.

Frequencies are rough: the common surnames with Guangxi's own (韦, 覃, 莫, 蒙 …),
given names by the characters of four generations, one name in a hundred with a character most fonts lack.
Everything follows from the seed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from random import Random

from app.domain.events import CaseRegistered, IdKind, MaterialTaken, Party, PartyKind
from app.domain.items import Form, Handling, Item, Mode, Required
from app.domain.regions import Region
from app.usecases.materials import MaterialForm
from app.usecases.parties import ApplicantForm
from app.usecases.registration import RegistrationForm

_SURNAMES = (
    "王72李70张66黄64韦52刘51陈49梁40覃36莫35杨33蒋32唐30廖29秦28周27赵25吴24徐22孙20罗20胡19蒙18朱18"
    "高17林17何16郭16农15马15潘14曾13谢13邓12许11韩11陆11龙10阳10卢9叶8苏8魏7吕7容7程6蔡6毛6全6曹6"
    "白5石5易5宾5银4欧4岑4侯3甘3粟3滕3诸葛1欧阳2上官1仇1单1区1查1盖1朴1冼1逄1"
)
_GIVEN = {
    1930: "秀英玉兰桂珍凤莲德福有财发贵金银水土根长生连妹老仔大小二三",
    1955: "建国军华秀芳桂英玉梅志明红卫东丽萍文武忠平永强春兰爱民庆",
    1975: "伟勇艳海燕志强晓丽君霞俊杰小红斌鹏娟涛玲辉波敏静超刚雪梅",
    1995: "子涵梓轩浩然雨欣宇航思琪佳怡俊熙妍诗婷嘉豪晨曦一诺博文可馨奕辰",
}
_RARE = "𠮷㛃䶮𬱖𫍯𪩘喆垚犇嫄昇堃翀瑀骉㸆𬭸鑫淼赟頔彧晟燚祎"
_DOTTED = ("阿依古丽·买买提", "木拉提·阿不都", "扎西·次仁", "吉克·阿呷")
_TRADES = [
    "种植专业合作社",
    "养殖专业合作社",
    "农家菜馆",
    "五金店",
    "便利超市",
    "家庭农场",
    "运输服务部",
    "建材经营部",
]
_BIRTHPLACES = (
    "450305 "
    * 14
    + "450302 450303 450304 450311 450312 450321 450323 450324 450325 450326 450327 450328 450329 450330 "
    "450332 450381 450102 450203 450921 431122 431129 440982 522631"
).split()
_PHONES = [
    "130",
    "131",
    "133",
    "135",
    "136",
    "137",
    "138",
    "139",
    "147",
    "150",
    "151",
    "152",
    "157",
    "158",
    "159",
    "177",
    "178",
    "180",
    "182",
    "183",
    "187",
    "188",
    "189",
    "191",
    "198",
]
_NOTES = (
    "老人行动不便，请上门核实",
    "电话打不通找女儿",
    "复印件已当面核对",
    "上月来过一次，缺照片",
    "急用",
)
_CHECK_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
FIRST_DAY = date(2025, 1, 2)
LAST_DAY = date(2026, 11, 20)
FIRST_MS = 1_735_776_000_000
"""FIRST_DAY, 08:00 in China."""
DAY_MS = 86_400_000
_OPEN_MS = 9 * 3_600_000
_FIRST_BIRTH = date(1932, 1, 1)


class People:
    """An endless stream of requests. Not for two threads."""

    def __init__(self, seed: int, items: Iterable[Item]) -> None:
        self._random = Random(seed)
        surnames = re.findall(r"(\D+)(\d+)", _SURNAMES)
        self._surnames = [name for name, weight in surnames for _ in range(int(weight))]
        asked_for = [item for item in items if item.handling is Handling.CASE]
        self._random.shuffle(asked_for)
        # A few items make up most of the work, as everywhere.
        self._items = [
            item for rank, item in enumerate(asked_for) for _ in range(1 + 400 // (rank + 3))
        ]

    def moments(self, number: int) -> Iterator[tuple[date, int]]:
        """The days and wall times, in their order, at which so many requests come in."""
        days = (LAST_DAY - FIRST_DAY).days + 1
        for day in range(days):
            today = (day + 1) * number // days - day * number // days
            for ms in sorted(self._random.randrange(_OPEN_MS) for _ in range(today)):
                yield FIRST_DAY + timedelta(days=day), FIRST_MS + day * DAY_MS + ms

    def request(self, village: Region, day: date, slot: str, running: int) -> CaseRegistered:
        """What a village window registers on that day under that number."""
        random = self._random
        item = random.choice(self._items)
        mode = item.mode if random.random() < 0.9 else Mode.DIRECT
        return CaseRegistered(
            item=item.id,
            item_version=item.version,
            mode=mode,
            urgent=random.random() < 0.01,
            mandate=mode is Mode.PROXY,
            told=True,
            backlog=False,
            station=village.code,
            received_on=day,
            slot=slot,
            running=running,
            parties=(self.party(village),),
            materials=self._materials(item),
            note=random.choice(_NOTES) if random.random() < 0.05 else "",
        )

    def party(self, village: Region) -> Party:
        random = self._random
        phone = (
            random.choice(_PHONES) + f"{random.randrange(10**8):08}"
            if random.random() < 0.94
            else ""
        )
        place = village.name.removesuffix("村委会").removesuffix("社区")
        address = f"{place}村{random.randint(1, 24)}组{random.randint(1, 180)}号"
        if random.random() < 0.02:
            name = f"桂林市七星区{self.name()[:2]}{random.choice(_TRADES)}"
            return Party(
                kind=PartyKind.ORGANISATION,
                id_kind=IdKind.CREDIT,
                name=name,
                id_number=self._credit_code(),
                phone=phone,
                address=address,
            )
        birth = _FIRST_BIRTH + timedelta(days=random.randrange(76 * 365))
        return Party(
            name=self.name(birth.year),
            id_number=self._id_number(birth),
            phone=phone,
            address=address,
        )

    def name(self, born: int = 1975) -> str:
        random = self._random
        if random.random() < 0.003:
            return random.choice(_DOTTED)
        characters = _GIVEN[max((year for year in _GIVEN if year <= born), default=1930)]
        given = "".join(random.choices(characters, k=1 if random.random() < 0.18 else 2))
        if random.random() < 0.01:
            given = given[:-1] + random.choice(_RARE)
        return f"{random.choice(self._surnames)}{given}"

    def _id_number(self, birth: date) -> str:
        random = self._random
        first = f"{random.choice(_BIRTHPLACES)}{birth:%Y%m%d}{random.randrange(1000):03}"
        total = sum(
            int(digit) * weight for digit, weight in zip(first, _CHECK_WEIGHTS, strict=True)
        )
        return first + _CHECK_DIGITS[total % 11]

    def _credit_code(self) -> str:
        random = self._random
        body = "92450305MA" + "".join(random.choices(_CREDIT_SIGNS, k=7))
        total = sum(
            _CREDIT_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(body)
        )
        return body + _CREDIT_SIGNS[-total % 31]

    def _materials(self, item: Item) -> tuple[MaterialTaken, ...]:
        random = self._random
        taken = []
        for index, material in enumerate(item.materials):
            if random.random() < (0.95 if material.required is Required.ALWAYS else 0.2):
                original = material.form is not Form.COPY
                copies = material.copies if material.form is not Form.ORIGINAL else 0
                taken.append(MaterialTaken(index=index, original=original, copies=copies))
        return tuple(taken)


def form_of(request: CaseRegistered, items: Sequence[Item]) -> RegistrationForm:
    """The same request as it is filled in at the counter."""
    item = next(item for item in items if item.id == request.item)
    party = request.parties[0]
    return RegistrationForm(
        item=request.item,
        applicant=ApplicantForm(
            kind=party.kind,
            name=party.name,
            id_number=party.id_number,
            phone=party.phone,
            address=party.address,
        ),
        materials=tuple(
            MaterialForm(
                name=item.materials[one.index].name, original=one.original, copies=one.copies
            )
            for one in request.materials
        ),
        mode=request.mode,
        mandate=request.mandate,
        told=request.told,
        urgent=request.urgent,
        note=request.note,
    )
