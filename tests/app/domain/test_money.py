"""Amounts in figures and in capitals, read back by an independent reader."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import LARGEST_FEN, BadAmount, capitals, yuan

DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = {"拾": 10, "佰": 100, "仟": 1000}
SECTIONS = {"万": 10**4, "亿": 10**8}
AMOUNTS = st.one_of(
    st.integers(0, LARGEST_FEN),
    st.integers(0, 10_000_000),
    st.tuples(st.integers(0, 14), st.integers(0, 999)).map(
        lambda parts: min(10 ** parts[0] + parts[1], LARGEST_FEN)
    ),
    st.text(alphabet="01", min_size=1, max_size=14).map(int),
)


def whole_of(text: str) -> int:
    """The whole number that capitals write."""
    total = section = digit = 0
    for sign in text:
        if sign in DIGITS:
            digit = DIGITS.index(sign)
        elif sign in UNITS:
            section += digit * UNITS[sign]
            digit = 0
        elif sign == "亿":
            total = (total + section + digit) * SECTIONS[sign]
            section = digit = 0
        else:
            total += (section + digit) * SECTIONS[sign]
            section = digit = 0
    return total + section + digit


def fen_of(text: str) -> int:
    """The amount that a document's capitals write."""
    found = re.fullmatch(
        rf"人民币(?:([{DIGITS}拾佰仟万亿]+)元)?(整)?(?:零?([{DIGITS}])角)?(?:零?([{DIGITS}])分)?",
        text,
    )
    assert found, text
    whole, _, jiao, fen = found.groups()
    small = DIGITS.index(jiao or "零") * 10 + DIGITS.index(fen or "零")
    return (whole_of(whole) if whole else 0) * 100 + small


@given(AMOUNTS)
def test_capitals_are_read_back_as_the_amount(fen):
    assert fen_of(capitals(fen)) == fen


@given(AMOUNTS)
def test_capitals_never_stutter_and_end_as_the_rule_says(fen):
    text = capitals(fen)
    assert "零零" not in text
    assert " " not in text
    assert text.endswith("整" if fen % 100 == 0 else "角" if fen % 10 == 0 else "分")


@given(AMOUNTS)
def test_figures_are_read_back_as_the_amount(fen):
    assert re.fullmatch(r"¥[1-9]?[0-9]{0,2}(,[0-9]{3})*\.[0-9]{2}", yuan(fen))
    assert int(re.sub(r"[¥,.]", "", yuan(fen))) == fen


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (140950, "人民币壹仟肆佰零玖元伍角"),
        (1640902, "人民币壹万陆仟肆佰零玖元零贰分"),
        (0, "人民币零元整"),
        (5, "人民币伍分"),
        (50, "人民币伍角"),
        (105, "人民币壹元零伍分"),
        (1000, "人民币壹拾元整"),
        (1000_0000, "人民币壹拾万元整"),
        (10_0000_0000_00, "人民币壹拾亿元整"),
        (1_0000_0001_00, "人民币壹亿零壹元整"),
    ],
)
def test_an_amount_is_written_in_capitals(fen, words):
    assert capitals(fen) == words


@pytest.mark.parametrize(
    ("fen", "figures"),
    [(0, "¥0.00"), (7, "¥0.07"), (140950, "¥1,409.50"), (10_0000_0000_00, "¥1,000,000,000.00")],
)
def test_an_amount_is_written_in_figures(fen, figures):
    assert yuan(fen) == figures


@pytest.mark.parametrize("fen", [-1, -140950, LARGEST_FEN + 1])
@pytest.mark.parametrize("write", [yuan, capitals])
def test_an_amount_below_zero_or_beyond_writing_is_refused(fen, write):
    with pytest.raises(BadAmount) as refusal:
        write(fen)
    assert refusal.value.facts == {"fen": fen}
