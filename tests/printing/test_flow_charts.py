"""Flow charts as they lie on paper."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import msgspec
import pytest

from app.domain.papers import ChartBox, ChartRow, Shape
from printing import render
from printing.choice import Paper
from tests.printing.reading import Printed
from tests.printing.samples_sheets import a_chart


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, (210, 297)), (Paper.A3, (297, 420))])
def test_a_chart_is_one_sheet_with_everything_that_it_says(paper, size):
    facts = a_chart()
    printed = Printed(render(facts, paper=paper))
    assert len(printed.pages) == 1
    assert printed.size_mm() == size
    boxes = [one for row in facts.rows for one in (row.box, *row.left, *row.right)]
    said = [
        facts.item, facts.title, facts.limit, facts.item_id, facts.version, facts.issuer, *facts.notes,
        "2026年11月24日", "是", *(text for one in boxes for text in (one.text, one.who, one.limit)),
    ]  # fmt: skip
    for text in said:
        assert "".join(text.split()) in printed.text


def test_the_letters_of_a_poster_are_larger():
    sizes = {
        paper: max(size for *_, size in Printed(render(a_chart(), paper=paper)).origins())
        for paper in (Paper.A4, Paper.A3)
    }
    assert sizes[Paper.A3] > 1.3 * sizes[Paper.A4]


def test_on_paper_no_character_lies_on_another():
    printed = Printed(render(a_chart()))
    lines = defaultdict(list)
    for char, x, y, size in printed.origins():
        if not char.isspace():
            lines[round(y, 1)].append((x, size))
    baselines = sorted(lines)
    assert len(baselines) > 8
    for characters in lines.values():
        characters.sort()
        for (x, size), (following, _) in pairwise(characters):
            assert following - x > 0.2 * size


def test_a_way_too_long_for_a_sheet_goes_on_on_the_next():
    step = ChartRow(box=ChartBox(shape=Shape.STEP, text="审核", who="乡镇（街道）"))
    printed = Printed(render(a_chart(rows=(step,) * 60)))
    assert len(printed.pages) > 2
    assert printed.text.count("乡镇（街道）") == 60
    for page, text in enumerate(printed.texts, 1):
        assert f"第{page}页共{len(printed.pages)}页" in text


def test_a_chart_is_black_on_white():
    picture = printed_colours(render(a_chart()))
    assert picture <= {(value, value, value) for value in range(256)}


def printed_colours(pdf: bytes) -> set[tuple[int, int, int]]:
    page = Printed(pdf).pages[0]
    found = page.render(scale=1).to_pil().convert("RGB").getcolors(1 << 20)
    assert found is not None
    return {colour for _, colour in found}


def test_the_same_chart_gives_the_same_bytes():
    assert render(a_chart()) == render(a_chart())


def test_in_practice_mode_a_chart_says_so():
    facts = msgspec.structs.replace(a_chart(), practice=True)
    assert "练习" in Printed(render(facts)).text
