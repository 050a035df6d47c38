"""The signed QR text."""

import json
import string
from base64 import b32encode
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.numbers import LocalNumber
from app.domain.papers import PaperFacts, PaperKind, facts_digest
from app.domain.receipt_code import (
    MAX_TEXT,
    BadCode,
    is_practice_code,
    matches,
    practised,
    read_code,
    read_practice_code,
    verify,
    write_code,
)
from app.domain.regions import RegionCode
from app.journal.keys import DeviceKeys, signed_by
from tests.printing.samples import KEYS, LOCAL, a_decision, a_receipt, a_slip, an_acceptance

VECTOR = json.loads((Path(__file__).parents[2] / "vectors" / "receipt_code.json").read_bytes())
GENUINE = partial(signed_by, KEYS.sign_public)
CODE = a_receipt().code


def coded_for(day: date, slot: str, running: int, name: str) -> str:
    number = LocalNumber(RegionCode("450305200201"), day, slot, running)
    return write_code(
        a_receipt(), device=KEYS.device, local_number=number, name=name, sign=KEYS.sign
    )


@given(
    st.dates(),
    st.from_regex(r"\A[A-Z]{1,4}[1-9][0-9]{0,5}\Z"),
    st.integers(1, 999_999_999),
    st.text(st.characters(categories=["L", "Co", "Cn", "Mn"]), max_size=15),
)
def test_what_is_written_is_read(day, slot, running, name):
    code = read_code(coded_for(day, slot, running, name))
    assert code.local_number == LocalNumber(RegionCode("450305200201"), day, slot, running)
    assert (code.device, code.name) == (KEYS.device, name)
    assert verify(code, GENUINE)


def test_the_code_tells_which_document_it_stands_on():
    facts = an_acceptance()
    code = read_code(facts.code)
    assert (code.kind, code.item_id, code.issued_on) == (
        PaperKind.ACCEPTANCE,
        facts.item_id,
        facts.issued_on,
    )
    assert matches(code, facts)
    assert not matches(code, msgspec.structs.replace(facts, applicant="韦大妹"))
    assert not matches(read_code(a_slip().code), a_receipt())


def test_another_devices_key_did_not_sign_it():
    other = DeviceKeys.generate()
    assert not verify(read_code(CODE), partial(signed_by, other.sign_public))


@given(st.integers(0, len(CODE) - 4), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_one_altered_letter_is_never_taken_for_genuine(place, letter):
    altered = CODE[: 3 + place] + letter + CODE[4 + place :]
    try:
        genuine = verify(read_code(altered), GENUINE)
    except BadCode:
        genuine = False
    assert genuine == (altered == CODE)


@pytest.mark.parametrize(
    "typed",
    [
        CODE.lower(),
        f"  {CODE}\r\n",
        "\n".join(CODE[n : n + 40] for n in range(0, len(CODE), 40)),
        "".join(chr(ord(letter) + 0xFEE0) for letter in CODE),
    ],
    ids=["lower case", "spaces around", "in lines", "full width"],
)
def test_a_scanners_way_of_typing_is_forgiven(typed):
    assert read_code(typed) == read_code(CODE)


@given(st.text(max_size=400) | st.text(string.ascii_uppercase + "234567").map("DB1".__add__))
def test_garbage_is_refused_and_nothing_else_happens(text):
    with pytest.raises(BadCode):
        read_code(text)


@given(st.binary(min_size=1, max_size=300))
def test_well_spelled_garbage_is_refused_or_not_genuine(data):
    text = "DB1" + b32encode(data + bytes(64)).decode().rstrip("=")
    with suppress(BadCode):
        assert not verify(read_code(text), GENUINE)


@pytest.mark.parametrize("cut", [0, 2, 3, 10, 100, len(CODE) - 1])
def test_a_torn_code_is_refused(cut):
    with pytest.raises(BadCode):
        read_code(CODE[:cut])


def test_a_text_that_is_too_long_is_not_even_looked_at():
    with pytest.raises(BadCode) as error:
        read_code("DB1" + "A" * MAX_TEXT)
    assert error.value.facts == {"why": "length"}


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (0, 2),
        (1, b"short"),
        (2, 0),
        (3, ["450305", 0, "2A", 1]),
        (3, ["450305", 10**9, "A2", 1]),
        (4, "IT 001"),
        (4, "I" * 33),
        (5, -(10**9)),
        (6, b"seven.."),
        (7, "甲" * 16),
        (7, "\x1b[2J"),
        (7, "韦\u202e妹"),
    ],
)
def test_a_payload_with_one_bad_element_is_refused(place, value):
    with pytest.raises(BadCode) as error:
        read_code(signed([*a_payload()[:place], value, *a_payload()[place + 1 :]]))
    assert error.value.facts == {"why": "payload"}


def test_marks_that_nobody_sees_do_not_come_into_a_code():
    written = coded_for(date(2026, 11, 22), "A2", 1, "张\u200d三\u202e")
    assert read_code(written).name == "张三"


def test_what_a_later_program_adds_is_signed_and_passed_over():
    code = read_code(signed([*a_payload(), "more", 7]))
    assert code.local_number == LOCAL
    assert verify(code, GENUINE)


def test_an_addition_nested_without_end_is_refused():
    data = b"\x99" + msgspec.msgpack.encode(a_payload())[1:] + b"\x91" * 450
    with pytest.raises(BadCode):
        read_code("DB1" + b32encode(data + bytes(64)).decode().rstrip("="))


def test_a_kind_of_a_later_program_is_genuine_and_nameless():
    code = read_code(signed([*a_payload()[:2], 99, *a_payload()[3:]]))
    assert code.kind is None
    assert verify(code, GENUINE)


def test_the_frozen_vector_is_read_and_written():
    facts = msgspec.msgpack.decode(bytes.fromhex(VECTOR["facts"]), type=PaperFacts)
    keys = DeviceKeys(sign_private=bytes.fromhex(VECTOR["sign_private"]), seal_private=bytes(32))
    number = LocalNumber.parse(VECTOR["local_number"])
    text = write_code(
        facts, device=keys.device, local_number=number, name=VECTOR["name"], sign=keys.sign
    )
    code = read_code(VECTOR["text"])
    assert facts_digest(facts).hex() == VECTOR["facts_digest"]
    assert text == VECTOR["text"]
    assert code.signed.hex() == VECTOR["signed"]
    assert (code.kind, code.issued_on.isoformat()) == (facts.kind, VECTOR["issued_on"])
    assert verify(code, partial(signed_by, bytes.fromhex(VECTOR["sign_public"])))


def test_a_code_stays_within_what_a_slip_can_hold():
    longest = a_decision(item_id="4" * 31).code
    assert len(longest) < 400


def a_payload() -> list[object]:
    return [1, KEYS.device, 1, ["450305200201", 9821, "A2", 7], "IT001", 9821, bytes(8), "韦**"]


def signed(payload: list[object]) -> str:
    data = msgspec.msgpack.encode(payload)
    signature = KEYS.sign(b"daiban receipt 1\x00" + data)
    return "DB1" + b32encode(data + signature).decode().rstrip("=")


def test_a_code_of_practice_is_told_apart_and_read_by_practice_alone():
    code = practised(CODE)
    for typed in (
        code,
        code.lower(),
        f"  {code[:40]} {code[40:]}\n",
        code.replace(":", "："),
        code[:7],
    ):
        assert is_practice_code(typed)
        with pytest.raises(BadCode) as refused:
            read_code(typed)
        assert refused.value.facts["why"] == "practice"
    assert read_practice_code(code) == read_code(CODE)
    assert practised("") == ""


@pytest.mark.parametrize("text", [CODE, "lianxi", "lianxichunhua", "练习春花", "", "450305"])
def test_nothing_else_is_taken_for_one(text):
    assert not is_practice_code(text)


def test_a_code_of_practice_fits_into_the_search():
    assert len(practised(CODE)) < MAX_TEXT
    assert set(practised(CODE)) <= set(
        string.digits + string.ascii_uppercase + ":"
    )  # QR alphanumeric
