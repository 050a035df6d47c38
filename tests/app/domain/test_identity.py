"""Identity numbers and organisation codes: a check that warns and never raises."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.identity import IdCheck, Sex, check_id_number, check_uscc, normal_digits

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
PLACES = st.integers(110000, 999999).map(str)
USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_FIRST_17 = st.tuples(
    st.sampled_from(["91", "92", "93", "54", "N2", "Y1", "A1"]),
    st.integers(0, 999999).map("{:06}".format),
    st.text(USCC_SIGNS, min_size=9, max_size=9),
).map("".join)


def with_check_digit(first_17: str) -> str:
    """GB 11643-1999 by its table, independent of the library."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, WEIGHTS, strict=True))
    return first_17 + "10X98765432"[total % 11]


def with_uscc_check_sign(first_17: str) -> str:
    """GB 32100-2015: all signs weighed by powers of three, the last by one, are 0 modulo 31."""
    total = sum(USCC_SIGNS.index(sign) * 3**place for place, sign in enumerate(first_17))
    return first_17 + USCC_SIGNS[-total % 31]


@given(PLACES, st.dates(date(1900, 1, 1), date(2026, 12, 31)), st.integers(0, 999))
def test_a_right_number_has_no_fault_whatever_its_place(place, birth, order):
    number = with_check_digit(f"{place}{birth:%Y%m%d}{order:03}")
    sex = Sex.MALE if order % 2 else Sex.FEMALE
    assert check_id_number(number) == IdCheck(number, None, birth, sex)


@given(
    PLACES,
    st.dates(date(1900, 1, 1), date(2026, 12, 31)),
    st.integers(0, 999),
    st.integers(1, 10),
)
def test_any_other_last_sign_fails_the_check(place, birth, order, turn):
    number = with_check_digit(f"{place}{birth:%Y%m%d}{order:03}")
    signs = "0123456789X"
    wrong = number[:-1] + signs[(signs.index(number[-1]) + turn) % len(signs)]
    check = check_id_number(wrong)
    assert (check.fault, check.birth) == ("id_check_digit", birth)


@given(st.text())
def test_no_text_makes_a_check_raise(text):
    assert check_id_number(text).normal == check_uscc(text).normal == normal_digits(text)


@given(st.text(alphabet="0123456789xX", min_size=15, max_size=18))
def test_no_digits_make_a_check_raise(text):
    assert check_id_number(text).normal == text.upper()


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        " 110105 19491231 002X\n",
        "\ufeff110105\u200b19491231\u3000002ｘ",
    ],
)
def test_a_number_is_made_normal(typed):
    check = check_id_number(typed)
    assert check.normal == "11010519491231002X"
    assert check.fault is None
    assert check.birth == date(1949, 12, 31)
    assert check.sex is Sex.FEMALE


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("", "id_length"),
        ("11010519491231002", "id_length"),
        ("1101051949123100211", "id_length"),
        ("11010519491231X02X", "id_characters"),
        ("11010519491231002Y", "id_characters"),
        ("١١٠١٠٥١٩٤٩١٢٣١٠٠٢١", "id_characters"),
        ("110105194902310021", "id_birth_date"),
        ("110105189912310021", "id_birth_date"),
        ("110105194912310021", "id_check_digit"),
    ],
)
def test_a_fault_is_named(number, fault):
    assert check_id_number(number).fault == fault


def test_a_birth_after_today_is_a_fault():
    number = with_check_digit("45030520261122001")
    assert check_id_number(number).fault is None
    assert check_id_number(number, today=date(2026, 11, 22)).fault is None
    assert check_id_number(number, today=date(2026, 11, 21)).fault == "id_birth_date"


def test_an_old_number_is_recognised_and_read():
    check = check_id_number("110105491231002")
    assert check == IdCheck("110105491231002", "id_old_form", date(1949, 12, 31), Sex.FEMALE)
    assert check_id_number("110105490231002").fault == "id_birth_date"


@pytest.mark.parametrize("code", ["91110000600037341L", "9 1110000 600037341l"])
def test_a_real_organisation_code_has_no_fault(code):
    assert check_uscc(code).fault is None


@given(USCC_FIRST_17, st.integers(1, 30))
def test_a_code_is_right_with_one_last_sign_only_whoever_registered_it(first_17, turn):
    code = with_uscc_check_sign(first_17)
    assert check_uscc(code).fault is None
    wrong = USCC_SIGNS[(USCC_SIGNS.index(code[-1]) + turn) % 31]
    assert check_uscc(code[:-1] + wrong).fault == "uscc_check_digit"


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("", "uscc_length"),
        ("91110000600037341", "uscc_length"),
        ("91110000600037341I", "uscc_characters"),
        ("9111A000600037341L", "uscc_characters"),
        ("911100006000373411", "uscc_check_digit"),
    ],
)
def test_a_fault_of_an_organisation_code_is_named(code, fault):
    assert check_uscc(code).fault == fault


def test_sexes_have_their_words():
    assert [sex.label for sex in Sex] == ["男", "女"]


@pytest.mark.parametrize(
    ("number", "day", "age"),
    [
        ("450305196203151028", date(2026, 3, 14), 63),
        ("450305196203151028", date(2026, 3, 15), 64),
        ("450305196203151028", date(1962, 3, 15), 0),
        ("450305196203151028", date(1962, 3, 14), None),
        ("45030520000229001X", date(2026, 2, 28), 25),
        ("45030520000229001X", date(2026, 3, 1), 26),
        ("450305620315102", date(2026, 3, 15), 64),
        ("450305196213151021", date(2026, 3, 15), None),
        ("", date(2026, 3, 15), None),
    ],
)
def test_the_age_is_that_of_the_last_birthday(number: str, day: date, age: int | None):
    assert check_id_number(number).age_on(day) == age


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.dates(date(1900, 1, 1)))
def test_an_age_grows_by_one_each_year_and_never_goes_down(birth: date, day: date):
    check = IdCheck("", birth=birth)
    age = check.age_on(day)
    if day < birth:
        assert age is None
        return
    assert age is not None
    assert 0 <= age <= (day - birth).days / 365
    if (day.month, day.day) != (2, 29) and day.year < date.max.year:
        assert check.age_on(day.replace(year=day.year + 1)) == age + 1
