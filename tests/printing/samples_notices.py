"""Facts of the notices of 特别程序, 延期 and 退回件, as `app` would make them."""

from datetime import date
from typing import Any

import msgspec

from app.domain.papers import ExtensionNotice, ReturnNotice, SpecialProcedureNotice, remedies_text
from tests.printing.samples import COMMON, coded

_NOTICE: dict[str, Any] = COMMON | {
    "issuer": "桂林市七星区自然资源局",
    "item": "农村村民宅基地审批",
    "item_id": "IT022",
    "official_number": "450305200-20261124-A5-0003",
    "applied_on": date(2026, 11, 21),
}


def a_special_procedure(**changes: Any) -> SpecialProcedureNotice:
    facts = SpecialProcedureNotice(
        number="七政服特A5〔2026〕1号",
        accepted_on=date(2026, 11, 24),
        procedure="专家评审",
        basis=("《中华人民共和国行政许可法》第四十五条",),
        began=date(2026, 11, 24),
        days_words="30个工作日",
        ends_by=date(2027, 1, 6),
        approver="覃审批",
        due=date(2027, 2, 3),
        **_NOTICE,
    )
    return coded(msgspec.structs.replace(facts, **changes))


def an_extension(**changes: Any) -> ExtensionNotice:
    facts = ExtensionNotice(
        number="七政服延A5〔2026〕1号",
        accepted_on=date(2026, 11, 24),
        extended_on=date(2026, 12, 18),
        reason="宅基地四至需要与相邻三户现场核对，其中两户外出务工，约定于12月下旬返乡",
        basis=("《中华人民共和国行政许可法》第四十二条",),
        days_words="10个工作日",
        approver="李主任",
        due=date(2027, 1, 6),
        **(_NOTICE | {"handler": "李主任"}),
    )
    return coded(msgspec.structs.replace(facts, **changes))


def a_return(**changes: Any) -> ReturnNotice:
    """For defects."""
    facts = ReturnNotice(
        number="朝阳政服退A3〔2026〕4号",
        returned_on=date(2026, 11, 24),
        defects=("宅基地申请表缺少村民小组意见", "户口簿复印件看不清，需要重新复印首页和本人页"),
        times=1,
        basis=("《农村宅基地审批管理规定》（农经发〔2019〕6号）",),
        returned_to="湖塘村政务服务站",
        review=remedies_text(
            reconsider_to="桂林市七星区人民政府", sue_in="桂林市七星区人民法院", against="本退回"
        ),
        **_NOTICE,
    )
    return coded(msgspec.structs.replace(facts, **changes))


def a_return_elsewhere(**changes: Any) -> ReturnNotice:
    """Of what is another authority's."""
    elsewhere = {"defects": (), "times": 0, "right_authority": "桂林市临桂区自然资源局"}
    return a_return(**(elsewhere | changes))
