"""Whose word counts: what stations and the district's people publish of others, or in others' names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from app.domain import events
from app.domain.events import Body, Role
from app.domain.publications import Publications
from app.domain.settings import Settings
from app.journal import entry
from app.journal.entry import Entry
from app.journal.keys import DeviceKeys
from app.journal.refs import Ref
from tests.builders import (
    DISTRICT,
    MORNING_MS,
    TOWNSHIP,
    VILLAGE,
    District,
    a_district,
    an_entry,
)

SINCE, UNTIL = date(2026, 1, 1), date(2027, 1, 1)
NOW = MORNING_MS << 16


@dataclass
class Office:
    """A station's device and what it wrote."""

    district: District
    region: str

    def __post_init__(self) -> None:
        self.keys = DeviceKeys.generate()
        self.district.certify(self.keys, self.region)
        self.written: list[Entry] = []

    def says(
        self, body: Body, *, by: Ref | None = None, subject: Ref | None = None, at: int = 0
    ) -> Ref:
        seq = len(self.written) + 1
        one = an_entry(
            self.keys.device,
            seq,
            body=body,
            clock=at or NOW + seq,
            region=self.region,
            actor=by,
            subject=subject,
            after=(subject,) if subject is not None else (),
        )
        self.written.append(one)
        return one.ref

    def adds(self, name: str, *roles: Role, by: Ref | None = None) -> Ref:
        return self.says(events.OperatorAdded(name=name, roles=roles), by=by)


@pytest.fixture
def district() -> District:
    return a_district()


def read(district: District, *offices: Office) -> Publications:
    wires = enumerate(district.wires, 1)
    told = [entry.read(wire, device=district.device, seq=seq, lineage={}) for seq, wire in wires]
    return Publications.read([*told, *(one for office in offices for one in office.written)])


LATER = NOW + (60_000 << 16)


def test_only_a_head_of_the_districts_sets_its_numbers(district: District):
    seat = Office(district, DISTRICT)
    head = seat.adds("唐主任", Role.HEAD)
    clerk = seat.adds("小陈", Role.CLERK, by=head)
    for person, days in ((clerk, 9), (head, 4)):
        told = Settings(effective=SINCE, forwarding_days=days)
        seat.says(events.SettingsPublished(settings=told), by=person)
        if person == clerk:
            assert read(district, seat).settings(UNTIL) == Settings()
    assert read(district, seat).settings(UNTIL).forwarding_days == 4


def test_no_other_station_takes_an_authorisation_back(district: District):
    township, village = Office(district, TOWNSHIP), Office(district, VILLAGE)
    head = township.adds("李乡长", Role.HEAD)
    approver = township.adds("李主任", Role.APPROVER, by=head)
    given = events.ApproverAuthorised(operator=approver, items=(), since=SINCE, until=UNTIL)
    paper = township.says(given, by=head)
    stranger = village.adds("韦代办", Role.AGENT, Role.HEAD)
    nothing = events.ApproverAuthorised(operator=approver, items=(), since=date.max, until=date.min)
    village.says(nothing, by=stranger, subject=paper, at=LATER)
    staff = read(district, township, village).staff
    assert staff.authorised(approver, "IT022", LATER + 1)
    assert [one.subject for one in staff.authorisations()] == [paper]


def test_nobody_ends_the_absence_of_another_by_speaking_of_their_own(district: District):
    township = Office(district, TOWNSHIP)
    head = township.adds("李乡长", Role.HEAD)
    one, other = (township.adds(name, Role.CLERK, by=head) for name in ("小陈", "小黄"))
    away = events.OperatorAway(operator=head, deputy=one, since=SINCE, until=UNTIL)
    notice = township.says(away, by=head)
    own = events.OperatorAway(operator=other, deputy=one, since=SINCE, until=UNTIL)
    township.says(own, by=other, subject=notice, at=LATER)
    assert set(read(district, township).staff.stands_for(one, LATER + 1)) == {head, other}


def test_nobody_stands_in_for_somebody_of_another_station(district: District):
    seat, village = Office(district, DISTRICT), Office(district, VILLAGE)
    boss = seat.adds("唐主任", Role.HEAD)
    agent = village.adds("韦代办", Role.AGENT, Role.HEAD)
    away = events.OperatorAway(operator=boss, deputy=agent, since=SINCE, until=UNTIL)
    village.says(away, by=agent, at=LATER)
    assert read(district, seat, village).staff.stands_for(agent, LATER + 1) == ()


def test_an_absence_ends_when_its_own_notice_says_so(district: District):
    township = Office(district, TOWNSHIP)
    head = township.adds("李乡长", Role.HEAD)
    clerk = township.adds("小陈", Role.CLERK, by=head)
    away = events.OperatorAway(operator=head, deputy=clerk, since=SINCE, until=UNTIL)
    notice = township.says(away, by=head)
    assert read(district, township).staff.stands_for(clerk, LATER) == (head,)
    back = events.OperatorAway(operator=head, deputy=clerk, since=date.max, until=date.min)
    township.says(back, by=head, subject=notice, at=LATER)
    assert read(district, township).staff.stands_for(clerk, LATER + 1) == ()
