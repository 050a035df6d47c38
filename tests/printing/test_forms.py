"""The receipt of a visit, the supplement notice, the custody slip and the application form."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from app.domain.papers import MaterialLine, OriginalLine, PaperFacts, SharedMaterial
from printing import render
from tests.printing.reading import Printed
from tests.printing.samples import (
    LONG_NAME,
    a_custody_slip,
    a_supplement,
    a_visit,
    an_application_form,
)

Sample = Callable[..., PaperFacts]
every_form = pytest.mark.parametrize(
    "form", [a_visit, a_custody_slip, an_application_form, a_supplement]
)


def flat(text: str) -> str:
    return "".join(text.split())


def test_a_visit_has_one_receipt_and_each_case_its_number():
    text = flat(Printed(render(a_visit())).texts[0])
    for said in ("合并收件回执", "450305200201-20261121-A2-0001", "450305200201-20261121-A2-0002", "韦大山",
                 "尚缺必备材料2件", "本回执不代表受理"):  # fmt: skip
        assert said in text
    assert text.count("居民户口簿") == 1


def test_a_notice_lists_every_defect_at_once_with_its_standard():
    text = flat(Printed(render(a_supplement())).texts[0])
    assert "1．家庭经济状况核对授权书缺少配偶签名：共同生活的成年家庭成员都要签名。" in text
    assert "2．户口簿复印件看不清。" in text
    assert "最迟2026年12月21日交到湖塘村政务服务站" in text
    assert "（本件第1次告知）" in text


def test_a_second_notice_says_that_it_is_one():
    assert "（本件第2次告知）" in flat(Printed(render(a_supplement(times=2))).texts[0])


def test_a_slip_tells_where_each_original_is_and_has_room_to_sign():
    text = flat(Printed(render(a_custody_slip())).texts[0])
    for said in (
        "朝阳乡政务服务站（莫大志签收）",
        "已退还",
        "交出人签名",
        "接收人签名",
        "收存",
        "移交",
        "退还",
    ):
        assert said in text


def test_a_form_is_filled_in_from_what_is_known_and_promises_the_truth():
    text = flat("".join(Printed(render(an_application_form())).texts))
    for said in ("最低生活保障申请表", "致：桂林市七星区民政局", "450305196203151028", "韦大山", "配偶",
                 "莫大志13911112222", "本人对所填内容的真实性负责。"):  # fmt: skip
        assert said in text


@every_form
def test_the_same_facts_give_the_same_bytes_and_every_copy(form: Sample):
    facts = form()
    first = render(facts)
    assert first == render(facts)
    printed = Printed(first)
    sheets = len(printed.texts)
    assert sheets % len(facts.kind.copies) == 0
    per_copy = sheets // len(facts.kind.copies)
    for place, copy in enumerate(facts.kind.copies):
        assert flat(copy) in flat(printed.texts[place * per_copy])


@every_form
def test_a_long_name_stays_on_the_sheet(form: Sample):
    printed = Printed(render(form(applicant=LONG_NAME)))
    for page in range(len(printed.texts)):
        for _, x, y, _ in printed.origins(page):
            assert 0 < x < 596
            assert 0 < y < 842


def test_many_cases_and_papers_go_on_on_another_sheet_with_their_heads():
    line = a_visit().cases[0]
    cases = tuple(
        msgspec.structs.replace(line, local_number=f"450305200201-20261121-A2-{n:04}")
        for n in range(1, 13)
    )
    materials = tuple(
        SharedMaterial(line=MaterialLine(name=f"材料{n:02}", copies=n), cases=tuple(range(1, 13)))
        for n in range(1, 31)
    )
    printed = Printed(render(a_visit(cases=cases, materials=materials)))
    half = len(printed.texts) // 2
    assert half > 1
    everything = flat("".join(printed.texts[:half]))
    assert all(f"A2-{n:04}" in everything for n in range(1, 13))
    on_sheets = [sheet for sheet in map(flat, printed.texts[:half]) if "复印件" in sheet]
    assert on_sheets
    assert all("用于第几件" in sheet for sheet in on_sheets)


def test_thirty_originals_have_a_line_each():
    originals = tuple(
        OriginalLine(what=f"证件{n:02}", whose="韦小妹", count=1, where="本站", since=a_custody_slip().issued_on)
        for n in range(1, 31)
    )  # fmt: skip
    text = flat("".join(Printed(render(a_custody_slip(originals=originals))).texts))
    assert all(f"证件{n:02}" in text for n in range(1, 31))
