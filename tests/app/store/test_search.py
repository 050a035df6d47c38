"""Finding people by what somebody types at the counter."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.store import search
from app.usecases import lookup
from tests.builders import VILLAGE, Station, a_case, a_district, a_station

RARE = "𠮷"
NAMES = (
    "韦小妹",
    "韦小明",
    "欧阳娜娜",
    f"{RARE}田正",
    "买买提·吐尔逊",
    "单长乐",
    "桂林（七星）农机公司",
    "曾国藩",
    "Anna Smith",
)


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Station:
    village = a_station(a_district(), VILLAGE, tmp_path_factory.mktemp("search"))
    for place, name in enumerate(NAMES):
        number = f"45030519620315{place:04}"
        a_case(village, name=name, applicant={"id_number": number, "phone": f"1387730{place:04}"})
    return village


def found(station: Station, text: str) -> set[str]:
    return {row.applicant for row in lookup.found(station.store, text)}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("韦", {"韦小妹", "韦小明"}),
        ("小", {"韦小妹", "韦小明"}),
        ("小妹", {"韦小妹"}),
        ("韦小妹", {"韦小妹"}),
        ("妹小韦", set()),
        (" 韦 小 妹 ", {"韦小妹"}),
        ("欧阳娜娜", {"欧阳娜娜"}),
        ("阳娜", {"欧阳娜娜"}),
        (RARE, {f"{RARE}田正"}),
        (f"{RARE}田", {f"{RARE}田正"}),
        ("买买提吐尔逊", {"买买提·吐尔逊"}),
        ("买买提·吐", {"买买提·吐尔逊"}),
        ("提·吐尔逊", {"买买提·吐尔逊"}),
        ("吐尔逊买买", set()),
        ("七星", {"桂林（七星）农机公司"}),
        ("（七星）农机", {"桂林（七星）农机公司"}),
        ("桂林(七星)", {"桂林（七星）农机公司"}),
        ("林七星农", {"桂林（七星）农机公司"}),
        ("农机公司桂林", set()),
    ],
)
def test_a_name_is_found_by_any_part_of_it(station: Station, text: str, names: set[str]):
    assert found(station, text) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("wxm", "韦小妹"),
        ("WXM", "韦小妹"),
        ("xm", "韦小妹"),
        ("weixiaomei", "韦小妹"),
        ("weix", "韦小妹"),
        ("xiaomei", "韦小妹"),
        ("oynn", "欧阳娜娜"),
        ("ouyang", "欧阳娜娜"),
        ("zengguofan", "曾国藩"),
        ("shanchangle", "单长乐"),
        ("danchangle", "单长乐"),
        ("scl", "单长乐"),
        ("anna", "Anna Smith"),
        ("smith", "Anna Smith"),
        ("tianzheng", f"{RARE}田正"),
    ],
)
def test_a_name_is_found_by_its_pinyin_whole_or_in_initials(station: Station, text: str, name: str):
    assert name in found(station, text)


@pytest.mark.parametrize("text", ["xxw", "meixiao", "weixiaomeix", "zzz"])
def test_pinyin_that_fits_no_name_finds_none(station: Station, text: str):
    assert found(station, text) == set()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("450305196203150003", 1),
        ("45030519620315", 9),
        ("0003", 2),  # an identity number, and the number of the third case
        ("150003", 1),
        ("13877300003", 1),
        ("1387730", 9),
        ("４５０３０５１９６２０３１５０００３", 1),
        ("450305 19620315 0003", 1),
        (f"{VILLAGE}-20261120-A2-0004", 1),
        ("a2-0004", 1),
        ("999999", 0),
        ("~3000", 0),
    ],
)  # fmt: skip
def test_a_number_is_found_by_its_beginning_and_its_end(station: Station, text: str, count: int):
    assert len(found(station, text)) == count


def test_three_digits_are_no_end_of_a_number(station: Station):
    assert found(station, "003") == set()


def test_an_item_is_found_by_its_name_and_its_id(station: Station):
    assert found(station, "就业创业证") == set(NAMES)
    assert found(station, "it022") == set(NAMES)


def test_letters_in_a_passport_number_may_be_typed_small(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    a_case(village, name="John", applicant={"id_kind": "other", "id_number": "e1234567x"})
    for text in ("e1234567x", "E1234567X", "e123", "567x"):
        assert found(village, text) == {"John"}


def test_a_name_of_letters_and_digits_is_found_as_a_name(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    for name in ("KTV88", "oldA0", "七星2号店"):
        a_case(village, name=name)
    for text, name in (
        ("KTV88", "KTV88"), ("ktv8", "KTV88"), ("v88", "KTV88"), ("oldA0", "oldA0"), ("olda", "oldA0"),
        ("88", "KTV88"), ("七星2号", "七星2号店"), ("qx2h", "七星2号店"),
    ):  # fmt: skip
        assert found(village, text) == {name}, text


def test_of_many_cases_that_a_number_fits_the_newest_come_first(tmp_path: Path, monkeypatch):
    village = a_station(a_district(), VILLAGE, tmp_path)
    subjects = [a_case(village, name=f"韦{place}") for place in range(12)]
    for many in (100, 5):
        monkeypatch.setattr("app.store.finding._MANY", many)
        rows = lookup.found(village.store, "450305", limit=4)
        assert [row.subject for row in rows] == subjects[:-5:-1]
        assert len(lookup.found(village.store, "450305", limit=20)) == 12


def test_characters_nobody_sees_do_not_hide_a_name(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    a_case(village, name="葛\U000e0100\u200b城")
    assert len(found(village, "葛城")) == 1


def test_the_newest_cases_come_first_and_no_more_than_asked_for(tmp_path: Path):
    village = a_station(a_district(), VILLAGE, tmp_path)
    for name in ("韦一", "韦二", "韦三"):
        a_case(village, name=name)
    assert [row.applicant for row in lookup.found(village.store, "韦", limit=2)] == ["韦三", "韦二"]


HOSTILE = [
    '"', '""', "'", '" OR "', 'x" OR "1', "NEAR(韦 妹)", "韦 AND 妹", "韦 OR 妹", "NOT 韦", "*", "韦*", "^韦",
    "-韦", "+韦", "case_text:韦", "terms : 韦", "{terms}: 韦", "(韦", "韦)", "韦,妹", "韦.妹", "韦;妹", "韦\x00妹",
    "\x00", "1\x002", "x\x00y", "\ud800韦", "\ud8001", "韦\udfff", "%", "_", "韦%", "'; DROP TABLE entry; --",
    "1; DROP TABLE entry", "<", ">", "<1", ">8201", "0wxm", "1weixiaomei", "韦" * 5000, "a" * 5000, "1" * 5000,
    "(" * 1000, " ", "\u3000", "\n", "\u200b", "🀄", "韦🀄",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_whatever_is_taken_for_a_command(station: Station, text: str):
    found(station, text)
    assert found(station, "韦小妹") == {"韦小妹"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=20) | st.text('"*^-+():{}<>,.;韦小妹a1 \x00\ud800', max_size=12))
@example("韦\ud800小妹")
def test_any_text_gets_an_answer(station: Station, text: str):
    assert found(station, text) <= set(NAMES)


@settings(max_examples=60)
@given(st.text(st.characters(categories=["Lo", "Ll", "Lu"]), min_size=1, max_size=12))
def test_every_part_of_any_name_asks_for_terms_that_name_has(name: str):
    terms = set(search.terms(name, ()).split(" "))
    plain = search.letters(name)
    for start in range(len(plain)):
        for end in range(start + 1, len(plain) + 1):
            part = plain[start:end]
            if part.isascii():
                continue
            asked = search.question(part)
            assert asked is not None
            assert {term.strip('"') for term in asked.split(" AND ")} <= terms


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("0315", '"-0315"'),
        (" 03 15 ", '"-0315"'),
        ("102X", '"-102x"'),
        ("19620315", '"-19620315"'),
        ("１９６２０３１５", '"-19620315"'),
        ("315", None),
        ("03151", None),
        ("", None),
    ],
)
def test_four_signs_or_eight_may_be_what_people_say_of_themselves(text: str, asked: str | None):
    assert search.said_question(text) == asked


def test_a_case_is_found_by_the_ends_of_its_persons_numbers_and_by_the_birthday():
    def said(id_number: str, phone: str) -> set[str]:
        terms = search.terms("", (), id_number, phone).split(" ")
        return {term for term in terms if term.startswith("-")}

    assert said("45030519620315102X", "13877300000") == {
        "-102x", "-0000", "-0315", "-19620315",
    }  # fmt: skip
    assert said("914503007087318321", "") == {"-8321"} | said("914503007087318321", "")
    assert said("91450300MA5K4Q2X1A", "123") == {"-2x1a"}
    assert said("", "") == said("12", "3") == set()
