"""A disk was copied, both copies printed the same number, and then both exchanged: real processes, a real centre."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from app.domain.papers import MaterialsReceipt, PaperKind
from app.store.opening import open_store
from app.store.store import Store
from app.store.verify import verify
from app.usecases import authenticity, lookup, papers, shared_numbers
from app.usecases.authenticity import Record, Verdict
from app.usecases.lookup import AmbiguousNumber
from app.usecases.papers import Issued
from tests.builders import TOWNSHIP, VILLAGE, Station, a_case
from tests.sync.builders import UNLOCK
from tests.sync.processes import EXCHANGE, CentreProcess, a_process, a_station, exchange
from ui.desktop.window import findings


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[CentreProcess]:
    process = CentreProcess.founded(tmp_path / "centre")
    yield process
    if process.running:
        process.end()


def drawn(facts: object) -> bytes:
    return repr(facts).encode()


def receipt(station: Station, case: Any) -> Issued:
    kind = PaperKind.MATERIALS_RECEIPT
    return papers.issue(station.store, case, kind, by=station.head, render=drawn)


def exchanged(*folders: Path) -> None:
    """Each in a process of its own, one after the other."""
    for folder in folders:
        process = a_process(EXCHANGE, folder)
        assert process.communicate(timeout=60)[0].split() == ["open", "done"]
        assert process.returncode == 0


def opened(folder: Path) -> Station:
    store = open_store(folder, UNLOCK)
    return Station(district=cast(Any, None), store=store, wall=cast(Any, None))


def found(store: Store, text: str) -> set[str]:
    return {row.applicant for row in lookup.found(store, text)}


def test_both_cases_of_one_number_are_found_flagged_and_told_apart_everywhere(
    centre: CentreProcess, tmp_path: Path
):
    # 1. One computer, whose folder is copied; each copy registers and prints.
    one, other = tmp_path / "one", tmp_path / "other"
    station = a_station(centre, VILLAGE, one)
    a_case(station, name="韦先来")
    exchange(station.store)
    station.store.close()
    shutil.copytree(one, other)
    first, second = opened(one), opened(other)
    papers_of = {}
    for copy, name in ((first, "韦小妹"), (second, "覃小军")):
        papers_of[name] = receipt(copy, a_case(copy, name=name))
    numbers = {issued.facts.local_number for issued in papers_of.values()}
    (number,) = numbers
    assert len({issued.facts.number for issued in papers_of.values()}) == 1
    for copy in (first, second):
        assert shared_numbers.shared(copy.store) == ()
        copy.store.close()

    # 2. Both exchange, twice; a township hears of both.
    exchanged(one, other, one, other)
    township = a_station(centre, TOWNSHIP, tmp_path / "township")
    exchange(township.store)
    first, second = opened(one), opened(other)
    assert {first.store.certificate.life, second.store.certificate.life} == {"A", "B"}

    for store in (first.store, second.store, township.store):
        # by number, typed or searched
        with pytest.raises(AmbiguousNumber) as ambiguous:
            lookup.by_number(store, number)
        assert f"{number}/B" in str(ambiguous.value.facts["cases"])
        assert found(store, number) == {"韦小妹", "覃小军"}
        # by the mark
        assert lookup.by_number(store, f"{number}/B").applicant == "覃小军"
        assert lookup.by_number(store, f"{number}／ｂ").applicant == "覃小军"
        assert lookup.by_number(store, f"{number}/a").applicant == "韦小妹"
        assert found(store, f"{number}/B") == {"覃小军"}
        # by the QR on either receipt
        for name, issued in papers_of.items():
            subject = findings.case_numbered(store, issued.facts.code)
            assert lookup.by_number(store, str(subject)).applicant == name
            checked = authenticity.check(store, issued.facts.code)
            assert (checked.verdict, checked.record) == (Verdict.GENUINE, Record.STANDS)
        # flagged
        rows = [lookup.by_number(store, f"{number}/{life}") for life in "AB"]
        assert lookup.same_numbers(store, rows) == {number}
        assert [shared_numbers.told(store, row) for row in rows] == [number, f"{number}/B"]
        assert verify(store).ok

    # 3. Both computers say so, and which case is whose.
    for copy, ours in ((first, "韦小妹"), (second, "覃小军")):
        (shared,) = shared_numbers.shared(copy.store)
        assert [case.told for case in shared.cases] == [number, f"{number}/B"]
        assert [case.slot for case in shared.cases] == ["A1", "B1"]
        assert [case.row.applicant for case in shared.cases if case.ours] == [ours]
    assert shared_numbers.shared(township.store) == ()

    # 4. New papers tell the two apart; what was printed stays as it was.
    (row,) = [one for one in lookup.found(second.store, number) if one.applicant == "覃小军"]
    fresh = receipt(second, row.subject).facts
    assert isinstance(fresh, MaterialsReceipt)
    assert (fresh.local_number, fresh.reprint) == (f"{number}/B", 0)
    assert f"以后写作{number}/B" in fresh.corrected
    old = authenticity.check(second.store, papers_of["覃小军"].facts.code)
    assert (old.verdict, old.record) == (Verdict.GENUINE, Record.REPLACED)
    assert fresh.number != papers_of["覃小军"].facts.number
    (kept,) = [one for one in lookup.found(first.store, number) if one.applicant == "韦小妹"]
    again = receipt(first, kept.subject).facts
    assert (again.local_number, again.reprint) == (number, 1)
    assert findings.case_numbered(second.store, fresh.code) == row.subject

    # 5. It is put aside by whoever has seen to it, and never comes again.
    shared_numbers.put_aside(second.store, number)
    assert shared_numbers.shared(second.store) == ()
    for copy, name in ((first, "莫一"), (second, "莫二")):
        a_case(copy, name=name)
        copy.store.close()
    exchanged(one, other, one, other)
    first = opened(one)
    assert len(shared_numbers.shared(first.store)) == 1
    first.store.close()
    township.store.close()
