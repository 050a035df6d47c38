"""The days of the month: people come, stations work through what waits for them, and exchange in the evening."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from math import ceil
from pathlib import Path
from random import Random
from typing import Any, Final

import msgspec

from app.domain.case import Case, State
from app.domain.days import CHINA, day_of
from app.domain.events import Role
from app.domain.items import Handling, Item, Level
from app.domain.regions import Tier
from app.domain.tasks import TaskKind
from app.errors import Refused
from app.journal.refs import Ref
from app.store.rows import CaseRow
from app.store.verify import verify
from app.usecases import acts, duplicates, lookup, outlook, registration, staff, supervision
from app.usecases.duplicates import Judged
from app.usecases.filters import CaseFilter
from app.usecases.supervision import Which
from app.usecases.work import BESIDE
from ui import wording
from ui.demo.month import fates, people, scans
from ui.demo.month.district import District, Hours, Station
from ui.demo.month.fates import Fate
from ui.demo.month.steps import Desk, Step, next_step

FIRST_DAY: Final = date(2026, 10, 9)
_DAYS: Final = 31
_HOUR_S: Final = 3600
_A_LOT: Final = 5_000


class Size(msgspec.Struct, frozen=True, kw_only=True):
    """How large the district is, and how many people come in the month."""

    townships: int = 6
    villages: int = 50
    cases: int = 3_000
    seed: int = 1


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What the month was: acts done by verb, refused ones by the reason, and how its cases stand at the end.

    `scanned` pages were attached, `looked_at` of them fetched by those who examined.
    """

    registered: int
    acts: dict[str, int]
    refused: dict[str, int]
    states: dict[str, int]
    entries: int
    scanned: int
    looked_at: int
    problems: list[str]


class Month:
    """Lives through the month once; the same size gives the same month, keys apart."""

    def __init__(self, folder: Path, size: Size) -> None:
        self.size = size
        self._random = Random(size.seed)
        self._pages = Random(f"pages {size.seed}")  # so that scans change nothing else
        self.scanned = self.looked_at = 0
        start = datetime.combine(FIRST_DAY - timedelta(days=1), datetime.min.time(), CHINA)
        self.hours = Hours(int(start.astimezone(UTC).timestamp() * 1000) + 9 * _HOUR_S * 1000)
        self.district = District(
            folder, self.hours, townships=size.townships, villages=size.villages
        )
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self._fates: dict[Ref, Fate] = {}
        self._left = size.cases
        self._arrange()

    def live(self, progress: Callable[[int, int], object] = lambda _day, _days: None) -> Told:
        """Every day of the month, and what came of it. `progress` hears the day and how many there are."""
        for number in range(_DAYS):
            self.hours.pass_s(24 * _HOUR_S)
            self._day(number)
            progress(number + 1, _DAYS)
        for _ in range(2):
            self._everybody_exchanges()
        return self.told()

    def told(self) -> Told:
        store = self.district.stations[0].store
        rows = store.database.rows("SELECT state, count(*) FROM case_row GROUP BY state")
        problems = [
            f"{station.region.code}:{problem}"
            for station in self.district.stations
            for problem in verify(station.store).problems
        ]
        return Told(
            registered=len(self._fates),
            acts=dict(self.done),
            refused=dict(self.refused),
            states={State(state).label: number for state, number in rows},
            entries=store.journal.count(),
            scanned=self.scanned,
            looked_at=self.looked_at,
            problems=problems,
        )

    def close(self) -> None:
        self.district.close()

    # --- before the first day -----------------------------------------------------------------------

    def _arrange(self) -> None:
        """Heads authorise their approvers in writing; a clerk stands in for the township's head for a week."""
        until = FIRST_DAY + timedelta(days=365)
        for station in self.district.stations:
            approver = station.people.get(Role.APPROVER)
            if approver is not None:
                staff.authorise(
                    station.store, approver.name, (), self._today, until, by=station.head, document="授〔2026〕1号"
                )  # fmt: skip
        self._everybody_exchanges()

    @property
    def _today(self) -> date:
        return day_of(self.hours())

    # --- a day --------------------------------------------------------------------------------------

    def _day(self, number: int) -> None:
        calendar = self.district.stations[0].store.publications.calendar(
            self.district.stations[0].store.region
        )
        if not calendar.is_workday(self._today):
            return
        days_left = max(
            1,
            sum(
                calendar.is_workday(self._today + timedelta(days=n)) for n in range(_DAYS - number)
            ),
        )
        for station in self.district.stations:
            if station.tier is not Tier.DISTRICT:
                self._people_come(station, days_left)
            self._work(station)
            self.hours.pass_s(60)
        for station in self.district.stations:
            if Role.SUPERVISOR in station.people and station.tier is Tier.DISTRICT:
                self._supervise(station)
            if station.tier is Tier.TOWNSHIP:
                self._compare(station)
        # A village's line is down on some evenings.
        for station in self.district.stations:
            if station.tier is not Tier.VILLAGE or self._random.random() < 0.7:
                self.district.exchange(station)
        for station in self.district.at(Tier.TOWNSHIP):
            self.district.exchange(station)

    def _everybody_exchanges(self) -> None:
        for station in self.district.stations:
            self.district.exchange(station)

    def _people_come(self, station: Station, days_left: int) -> None:
        desks = sum(one.tier is not Tier.DISTRICT for one in self.district.stations)
        expected = self._left / days_left / desks
        coming = min(self._left, int(expected) + (self._random.random() < expected % 1))
        if days_left == 1:  # whoever has not come yet comes on the last day
            coming = min(self._left, ceil(expected))
        for _ in range(coming):
            self._one_comes(station)

    def _one_comes(self, station: Station) -> None:
        fate = fates.drawn(self._random)
        item = self._random.choice(self._items(station, fate))
        mode = self._random.choice(outlook.modes_of(item, station.tier)[:2])
        who = people.somebody(self._random, station.region)
        card = station.who(Role.CLERK, Role.AGENT)
        form = people.request(self._random, item, who, fate, mode, card.name)
        again = 2 if fate is Fate.TWICE else 1
        for _ in range(again):
            given = scans.brought(self._pages, station.store, form)
            made = registration.register(station.store, form, by=card, scans=given)
            self.scanned += sum(len(one.sheets) for one in given)
            self._fates[made.subject] = fate if again == 1 else Fate.ORDINARY
            self.done["register"] += 1
        self._left -= 1

    def _items(self, station: Station, fate: Fate) -> list[Item]:
        """What is asked for here; a fate that only some items can have asks for those."""
        publications = station.store.publications
        day = self._today
        current = [publications.current_item(item, day) for item in sorted(publications.items)]
        cases = [item for item in current if item is not None and item.handling is Handling.CASE]
        fits: dict[Fate, Callable[[Item], object]] = {
            Fate.SILENT: lambda item: item.licence,
            Fate.PAUSED: lambda item: item.stops_clock and item.decides is not Level.EXTERNAL,
            Fate.SENT_DOWN: lambda item: (
                item.receives is Level.TOWNSHIP and item.decides is Level.DISTRICT
            ),
            Fate.EXTENDED: lambda item: item.clock.extension,
        }
        wanted = [item for item in cases if fits.get(fate, _anything)(item)]
        return wanted or cases

    # --- what waits ---------------------------------------------------------------------------------

    def _work(self, station: Station) -> None:
        """Go once over everything that waits here; some of it is left for tomorrow."""
        for kind in BESIDE:
            for row in self._rows(station, CaseFilter(beside=kind)):
                self._turn(station, row, kind)
        for row in self._rows(station, CaseFilter(mine=True)):
            if self._random.random() < 0.8:
                self._turn(station, row, TaskKind(row.todo))
        for row in self._rows(station, CaseFilter(states=(State.AWAITING_SUPPLEMENT,))):
            if station.tier is not Tier.VILLAGE and self._fates.get(row.subject) is Fate.LAPSED:
                self._do(
                    station, row.subject, Step("lapse", {}, station.who(Role.CLERK)), quietly=True
                )

    def _rows(self, station: Station, wanted: CaseFilter) -> list[CaseRow]:
        page = lookup.page(station.store, wanted, self._today, limit=_A_LOT)
        return [one.row for one in page.cases]

    def _turn(self, station: Station, row: CaseRow, task: TaskKind) -> None:
        case = station.store.case(row.subject)
        if not isinstance(case, Case):
            return
        item = station.store.publications.item(case.item, case.item_version)
        fate = self._fates.get(row.subject, Fate.ORDINARY)
        desk = Desk(station, case, item, fate, self._today, self._random)
        step = next_step(desk, task)
        if task is TaskKind.EXAMINE:
            self.looked_at += scans.looked_at(station.store, self.district.line, case)
        if step is not None:
            self._do(station, row.subject, step)

    def _do(self, station: Station, subject: Ref, step: Step, *, quietly: bool = False) -> None:
        """Do it; what the rules refuse is counted, it must be rare."""
        self.hours.pass_s(1)
        try:
            acts.perform(station.store, subject, step.verb, _plain(step.facts), by=step.by)
        except Refused as refused:
            # Whether a limit is over, only the rule counts: the silent authority tries each day.
            if not quietly and step.verb != "deem_accepted":
                self.refused[wording.sentence(refused)] += 1
        else:
            self.done[step.verb] += 1

    def _supervise(self, station: Station) -> None:
        """Issue what is deserved, judge what is appealed, follow some of it as a task."""
        supervisor = station.people[Role.SUPERVISOR]
        for line in supervision.pending(station.store, self._today)[:20]:
            card = {"cause": line.cause, "since": line.since.isoformat(), "grade": line.grade.value}
            self._do(station, line.row.subject, Step("issue_card", card, supervisor))
        for line in supervision.issued(station.store, Which.APPEALED):
            card = {"cause": line.cause, "since": line.since.isoformat(), "grade": line.grade.value}
            verb = self._random.choice(("uphold_card", "withdraw_card", "task_card"))
            card["note"] = "已核实"
            if verb == "task_card":
                card["until"] = (self._today + timedelta(days=10)).isoformat()
            self._do(station, line.row.subject, Step(verb, card, supervisor))

    def _compare(self, station: Station) -> None:
        """Say of what may be a duplicate whether it is, once for each pair."""
        for row in self._rows(station, CaseFilter(duplicate=True)):
            case = station.store.case(row.subject)
            for found in duplicates.of(station.store, case) if isinstance(case, Case) else ():
                if found.row is not None and found.judged is Judged.OPEN:
                    facts = {"other": found.row.local_number, "same": self._random.random() < 0.5}
                    self._do(station, row.subject, Step("compare", facts, station.who(Role.CLERK)))


def _anything(_item: Item) -> object:
    return True


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(facts)
    return plain
