"""Local numbers and document numbers."""

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.numbers import BadNumber, DocumentNumber, LocalNumber, slot_text
from app.domain.regions import RegionCode

HUTANG = RegionCode("450305200201")
PRINTED = "450305200201-20261121-A2-0007"
SLOTS = st.builds(slot_text, st.integers(1, 30_000), st.integers(1, 999_999))
NUMBERS = st.builds(
    LocalNumber,
    region=st.from_regex(r"[0-9]{6,12}", fullmatch=True).map(RegionCode),
    day=st.dates(),
    slot=SLOTS,
    running=st.integers(1, 999_999_999),
)


def a_number(running: int = 7) -> LocalNumber:
    return LocalNumber(region=HUTANG, day=date(2026, 11, 21), slot="A2", running=running)


def test_a_local_number_is_printed_with_four_digits_at_least():
    assert a_number().text == PRINTED
    assert a_number(12345).text == "450305200201-20261121-A2-12345"


@given(NUMBERS)
def test_a_printed_number_is_read_back(number):
    assert LocalNumber.parse(number.text) == number


@given(NUMBERS)
def test_a_number_survives_the_wire(number):
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(number), type=LocalNumber) == number


@pytest.mark.parametrize(
    "typed",
    [
        " 450305200201-20261121-a2-0007\n",
        "４５０３０５２００２０１－２０２６１１２１－Ａ２－０００７",
        "450305 200201 – 20261121 — A2 − 0007",
    ],
)
def test_a_number_is_read_as_people_type_it(typed):
    assert LocalNumber.parse(typed) == a_number()


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "450305200201-20261121-A2-007",
        "450305200201-20261121-A2-0000",
        "450305200201-20261121-A2-00007",
        "450305200201-20261321-A2-0007",
        "450305200201-20261121-2A-0007",
        "450305200201-20261121-A02-0007",
        "450305200201-20261121-A2-0007-1",
        "湖塘-20261121-A2-0007",
        "٤٥٠٣٠٥٢٠٠٢٠١-20261121-A2-0007",
        "9" * 100_000,
    ],
)
def test_what_is_no_number_is_refused(wrong):
    with pytest.raises(BadNumber):
        LocalNumber.parse(wrong)


@given(st.text(alphabet="0123456789-A２ ", max_size=40))
def test_what_is_read_is_printed_as_one_text_only(text):
    try:
        number = LocalNumber.parse(text)
    except BadNumber:
        return
    assert LocalNumber.parse(number.text) == number


def test_lives_are_lettered_like_columns():
    lives = {1: "A2", 2: "B2", 26: "Z2", 27: "AA2", 28: "AB2", 52: "AZ2", 53: "BA2", 703: "AAA2"}
    assert {life: slot_text(life, 2) for life in lives} == lives


@given(st.tuples(*[st.integers(1, 30_000)] * 2), st.tuples(*[st.integers(1, 999_999)] * 2))
def test_two_lives_or_two_devices_never_share_a_slot(lives, numbers):
    same = (lives[0], numbers[0]) == (lives[1], numbers[1])
    assert (slot_text(lives[0], numbers[0]) == slot_text(lives[1], numbers[1])) == same


@pytest.mark.parametrize(("life", "number"), [(0, 1), (1, 0), (-1, 1)])
def test_there_is_no_life_and_no_device_before_the_first(life, number):
    with pytest.raises(ValueError, match=str(life)):
        slot_text(life, number)


@pytest.mark.parametrize("slot", ["", "a2", "A", "2", "A02", "A2\n", "ABCDE1"])
def test_a_slot_from_the_wire_must_be_one(slot):
    wire = msgspec.msgpack.encode(DocumentNumber("湖政服收", slot, 2026, 17))
    with pytest.raises(msgspec.ValidationError):
        msgspec.msgpack.decode(wire, type=DocumentNumber)


def test_a_document_number_has_no_padding_zeros():
    number = DocumentNumber(word="湖政服收", slot="A2", year=2026, running=17)
    assert number.text == "湖政服收A2〔2026〕17号"
