"""Receipts after a mistaken intake was put right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.domain.papers import MaterialsReceipt, PaperFacts, PaperKind
from app.journal.refs import Ref
from app.usecases import papers
from app.usecases.papers import PREVIEWED
from tests.builders import (
    VILLAGE,
    Station,
    a_case,
    a_district,
    a_station,
    act,
    the_item,
)

RECEIPT, SLIP = PaperKind.MATERIALS_RECEIPT, PaperKind.MATERIALS_SLIP


@pytest.fixture
def village(tmp_path: Path) -> Station:
    return a_station(a_district(), VILLAGE, tmp_path / "v")


def receipt(station: Station, subject: Ref, kind: PaperKind = RECEIPT) -> Any:
    return papers.issue(
        station.store, subject, kind, by=station.head, render=lambda facts: repr(facts).encode()
    ).facts


def test_a_receipt_after_a_correction_says_what_was_put_right_and_takes_the_place_of_the_first(
    village: Station,
):
    subject = a_case(village, name="韦小妹")
    first = receipt(village, subject)
    act(village, subject, "correct", reason="登记时听错了名字", applicant={"name": "韦小美"})
    second = receipt(village, subject)
    assert isinstance(second, MaterialsReceipt)
    assert (first.corrected, first.title) == ("", "收件回执")
    assert second.title == "收件回执（更正）"
    assert second.corrected.startswith("本回执已更正：申请人由“韦小妹”更正为“韦小美”")
    assert "（原因：登记时听错了名字）" in second.corrected
    assert second.corrected.endswith(f"原回执{first.number}作废。")
    assert second.local_number == first.local_number  # a correction gives no new one
    assert (second.reprint, second.number != first.number) == (0, True)


def test_a_reprint_of_it_says_the_same(village: Station):
    subject = a_case(village)
    receipt(village, subject)
    act(village, subject, "correct", reason="听错", applicant={"name": "韦小美"})
    second = receipt(village, subject)
    again = receipt(village, subject, SLIP)
    assert (again.number, again.reprint) == (second.number, 1)
    assert again.corrected == second.corrected


def test_each_correction_names_the_receipt_before_it_and_only_its_own_changes(village: Station):
    subject = a_case(village)
    receipt(village, subject)
    act(village, subject, "correct", reason="听错", applicant={"name": "韦小美"})
    second = receipt(village, subject)
    act(village, subject, "correct", reason="换了办理方式", mode="assist")
    third = receipt(village, subject)
    assert f"原回执{second.number}作废" in third.corrected
    assert "办理方式由“代办”更正为“协办”" in third.corrected
    assert "听错" not in third.corrected


def test_a_case_put_right_before_its_first_receipt_has_an_ordinary_one(village: Station):
    subject = a_case(village)
    act(village, subject, "correct", reason="听错", applicant={"name": "韦小美"})
    assert receipt(village, subject).corrected == ""


def test_materials_that_came_in_later_are_no_correction(village: Station):
    subject = a_case(village)
    receipt(village, subject)
    name = the_item("IT022").materials[0].name
    act(village, subject, "supply", materials=[{"name": name, "copies": 1}])
    later = receipt(village, subject)
    assert (later.reprint, later.corrected) == (0, "")


def test_a_correction_that_changes_nothing_on_the_receipt_is_a_reprint(village: Station):
    subject = a_case(village)
    receipt(village, subject)
    act(village, subject, "correct", reason="补记", note="下午来取")
    assert receipt(village, subject).reprint == 1


def test_the_preview_shows_the_correction_before_it_is_issued(village: Station):
    subject = a_case(village)
    first = receipt(village, subject)
    act(village, subject, "correct", reason="听错", applicant={"name": "韦小美"})
    shown = papers.preview(village.store, subject, RECEIPT)
    assert isinstance(shown, MaterialsReceipt)
    assert shown.number == PREVIEWED
    assert f"原回执{first.number}作废" in shown.corrected


def test_older_facts_without_the_field_are_read_and_keep_their_digest(village: Station):
    facts = receipt(village, a_case(village))
    written = msgspec.msgpack.encode(facts)
    assert b"corrected" not in written
    assert msgspec.msgpack.decode(written, type=PaperFacts) == facts
