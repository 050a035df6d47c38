"""What others may see of personal data."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.masking import (
    mask_account,
    mask_id,
    mask_listed_name,
    mask_name,
    mask_phone,
    without_cards,
)

SIGNS = st.text(alphabet="0123456789X-+ ", max_size=30)
CHARACTERS = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF) | st.characters(
    min_codepoint=0x20000, max_codepoint=0x2A6DF
)


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("450305196203151234", "450305********1234"),
        ("110105491231002", "110105*****1002"),
        ("E12345678", "*******78"),
        ("H1", "**"),
        ("", ""),
    ],
)
def test_an_identity_number_is_masked(number, masked):
    assert mask_id(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13812340000", "138****0000"),
        ("0773-5812345", "0773****2345"),
        ("5812345", "*****45"),
        ("110", "**0"),
        ("", ""),
    ],
)
def test_a_telephone_is_masked(number, masked):
    assert mask_phone(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [("6217001234567890", "************7890"), ("12345", "****5"), ("1", "*"), ("", "")],
)
def test_an_account_is_masked(number, masked):
    assert mask_account(number) == masked


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("韦小妹", "韦**"),
        ("韦妹", "韦*"),
        ("韦", "*"),
        ("欧阳小妹", "欧***"),
        ("𠮷田妹", "𠮷**"),
        ("韦𬎆", "韦*"),
        ("𠮷", "*"),
        ("葛\U000e0100小妹", "葛\U000e0100**"),
        ("韦葛\U000e0100", "韦*"),
        ("买买提·吐尔逊", "买**·***"),
        ("John Smith", "J*** *****"),
        (" 韦小妹 ", "韦**"),
        ("", ""),
    ],
)
def test_a_name_is_masked(name, masked):
    assert mask_name(name) == masked


@given(SIGNS)
def test_a_masked_number_keeps_its_length_and_hides_what_it_should(number):
    for mask, hidden in ((mask_id, 5), (mask_phone, 4), (mask_account, 4)):
        masked = mask(number)
        assert len(masked) == len(number)
        assert all(sign in ("*", number[place]) for place, sign in enumerate(masked))
        assert masked.count("*") >= min(hidden, (len(number) + 1) // 2)


@given(st.text(CHARACTERS, min_size=2, max_size=12))
def test_of_a_name_only_the_first_character_is_seen(name):
    assert mask_name(name) == name[0] + "*" * (len(name) - 1)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("韦小妹", "韦*妹"),
        ("覃妹", "覃*"),
        ("韦", "*"),
        ("欧阳小妹", "欧**妹"),
        ("𠮷田妹", "𠮷*妹"),
        ("韦𬎆", "韦*"),
        ("葛\U000e0100小妹", "葛\U000e0100*妹"),
        ("韦小葛\U000e0100", "韦*葛\U000e0100"),
        ("买买提·吐尔逊", "买**·**逊"),
        ("买·逊", "买·*"),
        ("John Smith", "J*** ****h"),
        (" 韦小妹 ", "韦*妹"),
        ("", ""),
    ],
)
def test_in_lists_the_last_character_of_a_name_is_seen_too(name, masked):
    assert mask_listed_name(name) == masked


@given(st.text(CHARACTERS, min_size=3, max_size=12))
def test_in_lists_the_middle_of_a_name_is_hidden(name):
    assert mask_listed_name(name) == name[0] + "*" * (len(name) - 2) + name[-1]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("打到卡 6217001234567890123 上", "打到卡 6217001234567890123 上"),
        ("打到卡 6217000010012345677 上", "打到卡 ***************5677 上"),
        ("6222 0212 3456 7890", "6222 0212 3456 7890"),
        ("6222 0212 3456 7894，谢谢", "************7894，谢谢"),
        ("身份证620102199003074510", "身份证620102199003074510"),
        ("收件号620102001001-20261121-A2-0007", "收件号620102001001-20261121-A2-0007"),
        ("电话13877300000", "电话13877300000"),
        ("", ""),
    ],
)
def test_of_a_bank_card_in_a_text_four_digits_are_kept(said: str, kept: str):
    assert without_cards(said) == kept


@given(st.text(alphabet="0123456789 62X-一", max_size=60))
def test_what_is_kept_of_a_text_has_no_card_any_more(said: str):
    assert without_cards(without_cards(said)) == without_cards(said)
