"""A village, two computers of its township and the district act without hearing of each other, in every order.

Whatever is done where, and however what was written arrives: once everything arrived, everybody has the same cases,
rows and queues; a lower tier has undone nothing of a higher one; what somebody was told is done has its effect,
or is shown to everybody as having none; a rebuild gives the same rows.

Real stores, no network: entries are handed over as the client's engine does.
`HYPOTHESIS_PROFILE=long pytest -o faulthandler_timeout=0 tests/app/test_stateful.py` looks much longer.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from app.domain import events
from app.domain.case import Case
from app.domain.events import Role
from app.domain.history import replay
from app.domain.items import Required
from app.domain.settings import Settings
from app.domain.staff import OperatorCard
from app.domain.tasks import next_task
from app.domain.watching import due_cards
from app.errors import Refused
from app.journal.entry import Entry
from app.journal.refs import Ref
from app.store import opening
from app.store.verify import verify
from app.usecases import acts, lookup, operators, staff, supervision
from app.usecases.acts import Act, Moment
from app.usecases.materials import MaterialForm
from app.usecases.today import shown_today
from tests.builders import (
    DISTRICT,
    TOWNSHIP,
    VILLAGE,
    District,
    Station,
    Wall,
    a_case,
    a_district,
    a_station,
    hand,
    meet,
    the_item,
)

ITEMS = ("IT040", "IT001", "IT022", "IT056", "IT009", "IT034", "IT066", "IT011", "IT031", "IT005")
"""Of each way that a case may go at least one."""
PLACES = (VILLAGE, TOWNSHIP, TOWNSHIP, DISTRICT)
ROLES = (Role.APPROVER, Role.SUPERVISOR, Role.ARCHIVIST)
EVERYTHING = 10**6
MOST_CASES = 6
BESIDE = {
    "take_originals", "return_originals", "hand_on_originals", "correct", "mark", "hand_over", "compare",
    "withdraw", "void", "issue_card",
}  # fmt: skip
"""Acts that lead a case nowhere."""
SELDOM = (
    "split", "end_parts", "withdraw", "void", "take_hand_over", "issue_card", "complete", "decide", "deliver",
    "follow_up", "archive",
)  # fmt: skip
"""Acts that chance alone seldom comes to, or seldom at the wrong moment."""


@cache
def made_once() -> tuple[District, list[Path], list[bytes]]:
    """The stations as they begin, in folders that are copied for each try, with their keys."""
    root = Path(tempfile.mkdtemp(prefix="three-tiers-"))
    district = a_district(items=ITEMS)
    stations = [
        a_station(district, region, root / str(n), staffed=n != 2)
        for n, region in enumerate(PLACES)
    ]
    for n, role in (
        (0, Role.AGENT),
        (1, Role.CLERK),
        *((n, role) for n in (1, 3) for role in ROLES),
    ):
        operators.add(stations[n].store, f"{role.value}{n}", role)
    meet(*stations)
    for station in stations:
        station.store.close()
    return (
        district,
        [root / str(n) for n in range(len(PLACES))],
        [one.store.key for one in stations],
    )


def copies(root: Path) -> list[Station]:
    district, folders, keys = made_once()
    district = District(ca=district.ca, keys=district.keys, wires=list(district.wires))
    stations = []
    for n, (folder, key) in enumerate(zip(folders, keys, strict=True)):
        shutil.copytree(folder, root / str(n))
        wall = Wall()
        store = opening.open_with_key(root / str(n), key, wall=wall)
        store.database.run("PRAGMA synchronous = off")
        stations.append(Station(district=district, store=store, wall=wall))
    return stations


Place = tuple[int, int]
"""A station and a place in its journal."""


class ThreeTiers(RuleBasedStateMachine):
    """`sent` is how much of each station's journal each other has, as places in it."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="three-tiers-"))
        self.stations: list[Station] = []
        self.subjects: list[Ref] = []
        self.done: dict[Ref, Ref] = {}
        """What somebody was told is done, and of which case."""

    @initialize(items=st.lists(st.sampled_from(ITEMS), min_size=2, max_size=3))
    def the_stations_open(self, items: list[str]) -> None:
        self.stations = copies(self.root)
        self.district = self.stations[0].district
        self.lacks = [
            {n: set[int]() for n in range(len(self.stations)) if n != here}
            for here in range(len(self.stations))
        ]
        self.begun = [station.store.head().seq for station in self.stations]
        self.published = len(self.district.wires)
        self.heard = [set(range(1, self.published + 1)) for _ in self.stations]
        for item in items:
            self.register(item, "韦小妹", whole=True)

    def teardown(self) -> None:
        try:
            if self.stations:
                self.everything_arrives(Random(len(self.done)))
                self.all_agree()
        finally:
            for station in self.stations:
                station.store.close()
            shutil.rmtree(self.root)

    # --- what people do ---------------------------------------------------------------------------

    @rule(
        item=st.sampled_from(ITEMS),
        name=st.sampled_from(["韦小妹", "覃大山"]),
        whole=st.sampled_from([True, True, False]),
    )
    def register(self, item: str, name: str, whole: bool) -> None:
        if len(self.subjects) < MOST_CASES:
            papers = papers_of(item) if whole else ()
            with self.written_by(0) as refs:
                subject = a_case(self.stations[0], item, name, materials=papers)
            self.subjects.append(subject)
            self.done |= dict.fromkeys(refs, subject)

    @rule(
        here=st.integers(0, len(PLACES) - 1),
        which=st.integers(0, 99),
        who=st.integers(0, 99),
        verb=st.integers(0, 999),
        otherwise=st.booleans(),
    )
    def somebody_acts(self, here: int, which: int, who: int, verb: int, otherwise: bool) -> None:
        """Whatever somebody may do, as far as they know."""
        subject = self.subjects[which % len(self.subjects)]
        people = operators.of_station(self.stations[here].store)
        by = people[who % len(people)]
        self.act(here, subject, by, verb, otherwise)

    @rule(
        which=st.integers(0, 99),
        told=st.lists(st.sampled_from([True, True, True, False]), min_size=1, max_size=5),
        otherwise=st.sampled_from([False, False, False, True]),
        second=st.booleans(),
    )
    def a_case_goes_on(self, which: int, told: list[bool], otherwise: bool, second: bool) -> None:
        """Where the case waits, somebody does what comes next; who was not told may find nothing to do."""
        subject = self.subjects[which % len(self.subjects)]
        for hears in told:
            case = self.the_fullest(subject)
            task = case and next_task(case, self.stations[0].store.publications)
            if not task or task.at not in PLACES:
                return
            here = PLACES.index(task.at) + (second and task.at == TOWNSHIP)
            if hears:
                self.deliver(here, self.lacking_of_all(here))
            for by in operators.of_station(self.stations[here].store):
                if self.act(here, subject, by, None, otherwise):
                    break

    @rule(
        which=st.integers(0, 99),
        pair=st.sampled_from([(1, 2), (0, 1), (1, 3), (0, 2)]),
        verbs=st.tuples(st.integers(0, 9), st.integers(0, 9)),
    )
    def two_act_at_once(self, which: int, pair: tuple[int, int], verbs: tuple[int, int]) -> None:
        """Both know all there is to know, and neither knows of the other."""
        subject = self.subjects[which % len(self.subjects)]
        for here in pair:
            self.deliver(here, self.lacking_of_all(here))
        for here, verb in zip(pair, verbs, strict=True):
            for by in operators.of_station(self.stations[here].store):
                if self.act(here, subject, by, verb, otherwise=False):
                    break

    @rule(
        which=st.integers(0, 99),
        here=st.integers(0, len(PLACES) - 1),
        verb=st.sampled_from(SELDOM),
    )
    def somebody_does_what_is_seldom(self, which: int, here: int, verb: str) -> None:
        subject = self.subjects[which % len(self.subjects)]
        station = self.stations[here]
        case = station.store.case(subject)
        if not isinstance(case, Case):
            return
        for by in operators.of_station(station.store):
            offered = [one.verb for one in acts.available(station.store, case, by)]
            if verb in offered:
                self.act(here, subject, by, offered.index(verb), otherwise=False)
                return

    @rule(
        which=st.integers(0, 99),
        here=st.integers(0, len(PLACES) - 1),
        by=st.integers(0, 9),
        to=st.integers(0, 99),
    )
    def a_matter_is_handed_over(self, which: int, here: int, by: int, to: int) -> None:
        """To anybody of whom this station has heard: of any tier, and also to who has left meanwhile."""
        subject = self.subjects[which % len(self.subjects)]
        store = self.stations[here].store
        if not isinstance(store.case(subject), Case):
            return
        known, own = list(store.publications.operators.values()), operators.of_station(store)
        taker = known[to % len(known)]
        facts = {"to": taker.name, "station": taker.region}
        try:
            with self.written_by(here) as refs:
                acts.perform(store, subject, "hand_over", facts, by=own[by % len(own)])
        except Refused:
            return
        self.done |= dict.fromkeys(refs, subject)

    def the_fullest(self, subject: Ref) -> Case | None:
        """The case as that station has it which knows most of it."""
        best, most = None, -1
        for station in self.stations:
            case, known = station.store.case(subject), len(self.entries(station, subject))
            if isinstance(case, Case) and known > most:
                best, most = case, known
        return best

    def act(
        self, here: int, subject: Ref, by: OperatorCard, verb: int | None, otherwise: bool
    ) -> bool:
        """One of the acts that are possible; without a `verb` the ordinary one of its way, if there is one."""
        station = self.stations[here]
        case = station.store.case(subject)
        if not isinstance(case, Case):
            return False
        possible = acts.available(station.store, case, by)
        if verb is None:
            again = {"appoint"} if case.appointment else set()
            again |= {"visit"} if case.visited_on else set()
            possible = tuple(one for one in possible if one.verb not in BESIDE | again)[:1]
        if not possible:
            return False
        act = possible[(verb or 0) % len(possible)]
        facts = self.facts_for(act, station, case, otherwise)
        day = shown_today(station.store)
        item = station.store.publications.item(case.item, case.item_version)
        told = act.trial(Moment(store=station.store, case=case, item=item, by=by, day=day))
        said = msgspec.to_builtins(told) | facts
        try:
            with self.written_by(here) as refs:
                acts.perform(station.store, subject, act.verb, said, by=by)
        except Refused:
            assert act.verb == "compare"  # with what, and whether it is settled, is asked only then
            return False
        assert refs, act.verb
        for ref in refs:
            entry = station.store.journal.one(ref)
            assert entry is not None
            self.done[ref] = entry.subject
            if entry.opens:
                self.subjects.append(entry.subject)
        return True

    def facts_for(
        self, act: Act[Any], station: Station, case: Case, otherwise: bool
    ) -> dict[str, Any]:
        """What a trial leaves open, or says in one way only."""
        match act.verb:
            case "compare":
                others = [one for one in self.subjects if one != case.subject]
                known = [one for one in others if station.store.rows.by_subject(one)]
                if not known:
                    return {"other": case.local_number.text}
                row = station.store.rows.by_subject(known[0])
                assert row is not None
                return {"other": row.local_number, "same": otherwise}
            case "split":
                parts = [{"item": "IT022", "department": f"第{n}所"} for n in (1, 2)]
                return {"parts": parts}
            case "decide" if otherwise:
                return {"approved": False, "reason": "不符合条件"}
            case "return" if otherwise:
                return {"reason": "wrong_authority", "right_authority": "区民政局", "defects": []}
            case "follow_up" if otherwise:
                return {"grade": "poor"}
            case "mark":
                return {"urgent": otherwise, "green": "孕妇" if otherwise else ""}
            case "send_down":
                return {"returned": otherwise}
        return {}

    @rule(
        here=st.sampled_from([1, 3]),
        what=st.sampled_from(["authorise", "withdraw", "away", "back", "demote", "promote"]),
    )
    def a_head_arranges(self, here: int, what: str) -> None:
        """Written authorisations, deputies, roles: each may be heard after the acts that rest on it."""
        station = self.stations[here]
        store, head, name = station.store, station.head, f"approver{here}"
        day, ever = shown_today(store), date(2099, 1, 1)
        try:
            match what:
                case "authorise":
                    staff.authorise(store, name, (), day, ever, by=head)
                case "withdraw":
                    for notice in staff.authorisations(store):
                        staff.withdraw(store, notice, by=head)
                case "away":
                    staff.away(store, name, f"archivist{here}", day, ever, by=head)
                case "back":
                    for absent in staff.absences(store):
                        staff.back(store, absent, by=head)
                case "demote":
                    staff.change(store, name, by=head, roles=(Role.CLERK,))
                case "promote":
                    staff.change(store, name, by=head, roles=(Role.APPROVER,))
        except Refused:
            pass  # it is so already

    @rule(
        here=st.integers(0, len(PLACES) - 1),
        what=st.sampled_from(["away", "leave", "second head"]),
        pair=st.tuples(st.integers(0, 9), st.integers(0, 9)),
    )
    def people_come_and_go(self, here: int, what: str, pair: tuple[int, int]) -> None:
        """Anybody may be away or leave, but for the head, and anybody become a second head."""
        store = self.stations[here].store
        people = [one for one in operators.of_station(store) if not one.left]
        heads = [one for one in people if Role.HEAD in one.roles]
        one, other = (people[place % len(people)] for place in pair)
        day = shown_today(store)
        try:
            match what:
                case "away":
                    until = day + timedelta(days=pair[0])
                    staff.away(store, one.name, other.name, day, until, by=heads[0])
                case "leave" if one not in heads:
                    staff.change(store, one.name, by=heads[0], left=True)
                case "second head":
                    roles = tuple(dict.fromkeys((*one.roles, Role.HEAD)))
                    staff.change(store, one.name, by=heads[0], roles=roles)
        except Refused:
            pass  # it is so already

    @rule(days=st.integers(1, 9))
    def the_district_sets_days(self, days: int) -> None:
        if len(self.district.wires) < self.published + 2:
            told = Settings(effective=date(2026, 11, 20), forwarding_days=days, follow_up_days=days)
            self.district.publish(events.SettingsPublished(settings=told))

    # --- time and the line ------------------------------------------------------------------------

    @rule(here=st.integers(0, len(PLACES) - 1), hours=st.integers(1, 20))
    def a_clock_runs_ahead(self, here: int, hours: int) -> None:
        self.stations[here].wall.turn(days=hours / 24)

    @rule(days=st.sampled_from([1, 3, 9, 40]))
    def days_pass(self, days: int) -> None:
        for station in self.stations:
            station.wall.turn(days=days)

    @rule(
        source=st.integers(0, len(PLACES) - 1),
        to=st.integers(0, len(PLACES) - 1),
        skip=st.integers(0, 3),
        most=st.sampled_from([1, 2, 5, EVERYTHING]),
    )
    def something_arrives(self, source: int, to: int, skip: int, most: int) -> None:
        """A run of what one wrote reaches another: not always from its beginning, not always whole."""
        if source == to:
            return
        self.deliver(to, [(source, seq) for seq in self.lacking(source, to)[skip:][:most]])

    @rule(to=st.integers(0, len(PLACES) - 1), most=st.sampled_from([1, EVERYTHING]))
    def a_publication_arrives(self, to: int, most: int) -> None:
        self.deliver_publications(to, most)

    def lacking(self, source: int, target: int) -> list[int]:
        head = self.stations[source].store.head().seq
        has = self.lacks[target][source]
        return [seq for seq in range(self.begun[source] + 1, head + 1) if seq not in has]

    def lacking_of_all(self, target: int) -> list[Place]:
        sources = [n for n in range(len(self.stations)) if n != target]
        return [(source, seq) for source in sources for seq in self.lacking(source, target)]

    def deliver(self, target: int, places: list[Place]) -> None:
        """One answer that brings these entries in this order."""
        runs = []
        for source, seq in places:
            station = self.stations[source]
            runs.append((station.device, seq, station.store.journal.wires(station.device, seq, 1)))
            self.lacks[target][source].add(seq)
        if runs:
            hand(self.stations[target], *runs)

    def deliver_publications(self, target: int, most: int) -> None:
        every = range(1, len(self.district.wires) + 1)
        new = [seq for seq in every if seq not in self.heard[target]][:most]
        for seq in new:
            hand(self.stations[target], (self.district.device, seq, [self.district.wires[seq - 1]]))
        self.heard[target].update(new)

    def written_by(self, here: int) -> Written:
        return Written(self.stations[here])

    # --- what must hold ---------------------------------------------------------------------------

    def everything_arrives(self, random: Random) -> None:
        """In an order of its own for every station."""
        for target in range(len(self.stations)):
            self.deliver_publications(target, EVERYTHING)
            left = self.lacking_of_all(target)
            random.shuffle(left)
            while left:
                most = random.choice([1, 3, 9])
                self.deliver(target, left[:most])
                del left[:most]

    def all_agree(self) -> None:
        first = self.stations[0]
        for subject in dict.fromkeys(self.subjects):
            told = first.store.case(subject)
            assert isinstance(told, Case), told
            assert told.waits_for == ""
            assert not told.needs_upgrade
            for other in self.stations[1:]:
                assert other.store.case(subject) == told
            self.nothing_is_undone_from_below(first, told)
            self.everything_done_is_accounted_for(first, told)
            self.any_order_reads_the_same(first, told)
        shown = shown_rows(first)
        for other in self.stations[1:]:
            assert shown_rows(other) == shown
        for station in self.stations:
            assert verify(station.store).problems == []
            self.every_card_that_is_due_is_listed(station)

    def every_card_that_is_due_is_listed(self, station: Station) -> None:
        """The rows say from which day on it may be; the rules, whether it is."""
        store = station.store
        cases = {subject: station.case(subject) for subject in self.subjects}
        for days in (0, 30, 300):
            day = shown_today(store) + timedelta(days=days)
            due = {
                (subject, *one.id)
                for subject, case in cases.items()
                for one in due_cards(case, store.publications, day)
            }
            listed = supervision.pending(store, day, EVERYTHING)
            assert {(one.row.subject, one.cause, one.since, one.grade) for one in listed} == due

    def nothing_is_undone_from_below(self, station: Station, case: Case) -> None:
        """An act without effect met one that its writer had not seen, of the same tier or a higher one."""
        entries = {one.ref: one for one in self.entries(station, case.subject)}
        tier = station.store.publications.tier_of
        for misfit in case.out_of_place:
            mine = entries[misfit.ref]
            seen = ancestors(mine, entries)
            unseen = [
                one
                for one in entries.values()
                if one.ref not in seen
                and one.ref != mine.ref
                and mine.ref not in ancestors(one, entries)
            ]
            met = [one for one in unseen if tier(one.device) >= tier(mine.device)]
            powerless = misfit.code == "not_permitted" and self.was_told_late(mine)
            assert met or powerless, (misfit, unseen)

    def was_told_late(self, mine: Entry) -> bool:
        """Whoever acts by a power that a head took away meanwhile, at the other computer, acts without it."""
        return mine.device in (self.stations[1].device, self.stations[2].device)

    def everything_done_is_accounted_for(self, station: Station, case: Case) -> None:
        told = {one.ref: why for one, why in lookup.history(station.store, case.subject)}
        misfits = {one.ref for one in case.out_of_place}
        for ref, subject in self.done.items():
            if subject == case.subject:
                assert ref in told
                assert (told[ref] is not None) is (ref in misfits), (ref, told[ref])

    def any_order_reads_the_same(self, station: Station, case: Case) -> None:
        entries = self.entries(station, case.subject)
        Random(len(entries)).shuffle(entries)
        assert replay(entries, station.store.publications) == case

    def entries(self, station: Station, subject: Ref) -> list[Entry]:
        return list(station.store.journal.of_subjects([subject])[subject])


def papers_of(item: str) -> tuple[MaterialForm, ...]:
    """What everybody has to bring for it."""
    return tuple(
        MaterialForm(name=material.name)
        for material in the_item(item).materials
        if material.required is Required.ALWAYS
    )


class Written:
    """The entries that a station writes meanwhile."""

    def __init__(self, station: Station) -> None:
        self.station = station

    def __enter__(self) -> list[Ref]:
        self.before = self.station.store.head().seq
        self.refs: list[Ref] = []
        return self.refs

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        head = self.station.store.head().seq
        if kind is None:
            every = range(self.before + 1, head + 1)
            self.refs += [Ref(self.station.device, seq) for seq in every]
        else:
            assert head == self.before  # what is refused writes nothing


def ancestors(entry: Entry, entries: dict[Ref, Entry]) -> set[Ref]:
    """What the writer of an entry had seen of its case."""
    found: set[Ref] = set()
    ahead = [*entry.after, *([] if entry.opens else [entry.subject])]
    while ahead:
        ref = ahead.pop()
        if ref in entries and ref not in found:
            found.add(ref)
            ahead += entries[ref].after
    return found


def shown_rows(station: Station) -> dict[str, list[tuple[Any, ...]]]:
    """What lists and queues show, without the places in them."""
    rows = [msgspec.structs.astuple(row)[1:] for row in lookup.listed(station.store, limit=1000)]
    return {"cases": sorted(rows, key=repr)} | {
        table: sorted(beside(station, table), key=repr) for table in ("side_task", "card_row")
    }


def beside(station: Station, table: str) -> Iterator[tuple[Any, ...]]:
    subjects = {row.n: row.subject for row in lookup.listed(station.store, limit=1000)}
    for n, *values in station.store.database.rows(f"SELECT case_n, * FROM {table}"):
        yield (subjects[n], *[value for value in values if value != n])


ThreeTiers.TestCase.settings = settings(
    max_examples=max(6, settings().max_examples // 5),
    stateful_step_count=40,
    suppress_health_check=list(HealthCheck),
)
test_any_interleaving_and_any_order_of_arrival_reads_the_same = pytest.mark.filterwarnings(
    "default::ResourceWarning"
)(ThreeTiers.TestCase)
