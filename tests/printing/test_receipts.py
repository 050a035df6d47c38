"""The materials receipt on A4 and on the slip."""

from datetime import date

import pytest

from app.domain.papers import NOT_ACCEPTANCE, MaterialLine
from printing import render
from printing.choice import Paper
from tests.printing.reading import MM, Printed
from tests.printing.samples import (
    LONG_NAME,
    MATERIALS,
    a_receipt,
    a_slip,
    a_visit,
    thirty_materials,
)

either = pytest.mark.parametrize("receipt", [a_receipt, a_slip])


@either
def test_each_copy_says_that_it_is_no_acceptance(receipt):
    assert all(NOT_ACCEPTANCE in text for text in Printed(render(receipt())).texts)


@either
def test_each_material_stands_with_its_counts_and_what_became_of_it(receipt):
    text = Printed(render(receipt())).texts[0]
    assert all(material.name in text for material in MATERIALS)
    assert "原件核验后退还" in text
    assert "留存原件" in text
    assert "留存复印件" in text
    assert "未交" in text
    assert "共收材料3种：原件2份，其中留存1份；复印件4份。未交1种。" in text


@either
def test_the_stations_own_limit_stands_beside_the_authoritys(receipt):
    text = Printed(render(receipt())).texts[0]
    assert "收件后3个工作日内转报（最迟2026年11月26日）" in text
    assert "自受理之日起21个工作日内办结（法定30个工作日）" in text


@either
def test_a_limit_counted_on_an_unpublished_calendar_is_called_expected(receipt):
    facts = receipt(forward_by=date(2027, 1, 4), forward_expected=True)
    text = Printed(render(facts)).texts[0]
    assert "预计最迟2027年1月4日，以国家公布的工作日安排为准" in text


@either
def test_who_handed_in_for_the_applicant_and_remarks_are_named(receipt):
    facts = receipt(handed_in_by="韦大山", remarks=("停电期间手工收件，补录。",))
    text = Printed(render(facts)).texts[0]
    assert "韦大山" in text
    assert "停电期间手工收件，补录。" in text


def test_the_form_is_a4_and_a_slip_80_mm_wide_and_as_long_as_needed():
    assert Printed(render(a_receipt())).size_mm() == (210, 297)
    short = Printed(render(a_slip(materials=MATERIALS[:1]))).size_mm()
    long = Printed(render(a_slip(materials=thirty_materials()))).size_mm()
    assert (short[0], long[0]) == (80, 80)
    assert short[1] < long[1] < 1000


def test_thirty_materials_go_on_under_a_repeated_head_and_numbered_pages():
    facts = a_receipt(materials=thirty_materials(), applicant=LONG_NAME)
    printed = Printed(render(facts))
    sheets = len(printed.pages) // 2
    assert sheets > 1
    for n, text in enumerate(printed.texts):
        assert f"第{n % sheets + 1}页共{sheets}页" in text
    assert sum(text.count("序号材料名称") for text in printed.texts) == 2 * sheets
    for n in range(1, 31):
        assert printed.text.count(f"材料{n:02}：") == 2


@either
def test_nothing_is_drawn_outside_the_sheet(receipt):
    facts = receipt(
        applicant=LONG_NAME, item=LONG_NAME, authority=LONG_NAME, materials=thirty_materials()
    )
    printed = Printed(render(facts))
    for n, page in enumerate(printed.pages):
        width, height = page.get_size()
        for _, x, y, size in printed.origins(n):
            assert 10 <= x <= width - 5
            assert 10 <= y <= height - size / 4


def test_a_material_longer_than_a_sheet_is_still_printed_whole():
    name = "材料" * 1500
    printed = Printed(render(a_receipt(materials=(MaterialLine(name=name, copies=1),))))
    assert printed.text.count("材料材料") >= 1400


CORRECTED = (
    "本回执已更正：申请人由“韦小妹”更正为“韦小美”（原因：登记时听错了名字）。"
    "原回执湖政服收A2〔2026〕16号作废。"
)


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("document", [a_receipt, a_slip, a_visit])
def test_a_corrected_receipt_says_so_in_its_title_and_before_everything_else(document, paper):
    text = Printed(render(document(corrected=CORRECTED), paper=paper)).texts[0]
    assert "收件回执（更正）" in text
    assert CORRECTED in text
    assert text.index(CORRECTED) < text.index("收件日期")
    assert "更正" not in Printed(render(document(), paper=paper)).text


def test_an_a5_receipt_is_laid_out_for_its_sheet():
    printed = Printed(render(a_receipt(), paper=Paper.A5))
    assert printed.size_mm() == (148, 210)
    assert len(printed.pages) == 2  # one sheet for each copy
    sizes = {size for unit, _, _, size in printed.origins(0) if unit.strip()}
    assert min(size for size in sizes if size != 6.75) >= 8  # 6.75: under the code
    assert printed.codes() == [a_receipt().code]


@pytest.mark.parametrize("document", [a_receipt, a_visit])
def test_nothing_is_drawn_outside_an_a5_sheet(document):
    facts = document(applicant=LONG_NAME, item=LONG_NAME, issuer=LONG_NAME)
    printed = Printed(render(facts, paper=Paper.A5))
    for n, page in enumerate(printed.pages):
        width, height = page.get_size()
        for unit, x, y, size in printed.origins(n):
            if unit.strip():
                assert 14 * MM - 1 <= x <= width - 10 * MM - size / 2 + 1
                assert 5 * MM <= y <= height - 9 * MM
