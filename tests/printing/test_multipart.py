"""Receipts for needle printers."""

from typing import Any

import pytest
from pypdfium2 import raw

from printing import render
from printing.choice import Paper
from tests.printing.reading import MM, Printed
from tests.printing.samples import (
    LONG_NAME,
    MATERIALS,
    a_receipt,
    a_visit,
    thirty_materials,
)

either = pytest.mark.parametrize("document", [a_receipt, a_visit])


def on_needles(facts: Any) -> Printed:
    return Printed(render(facts, paper=Paper.MULTIPART))


@either
def test_one_set_of_half_pages_names_all_its_copies(document):
    facts = document()
    printed = on_needles(facts)
    assert len(printed.pages) == 1
    assert printed.size_mm() == (241, 140)
    first, second = (copy.replace(" ", "") for copy in facts.kind.copies)
    assert f"{first}{second}" in printed.text


@either
def test_no_letter_is_smaller_than_needles_can_strike_through_four_layers(document):
    printed = on_needles(document(applicant=LONG_NAME, reprint=2))
    sizes = {
        size
        for page in range(len(printed.pages))
        for unit, _, _, size in printed.origins(page)
        if unit.strip()
    }
    assert min(sizes) >= 10.5


@either
def test_there_is_no_grey_and_no_fine_line_even_in_practice(document):
    printed = on_needles(document(practice=True))
    assert "【练习】" in printed.text
    for page in printed.pages:
        for item in page.get_objects():
            assert colour(item.raw) == (0, 0, 0)
            if item.type == raw.FPDF_PAGEOBJ_PATH and is_stroked(item.raw):
                assert stroke_width(item.raw) >= 1.0


@either
def test_everything_stands_within_the_eighty_columns(document):
    printed = on_needles(document(applicant=LONG_NAME, issuer=LONG_NAME, handler=LONG_NAME))
    edge = (241 - 203.2) / 2 * MM
    for page in range(len(printed.pages)):
        for unit, x, y, size in printed.origins(page):
            if not unit.strip():
                continue
            assert edge - 0.1 <= x <= 241 * MM - edge - size / 2 + 1
            assert 5 * MM <= y <= (139.7 - 4.5) * MM


@either
def test_the_code_is_read(document):
    facts = document()
    assert on_needles(facts).codes() == [facts.code]


def test_an_ordinary_receipt_fits_half_a_page_and_thirty_materials_go_on_under_a_repeated_head():
    assert len(on_needles(a_receipt(materials=MATERIALS)).pages) == 1
    printed = on_needles(a_receipt(materials=thirty_materials()))
    sheets = len(printed.pages)
    assert sheets > 2
    for n, text in enumerate(printed.texts, 1):
        assert f"第{n}页共{sheets}页" in text
    assert all("序号材料名称" in text for text in printed.texts if "材料" in text.split("共收")[0])
    assert "申请人（递交人）签名" in printed.texts[-1]
    for n in range(1, 31):
        assert printed.text.count(f"材料{n:02}：") == 1


def colour(item: raw.FPDF_PAGEOBJECT) -> tuple[int, int, int]:
    red, green, blue, alpha = (raw.c_uint() for _ in range(4))
    raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
    return red.value, green.value, blue.value


def is_stroked(item: raw.FPDF_PAGEOBJECT) -> bool:
    filled, stroked = raw.c_int(), raw.c_int()
    raw.FPDFPath_GetDrawMode(item, filled, stroked)
    return bool(stroked.value)


def stroke_width(item: raw.FPDF_PAGEOBJECT) -> float:
    found = raw.c_float()
    raw.FPDFPageObj_GetStrokeWidth(item, found)
    return float(found.value)
