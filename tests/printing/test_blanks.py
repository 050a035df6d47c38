"""Numbered receipts with nothing on them."""

import pytest

from printing import render
from printing.choice import Paper
from tests.printing.reading import Printed
from tests.printing.samples import some_blanks


@pytest.mark.parametrize("paper", [Paper.A4, Paper.A5])
def test_every_number_has_both_its_copies_on_one_sheet_each(paper: Paper):
    printed = Printed(render(some_blanks(), paper=paper))
    assert len(printed.texts) == 2 * len(some_blanks().numbers)
    for n, number in enumerate(some_blanks().numbers):
        for copy, text in zip(("第一联", "第二联"), printed.texts[2 * n : 2 * n + 2], strict=True):
            assert number in text
            assert copy in text
            assert "本回执不代表受理" in text
            assert "第1页共1页" in text


def test_a_receipt_with_nothing_on_it_bears_no_code():
    printed = Printed(render(some_blanks()))
    assert all(printed.codes(page) == [] for page in range(len(printed.pages)))


def test_a_block_of_practice_says_so_on_every_sheet():
    assert all("练习" in text for text in Printed(render(some_blanks(practice=True))).texts)


def test_the_same_block_gives_the_same_bytes():
    assert render(some_blanks()) == render(some_blanks())


def test_a_long_station_name_leaves_everything_on_one_sheet():
    printed = Printed(render(some_blanks(issuer="桂林市七星区朝阳乡新建村民委员会政务服务站" * 2)))
    assert len(printed.pages) == 2 * len(some_blanks().numbers)
