"""No document says more of a person than it must: numbers and telephones are masked, but where the law wants them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec
import pytest
from msgspec.structs import replace

from app.domain import events
from app.domain.events import PartyRole
from app.domain.items import StoppingProcedure
from app.domain.limits import Unit
from app.domain.papers import PaperFacts, PaperKind
from app.journal.refs import Ref
from app.usecases import papers
from app.usecases.materials import MaterialForm
from app.usecases.parties import PartyForm
from tests.builders import (
    TOWNSHIP,
    VILLAGE,
    Station,
    a_case,
    a_district,
    a_station,
    act,
    meet,
    the_item,
)

_WHOLE: Final = {PaperKind.APPLICATION_FORM, PaperKind.MANDATE}
"""The form that the law wants filled in, and the contract between two people (民法典 art. 165)."""
_NUMBER: Final = re.compile(r"(?<![\dA-Z-])(?:\d{17}[\dX]|1[3-9]\d{9})(?!\d)")
_OTHERS: Final = (
    PartyForm(role=PartyRole.GUARDIAN, name="韦大山", relation="父亲", basis="户口簿",
              id_number="450305196001010011", phone="13977300000"),
    PartyForm(role=PartyRole.COLLECTOR, name="韦大河", relation="兄弟",
              id_number="45030519630101001X", phone="13677300000"),
)  # fmt: skip
_REVIEW: Final = StoppingProcedure(
    type="专家评审", basis="行政许可法第四十五条", max_days=30, unit=Unit.WORKING
)
_MATERIAL: Final = MaterialForm(name=the_item("IT022").materials[0].name, original=True, held=True)


@pytest.fixture
def said(tmp_path: Path) -> dict[PaperKind, list[PaperFacts]]:
    """Of cases that went several ways: every document that was due at some time, as it would be printed."""
    district = a_district()
    item = the_item("IT022")
    district.publish(
        events.ItemPublished(
            item=replace(
                item,
                version=item.version + 1,
                licence=True,
                stops_clock=(_REVIEW,),
                clock=replace(item.clock, extension=10),
            )
        )
    )
    village = a_station(district, VILLAGE, tmp_path / "v")
    township = a_station(district, TOWNSHIP, tmp_path / "t")
    meet(village, township)
    found: dict[PaperKind, list[PaperFacts]] = defaultdict(list)
    for way in (_delivered, _rejected, _withdrawn, _refused, _returned):
        subject = a_case(village, materials=(_MATERIAL,), parties=_OTHERS)
        for _ in way(village, township, subject):
            meet(village, township)
            for station in (village, township):
                for due in papers.due(station.store, station.case(subject)):
                    found[due.kind].append(papers.preview(station.store, subject, due.kind))
    return found


def _delivered(village: Station, township: Station, subject: Ref) -> Iterator[None]:
    yield
    yield from _accepted(village, township, subject)
    act(township, subject, "pause", procedure="专家评审", days=10)
    yield
    act(township, subject, "resume")
    act(township, subject, "extend", days=3, reason="现场核对未完成")
    yield
    act(township, subject, "decide", approved=True, result="发证")
    yield
    act(village, subject, "deliver")
    yield


def _rejected(village: Station, township: Station, subject: Ref) -> Iterator[None]:
    yield from _accepted(village, township, subject)
    act(township, subject, "decide", approved=False, reason="不符合条件")
    yield


def _withdrawn(village: Station, _township: Station, subject: Ref) -> Iterator[None]:
    act(village, subject, "withdraw", reason="已到外地生活")
    yield


def _refused(village: Station, township: Station, subject: Ref) -> Iterator[None]:
    yield from _taken_over(village, township, subject)
    act(township, subject, "refuse", reason="不在本乡")
    yield


def _returned(village: Station, township: Station, subject: Ref) -> Iterator[None]:
    yield from _taken_over(village, township, subject)
    act(township, subject, "ask_supplement", defects=[{"what": "缺照片"}], days=1)
    yield
    act(township, subject, "receive_supplement")
    act(township, subject, "return", reason="defects", defects=["户口簿看不清"])
    yield


def _taken_over(village: Station, township: Station, subject: Ref) -> Iterator[None]:
    act(village, subject, "forward")
    yield
    act(township, subject, "take_over")
    yield


def _accepted(village: Station, township: Station, subject: Ref) -> Iterator[None]:
    yield from _taken_over(village, township, subject)
    act(township, subject, "accept")
    yield


def test_only_the_form_and_the_mandate_bear_whole_numbers(said: dict[PaperKind, list[PaperFacts]]):
    bare = {
        kind: set(_NUMBER.findall(" ".join(_words(msgspec.to_builtins(facts)))))
        for kind, all_facts in said.items()
        for facts in all_facts
    }
    assert {kind for kind, numbers in bare.items() if numbers} == _WHOLE
    # Each of them was asked for, but the receipt of a visit, which has a test of its own.
    assert set(PaperKind) - set(said) <= {PaperKind.VISIT_RECEIPT}


def _words(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for name, part in value.items():
                if name != "code":
                    yield from _words(part)
        case list() | tuple():
            for part in value:
                yield from _words(part)
