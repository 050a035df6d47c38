"""The archive's lists as they lie on paper, and are signed."""

from __future__ import annotations

import pytest

from printing import render
from tests.printing.reading import Printed
from tests.printing.samples_sheets import a_catalogue, a_destruction_register, some_certificates

LISTS = [
    (a_catalogue, ("整理人：", "检查人：")),
    (some_certificates, ("登记人：", "负责人：", "领取人签名")),
    (a_destruction_register, ("鉴定人：", "批准人：", "销毁人：", "监销人（两人）：")),
]


@pytest.mark.parametrize(("make", "signed"), LISTS)
def test_a_list_lies_across_and_is_signed(make, signed):
    facts = make()
    printed = Printed(render(facts))
    assert printed.size_mm() == (297, 210)
    for text in (facts.title, facts.scope, facts.issuer, "共3件", *signed):
        assert text in printed.text
    (line, *_) = facts.lines
    for name in line.__struct_fields__:
        value = getattr(line, name)
        if isinstance(value, str):
            assert "".join(value.split()) in printed.text, name


@pytest.mark.parametrize(("make", "signed"), LISTS)
def test_a_long_list_has_its_head_on_every_page_and_its_signatures_under_the_last_line(
    make, signed
):
    printed = Printed(render(make(100)))
    assert len(printed.pages) > 3
    assert all("序号" in text for text in printed.texts)
    assert all(text in printed.texts[-1] for text in signed)
    for n in (
        22,
        23,
        24,
        25,
        26,
        99,
        100,
    ):  # also where a page would end just before the signatures
        last = Printed(render(make(n))).texts[-1]
        assert "2026年" in last or "2016年" in last


@pytest.mark.parametrize(("make", "_signed"), LISTS)
def test_a_number_and_a_date_stay_on_one_line(make, _signed):
    printed = Printed(render(make(1)))
    rows: dict[int, list[str]] = {}
    for char, _, y, _ in printed.origins():
        rows.setdefault(round(y), []).append(char)
    lines = ["".join(chars) for chars in rows.values()]
    assert any("-A2-0007" in line and "4503052002" in line for line in lines)


@pytest.mark.parametrize(("make", "_signed"), LISTS)
def test_a_list_of_nothing_is_a_list(make, _signed):
    assert "共0件" in Printed(render(make(0))).text
