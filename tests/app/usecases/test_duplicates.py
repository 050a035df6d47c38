"""Possible duplicates: told before a request is registered, listed with it, and judged by a person."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.domain.events import Role
from app.domain.rules import NotPermitted
from app.journal.refs import Ref
from app.store.likeness import Reason, Strength
from app.usecases import duplicates, lookup, registration
from app.usecases.duplicates import Judged
from app.usecases.filters import CaseFilter
from app.usecases.lookup import UnknownNumber
from app.usecases.parties import ApplicantForm, party_of
from tests.builders import (
    DISTRICT,
    OTHER_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    Station,
    a_case,
    a_device,
    a_district,
    a_form,
    a_station,
    act,
    carry,
    hand,
)

NUMBER, OTHER_NUMBER = "450305196203151028", "450305198807220015"
TODAY = date(2026, 11, 20)


@pytest.fixture
def village(tmp_path: Path) -> Station:
    return a_station(a_district(), VILLAGE, tmp_path)


def repeated(station: Station, subject: Ref) -> list[Ref]:
    found = duplicates.of(station.store, station.case(subject))
    return [one.row.subject for one in found if one.row is not None]


def like(
    station: Station, on: date = TODAY, item: str = "IT022", *, name: str = "韦小妹", **said: Any
) -> list[Ref]:
    party, _ = party_of(ApplicantForm(name=name, **said))
    found = duplicates.of_form(station.store, item=item, on=on, parties=(party,))
    return [one.row.subject for one in found if one.row is not None]


def test_requests_of_one_person_for_one_item_close_in_time_may_be_the_same(village: Station):
    first = a_case(village, "IT022")
    village.wall.turn(days=10)
    again, other_item = a_case(village, "IT022"), a_case(village, "IT005")
    nobody = a_case(village, "IT022", name="韦大山", applicant={"id_number": ""})
    village.wall.turn(days=400)
    late = a_case(village, "IT022")
    found = {one: repeated(village, one) for one in (first, again, other_item, nobody, late)}
    assert found == {first: [again], again: [first], other_item: [], nobody: [], late: []}


def test_small_letters_do_not_hide_a_duplicate(village: Station):
    one = a_case(village, applicant={"id_kind": "other", "id_number": "e123"})
    other = a_case(village, applicant={"id_kind": "other", "id_number": "E123"})
    assert repeated(village, one) == [other]


def test_a_request_like_another_is_found_before_it_is_registered(village: Station):
    first = a_case(village, "IT022")
    a_case(village, "IT005")
    a_case(village, "IT022", name="李四", applicant={"id_number": "", "phone": ""})
    for typed in (NUMBER, f" {NUMBER[:6]} {NUMBER[6:]} ", "４５０３０５１９６２０３１５１０２８"):
        assert like(village, id_number=typed) == [first]
    assert like(village, name="韦晓妹", phone="138-7730-0000") == [first]
    assert like(village, name="韦大妹", phone="13877300000") == []
    for on in (date(2026, 8, 21), date(2027, 2, 19)):
        assert like(village, on, id_number=NUMBER) == []
    for nothing in ("", "  ", "\x00", "4503"):
        assert like(village, id_number=nothing) == []


def test_a_registration_warns_of_what_it_may_repeat(village: Station):
    first = registration.register(village.store, a_form(), by=village.head)
    again = registration.register(village.store, a_form(name="韦晓妹"), by=village.head)
    assert (first.warnings, again.warnings) == ((), ("possible_duplicate",))
    (found,) = duplicates.of(village.store, village.case(again.subject))
    assert found.likeness is not None
    assert (found.likeness.strength, found.likeness.reasons) == (
        Strength.SAME,
        (Reason.NUMBER, Reason.SOUND),
    )
    assert found.likeness.words == "证件号码相同，姓名同音"


def test_lists_mark_what_may_repeat_and_show_only_that(village: Station):
    first, again = a_case(village), a_case(village)
    a_case(village, "IT005")
    page = lookup.page(village.store, CaseFilter(), TODAY)
    assert [one.duplicate for one in page.cases] == [None, Judged.OPEN, Judged.OPEN]
    wanted = CaseFilter(duplicate=True)
    unjudged = CaseFilter(unjudged=True)
    assert lookup.count(village.store, wanted, TODAY) == 2
    assert lookup.count(village.store, unjudged, TODAY) == 2
    assert {row.subject for row in lookup.listed(village.store, duplicates=True)} == {first, again}
    act(village, first, "compare", other=str(again), same=True, note="登记了两遍")
    assert lookup.count(village.store, unjudged, TODAY) == 0
    assert lookup.listed(village.store, state="received", duplicates=True) == []
    page = lookup.page(village.store, wanted, TODAY)
    assert [one.duplicate for one in page.cases] == [Judged.SAME, Judged.SAME]
    duplicates.judge(village.store, again, first, same=False, by=village.head)
    assert lookup.count(village.store, wanted, TODAY) == 0
    assert repeated(village, first) == repeated(village, again) == []


def test_one_of_two_that_are_the_same_is_withdrawn_and_nothing_is_repeated(village: Station):
    first, again = a_case(village), a_case(village)
    other = a_case(village, name="李四", applicant={"id_number": OTHER_NUMBER, "phone": ""})
    for two in (again, other):  # what the program did not find too
        duplicates.judge(village.store, first, two, same=True, by=village.head)
    assert repeated(village, first) == [again, other]
    act(village, again, "withdraw", reason="登记了两遍")
    assert repeated(village, first) == [other]
    assert repeated(village, again) == []


def test_what_is_said_of_a_pair_stands_in_both_histories(village: Station):
    first, again = a_case(village), a_case(village)
    duplicates.judge(village.store, first, again, same=True, note="同一次申请", by=village.head)
    for subject, other in ((first, again), (again, first)):
        (said,) = village.case(subject).compared
        assert (said.other, said.same, said.note, said.on) == (other, True, "同一次申请", TODAY)
        kinds = [entry.kind for entry, why in lookup.history(village.store, subject) if not why]
        assert kinds[-1] == "case.compared"


def test_an_archived_file_is_left_alone_and_the_other_still_says_so(village: Station):
    first, again = a_case(village, "IT034"), a_case(village, "IT034")
    act(village, first, "complete")
    archivist = village.person(Role.ARCHIVIST)
    act(village, first, "archive", by=archivist, number="2026-1", retention="10y")
    assert village.case(first).state.locked
    told = duplicates.judge(village.store, again, first, same=False, by=village.head)
    assert [one.same for one in told.compared] == [False]
    assert repeated(village, first) == repeated(village, again) == []


def test_who_may_not_say_says_nothing_and_an_unknown_case_is_compared_with_none(
    village: Station,
):
    first, again = a_case(village), a_case(village)
    head = village.store.head()
    with pytest.raises(NotPermitted):
        duplicates.judge(village.store, first, again, same=True, by=village.person(Role.ARCHIVIST))
    with pytest.raises(UnknownNumber):
        duplicates.judge(village.store, first, Ref(a_device(9), 1), same=True, by=village.head)
    assert village.store.head().seq <= head.seq + 1  # but for the archivist's card


def test_a_village_hears_that_a_case_repeats_another_stations_and_nothing_more(tmp_path: Path):
    """The centre gives a village the entries of its own region only."""
    district = a_district()
    named = (VILLAGE, OTHER_VILLAGE, TOWNSHIP)
    one, other, township = (a_station(district, place, tmp_path / place) for place in named)
    carry(district, one, other, township)
    first, second = a_case(one), a_case(other)
    carry(one, township)
    carry(other, township)
    assert repeated(township, first) == [second]
    duplicates.judge(township.store, first, second, same=True, by=township.head)
    for village, mine in ((one, first), (other, second)):
        carry(district, village)
        device, start, wires = township.own_run()
        for place, wire in enumerate(wires, start):
            entry = township.store.journal.one(Ref(device, place))
            assert entry is not None
            if entry.region in (DISTRICT, TOWNSHIP) or entry.subject == mine:
                hand(village, (device, place, [wire]))
        (found,) = duplicates.of(village.store, village.case(mine))
        assert (found.row, found.likeness, found.judged) == (None, None, Judged.SAME)
