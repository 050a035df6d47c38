"""Readings of characters: the table that ships says what pypinyin says."""

from __future__ import annotations

import pytest

import resources
from app.store import readings
from tests.app.store import pinyin


@pytest.mark.parametrize(
    ("character", "syllables"),
    [
        ("办", ("ban",)),
        ("重", ("zhong", "chong", "tong")),
        ("单", ("dan", "chan", "shan")),
        ("𠀀", ("he",)),
        ("a", ()),
        ("·", ()),
        ("\U0010ffff", ()),
    ],
)
def test_a_character_has_its_readings_likeliest_first(
    character: str, syllables: tuple[str, ...]
) -> None:
    assert readings.of(character) == syllables


def test_the_table_is_the_one_that_pypinyin_gives() -> None:
    assert resources.read_bytes(readings.FILE) == pinyin.table()
