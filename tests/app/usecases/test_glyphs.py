"""Supplied characters, kept in a real store."""

import shutil

import pytest

from app.domain.glyphs import GlyphOrigin
from app.store import opening, rebuild
from app.usecases import glyphs
from app.usecases.glyphs import BadCodePoint, NoGlyph, TooManyGlyphs
from tests.builders import VILLAGE, a_district, a_station


def join(fonts):
    return b"+".join(fonts[code] for code in sorted(fonts))


@pytest.fixture
def station(tmp_path):
    station = a_station(a_district(), VILLAGE, tmp_path / "village")
    yield station
    station.store.close()


def add(station, code, font):
    glyphs.add(
        station.store,
        code,
        font,
        origin=GlyphOrigin.PICTURE,
        source="字.png",
        by=station.head,
        join=join,
    )


def test_what_was_supplied_is_listed_by_code_with_who_and_when(station):
    add(station, 0xE124, b"two")
    add(station, 0xE123, b"one")
    first, second = glyphs.supplied(station.store)
    assert [first.code, second.code] == [0xE123, 0xE124]
    assert (first.origin, first.source, first.added_by) == (
        GlyphOrigin.PICTURE,
        "字.png",
        station.head.name,
    )
    assert first.added_at.timestamp() * 1000 == station.store.wall()
    assert glyphs.supply(station.store) == ({0xE123: b"one", 0xE124: b"two"}, b"one+two")


def test_a_character_that_is_supplied_again_is_replaced(station):
    add(station, 0xE123, b"one")
    add(station, 0xE123, b"other")
    assert glyphs.supply(station.store) == ({0xE123: b"other"}, b"other")


def test_what_is_removed_is_gone_and_cannot_be_removed_twice(station):
    add(station, 0xE123, b"one")
    glyphs.remove(station.store, 0xE123, join=join)
    assert glyphs.supply(station.store) == ({}, None)
    with pytest.raises(NoGlyph) as error:
        glyphs.remove(station.store, 0xE123, join=join)
    assert error.value.facts == {"code_point": "U+E123"}


def test_too_many_are_refused_and_nothing_is_changed(station, monkeypatch):
    monkeypatch.setattr(glyphs, "MOST", 1)
    add(station, 0xE123, b"one")
    with pytest.raises(TooManyGlyphs):
        add(station, 0xE124, b"two")
    assert glyphs.supply(station.store) == ({0xE123: b"one"}, b"one")


def test_a_font_that_cannot_be_joined_is_not_kept(station):
    def broken(_):
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - ours
        glyphs.add(
            station.store,
            0xE123,
            b"one",
            origin=GlyphOrigin.FONT,
            source="",
            by=station.head,
            join=broken,
        )
    assert glyphs.supplied(station.store) == []


def test_they_survive_a_rebuild_and_a_copy_of_the_folder(station, tmp_path):
    add(station, 0xE123, b"one")
    with station.store.changing():
        rebuild.rebuild(station.store)
    shutil.copytree(station.store.folder, tmp_path / "copy")
    beside = opening.beside(station.store)
    assert glyphs.supply(beside).fonts == {0xE123: b"one"}
    beside.close()


def test_what_is_no_character_has_no_code():
    assert glyphs.code_of("U+E123") == 0xE123
    with pytest.raises(BadCodePoint):
        glyphs.code_of("两字")
