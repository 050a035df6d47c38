"""How papers are taken unless somebody says otherwise, and what of them is missing."""

from __future__ import annotations

import msgspec
import pytest

from app.domain.items import Form, Handling, Material, Required
from app.usecases import materials as taken
from tests.builders import the_catalogue, the_item
from ui.desktop.look.mood import Mood
from ui.desktop.pages.registration import materials, materials_card

LOW_INCOME = the_item("IT001")


def a_material(form: Form, copies: int, name: str = "户口簿") -> Material:
    return Material(
        name=name, issuer="公安机关", form=form, copies=copies, required=Required.ALWAYS
    )


@pytest.mark.parametrize(
    ("form", "copies", "words"),
    [
        (Form.ORIGINAL, 1, "收取原件"),
        (Form.ORIGINAL, 0, "原件核验后退还"),
        (Form.ORIGINAL_AND_COPY, 1, "原件核验后退还 · 复印件 1 份"),
        (Form.COPY, 2, "复印件 2 份"),
        (Form.COPY, 0, "只看不收"),
    ],
)
def test_a_paper_is_taken_as_the_catalogue_asks(form: Form, copies: int, words: str):
    asked = a_material(form, copies)
    ordinary = materials.ordinary(asked)
    assert materials.as_taken(ordinary, asked) == words
    assert not ordinary.held
    if ordinary.original:
        held = materials.as_taken(msgspec.structs.replace(ordinary, held=True), asked)
        assert held.startswith("原件代为保管")


def test_every_paper_of_the_catalogue_can_be_taken_the_ordinary_way():
    for item in the_catalogue().items:
        if item.handling is Handling.CASE:
            papers = tuple(map(materials.ordinary, item.materials))
            assert len(taken.materials_of(papers, item)) == len(item.materials)
            assert materials.totals(item, papers).missing == ()


def test_the_original_of_a_bank_card_never_stays_here():
    assert not materials.may_be_held(LOW_INCOME, "本人社会保障卡或银行卡（账号页）")
    assert materials.may_be_held(LOW_INCOME, "家庭经济状况核对授权书")


def test_what_everybody_must_bring_is_missing_until_it_is_there():
    nothing = materials.totals(LOW_INCOME, ())
    assert (nothing.given, len(nothing.missing)) == (0, 4)
    first = materials.ordinary(LOW_INCOME.materials[0])
    some = materials.totals(LOW_INCOME, (first,))
    assert (some.given, len(some.missing)) == (1, 3)


def test_a_line_says_what_is_missing_and_what_is_asked_only_sometimes():
    needed, sometimes = LOW_INCOME.materials[0], LOW_INCOME.materials[1]
    missing = materials_card.line(needed, None, key="a")
    assert (missing.ticked, missing.mood) == (False, Mood.BAD)
    assert missing.right.startswith("缺")
    assert materials_card.line(sometimes, None, key="b").right == "适用时"
    assert sometimes.condition
    assert sometimes.condition in materials_card.line(sometimes, None, key="b").detail
    there = materials_card.line(needed, materials.ordinary(needed), key="a")
    assert (there.ticked, there.right, there.right_icon) == (True, "份数、保管", "pencil")
