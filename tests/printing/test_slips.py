"""Receipts on a roll."""

import pytest

from printing import render
from printing.choice import Paper
from tests.printing.reading import Printed
from tests.printing.samples import (
    LONG_NAME,
    MATERIALS,
    a_receipt,
    a_slip,
    a_visit,
    thirty_materials,
)

every_roll = pytest.mark.parametrize(
    ("paper", "width"), [(Paper.SLIP, 80), (Paper.SLIP_58, 58)], ids=["80", "58"]
)
every_receipt = pytest.mark.parametrize("receipt", [a_receipt, a_slip, a_visit])


@every_roll
@every_receipt
def test_a_slip_is_as_wide_as_its_roll_and_has_one_piece_for_each_copy(receipt, paper, width):
    facts = receipt()
    printed = Printed(render(facts, paper=paper))
    assert [printed.size_mm(n)[0] for n in range(len(printed.pages))] == [width, width]
    for text, copy in zip(printed.texts, facts.kind.copies, strict=True):
        assert copy.replace(" ", "") in text


@every_roll
def test_a_slip_is_as_long_as_what_it_says(paper, width):
    short = Printed(render(a_slip(materials=MATERIALS[:1]), paper=paper)).size_mm()
    long = Printed(render(a_slip(materials=thirty_materials()), paper=paper)).size_mm()
    assert short[1] < long[1] < 1500


@every_roll
@every_receipt
def test_nothing_is_cut_off_at_the_edges_of_the_roll(receipt, paper, width):
    facts = receipt(
        applicant=LONG_NAME,
        issuer=LONG_NAME,
        item=LONG_NAME,
        handler=LONG_NAME,
        reprint=12,
        practice=True,
    )
    printed = Printed(render(facts, paper=paper))
    for page in range(len(printed.pages)):
        right = printed.pages[page].get_width()
        for unit, x, _, size in printed.origins(page):
            if unit.strip() and size < 20:  # the watermark may lean over the edge
                assert 10 <= x <= right - 10 - size / 3


@every_roll
@every_receipt
def test_the_code_is_read_from_each_piece(receipt, paper, width):
    facts = receipt()
    printed = Printed(render(facts, paper=paper))
    assert [printed.codes(page) for page in (0, 1)] == [[facts.code], [facts.code]]


@pytest.mark.parametrize(
    ("facts", "numbers"),
    [
        (a_visit(), [line.local_number for line in a_visit().cases]),
        (a_receipt(), [a_receipt().local_number]),
    ],
    ids=["visit", "receipt"],
)
def test_on_the_narrowest_roll_a_number_is_not_broken(facts, numbers):
    printed = Printed(render(facts, paper=Paper.SLIP_58))
    lines: dict[float, str] = {}
    for unit, _, y, _ in printed.origins(0):
        lines[round(y)] = lines.get(round(y), "") + unit
    for number in numbers:
        assert any(number in said for said in lines.values())


def test_a_slip_stays_one_whatever_the_printer_holds():
    assert render(a_slip(), paper=Paper.A5) == render(a_slip(), paper=Paper.SLIP)
