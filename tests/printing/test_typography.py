"""Official typography as it comes out: measured in the PDF over texts that nobody thought of.

Source: GB/T 9704-2012, 5.2 (margins, 22 lines of 28 characters), 7.3 (text), 7.5 (page numbers);
GB/T 15834-2011, 5.1 (places of punctuation).
"""

from collections import defaultdict
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.papers import DefectLine, MaterialLine, OriginalLine
from printing import render
from printing.choice import Paper
from printing.fonts import Style, width
from printing.lines import CLOSING, OPENING
from tests.printing.reading import MM, Printed
from tests.printing.samples import (
    LONG_NAME,
    a_custody_slip,
    a_decision,
    a_receipt,
    a_refusal,
    a_supplement,
    a_visit,
    an_acceptance,
    thirty_materials,
)
from tests.printing.samples_notices import a_return, a_special_procedure, an_extension

LEFT, TOP, WIDTH, HEIGHT = 28 * MM, 37 * MM, 156 * MM, 225 * MM
BODY = 16  # 三号
LEADING, EM = HEIGHT / 22, WIDTH / 28

HAN = st.text("中华人民共和国村民委员会申请材料补正", min_size=1, max_size=12)
DATE = st.dates().map(lambda day: f"{day.year:04}年{day.month}月{day.day}日")
NUMBER = st.one_of(
    st.integers(0, 10**9).map(str),
    st.integers(1, 999).map(lambda n: f"湖政服收A2〔2026〕{n}号"),
    st.integers(1, 10**6).map(lambda n: f"{n:,}.50元"),
    st.sampled_from(["450305200201-20261121-A2-0007", "0773-5810000", "IT022", "100%"]),
)
MARKS = st.sampled_from(["，", "。", "；", "：", "、", "？", "！", "……", "——"])
ENCLOSED = st.builds(
    lambda pair, said: pair[0] + said + pair[1],
    st.sampled_from(["（）", "《》", "“”", "〔〕", "【】"]),
    HAN | NUMBER,
)
TEXT = st.lists(HAN | DATE | NUMBER | MARKS | ENCLOSED, min_size=5, max_size=60).map("".join)

whatever = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def lines_of(printed: Printed, page: int) -> list[tuple[float, str, float, float]]:
    """The lines in 三号 from the top down: baseline, text, x of its first and its last character."""
    found: dict[float, list[tuple[float, str]]] = defaultdict(list)
    for unit, x, y, size in printed.origins(page):
        if size == BODY and unit.strip():
            found[round(y, 1)].append((x, unit))
    lines = []
    for y in sorted(found):
        units = sorted(found[y])
        lines.append((y, "".join(unit for _, unit in units), units[0][0], units[-1][0]))
    return lines


def every_line(printed: Printed) -> list[str]:
    """Of the first copy: number, addressee, text, issuer, date."""
    half = len(printed.pages) // 2
    return [text for page in range(half) for _, text, _, _ in lines_of(printed, page)]


@whatever
@given(TEXT)
def test_no_line_begins_with_closing_or_ends_with_opening_punctuation(text):
    lines = every_line(Printed(render(a_decision(findings=text))))
    assert not [line for line in lines if line[0] in CLOSING and set(line) - CLOSING]
    assert not [line for line in lines if line[-1] in OPENING]


@whatever
@given(TEXT)
def test_no_figure_is_torn_between_two_lines(text):
    """A long number has the line it needs; only what is longer than a whole line is cut."""
    lines = every_line(Printed(render(a_refusal(reason=text))))
    for before, after in pairwise(lines):
        torn = before[-1].isdigit() and after[0].isdigit()
        assert not torn, (before, after)


@whatever
@given(TEXT)
def test_every_character_of_the_text_is_there_in_order(text):
    said = "".join(every_line(Printed(render(a_decision(findings=text)))))
    assert "".join(text.split()).rstrip("。；，、") in said


@whatever
@given(TEXT)
def test_the_text_keeps_to_its_area_its_lines_and_its_pitch(text):
    printed = Printed(render(an_extension(reason=text * 4)))
    for page in range(len(printed.pages)):
        lines = lines_of(printed, page)
        assert len(lines) <= 22
        for y, text, first, last in lines:
            assert TOP < y < TOP + HEIGHT
            assert first >= LEFT - 0.1
            end = last + width(text[-1], Style.BODY, BODY)
            hanging = EM / 2 if text[-1] in CLOSING else 0  # a mark's empty half
            assert (
                end <= LEFT + WIDTH + hanging + BODY - EM + 0.1
            )  # letters stand a little closer than their size
        for (before, _, _, _), (after, _, _, _) in pairwise(lines):
            assert after - before >= LEADING - 0.2


NOTICES = [
    an_acceptance,
    a_refusal,
    a_decision,
    a_supplement,
    a_special_procedure,
    an_extension,
    a_return,
]


@pytest.mark.parametrize("notice", NOTICES)
def test_every_sheet_of_a_notice_has_the_margins_the_copy_mark_and_its_number(notice):
    facts = notice(applicant=LONG_NAME, issuer=LONG_NAME, item=LONG_NAME)
    printed = Printed(render(facts))
    sheets = len(printed.pages) // len(facts.kind.copies)
    for page in range(len(printed.pages)):
        copy = facts.kind.copies[page // sheets].replace(" ", "")
        assert printed.texts[page].startswith(copy)
        assert f"—{page % sheets + 1}—" in printed.texts[page]
        for unit, x, y, size in printed.origins(page):
            if unit.strip() and size != 14:  # 14: the number of the page, under the text
                assert LEFT - 0.5 <= x <= LEFT + WIDTH
                assert TOP - 11 * MM <= y <= TOP + HEIGHT + 1


def test_the_head_margin_is_37_mm_and_the_binding_margin_28_mm():
    printed = Printed(render(a_decision(findings="中" * 28 * 40)))
    (y, _, first, _), *_ = lines_of(printed, 1)
    assert first == pytest.approx(28 * MM, abs=0.2)
    assert y - 0.88 * BODY - (LEADING - BODY) / 2 == pytest.approx(37 * MM, abs=0.2)


def test_the_first_line_of_a_paragraph_is_moved_in_by_two_characters():
    printed = Printed(render(a_decision()))
    lines = lines_of(printed, 0)
    starts = [first for _, text, first, _ in lines if text.startswith(("你（单位）", "经审查"))]
    assert starts == pytest.approx([LEFT + 2 * EM] * len(starts), abs=0.2)
    assert len(starts) == 2


def test_the_title_is_in_two_sizes_larger_and_in_the_middle():
    title = [at for at in Printed(render(a_decision())).origins(0) if at[3] == 22 and at[0].strip()]
    assert "".join(unit for unit, *_ in title) == "准予决定书"
    middle = (title[0][1] + title[-1][1] + 22) / 2
    assert middle == pytest.approx(LEFT + WIDTH / 2, abs=2)


LONG_TABLES: list[tuple[Any, str]] = [
    (a_receipt(materials=thirty_materials()), "序号材料名称"),
    (a_visit(cases=a_visit().cases * 15), "序号申请人申请事项"),
    (
        a_custody_slip(
            originals=tuple(
                OriginalLine(what=f"不动产权证书{n}", whose=LONG_NAME, count=1, where=LONG_NAME,
                             since=a_custody_slip().issued_on)
                for n in range(30)
            )
        ),
        "序号原件名称",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "head"), LONG_TABLES, ids=["receipt", "visit", "custody"])
def test_a_table_that_goes_on_repeats_its_head_and_every_page_says_which_it_is_of_how_many(
    facts, head
):
    printed = Printed(render(facts))
    sheets = len(printed.pages) // 2
    assert sheets > 1
    for page, text in enumerate(printed.texts):
        assert facts.kind.copies[page // sheets].replace(" ", "") in text
        assert f"第{page % sheets + 1}页共{sheets}页" in text
    first_copy = printed.texts[:sheets]
    with_rows = [text for text in first_copy if text.split("页", 2)[2].lstrip().startswith(head)]
    assert (
        len(with_rows) >= sheets - 2
    )  # the first has the fields over it, the last may have no row


@pytest.mark.parametrize("paper", [Paper.A4, Paper.A5, Paper.MULTIPART])
@given(name=TEXT)
@settings(max_examples=8, deadline=None)
def test_a_table_cell_of_any_text_is_drawn_whole_inside_the_sheet(paper, name):
    printed = Printed(
        render(a_receipt(materials=(MaterialLine(name=name, copies=1),)), paper=paper)
    )
    for page in range(len(printed.pages)):
        width, height = printed.pages[page].get_size()
        for unit, x, y, size in printed.origins(page):
            if unit.strip():
                assert 10 * MM <= x <= width - 9 * MM - size / 2
                assert 4 * MM <= y <= height - 4 * MM


@given(st.lists(TEXT, min_size=1, max_size=12))
@settings(max_examples=8, deadline=None)
def test_every_defect_stands_numbered_on_the_notice_and_on_its_stub(defects):
    lines = tuple(DefectLine(what=one) for one in defects)
    text = Printed(render(a_supplement(defects=lines))).text
    for n in range(1, len(defects) + 1):
        assert text.count(f"{n}．") >= 2
