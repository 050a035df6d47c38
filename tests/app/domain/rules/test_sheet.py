"""docs/states.md is what would be written today, and its refusals are met by tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.domain.rules import reasons, sheet
from tests.app.domain.rules.table import ROWS

HERE = Path(__file__).parent


def test_the_page_is_as_the_table_and_the_rules_have_it():
    assert sheet.PLACE.read_text("utf-8") == sheet.written()


def test_every_act_has_its_rule():
    looks = {"case.numbers_shown", "case.record_opened"}
    assert set(reasons.by_kind()) | looks == {row.kind for row in ROWS}


@pytest.mark.parametrize("reason", sorted(reasons.every_reason() - {"out_of_place"}))
def test_every_reason_for_a_refusal_is_met_by_a_test(reason: str):
    code, _, why = reason.partition(".")
    tests = [file.read_text("utf-8") for file in HERE.glob("test_*.py")]
    assert any(f'"{why}"' in text for text in tests), code
