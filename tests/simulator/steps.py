"""What each step of a schedule does to the district."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import msgspec

from app.domain.case import Case
from app.journal import chain, entry
from app.journal.entry import Draft
from app.store.folding import refold
from app.store.store import Store
from app.usecases import acts, lookup, registration
from app.usecases.acts import Moment
from app.usecases.today import shown_today
from tests.builders import a_form
from tests.simulator import misfortunes, scans, sticks
from tests.simulator.computer import Computer
from tests.simulator.district import ITEMS, PLACES
from tests.simulator.faults import Fault
from tests.simulator.line import Mood
from tests.simulator.people import somebody
from tests.simulator.schedule import Does, Step
from tests.simulator.world import World

_APART: Final = frozenset(
    {"compare", "split", "hand_over", "destroy", "appraise", "approve_destruction"}
)
"""Acts that want facts which a trial does not give."""
_MOODS: Final = (Mood.CLEAR, Mood.BAD, Mood.BAD, Mood.ONE_WAY, Mood.DOWN)


def take(world: World, step: Step) -> Computer:
    """Let one step happen; at which station."""
    world.time.pass_by(step.after_ms)
    computer = world.computers[step.who % len(world.computers)]
    name = f"{computer.name}: {step.what.value}"
    world.attempt(name, lambda: _STEPS[step.what](world, computer, step))
    return computer


# --- people ---------------------------------------------------------------------------------------


def _register(world: World, computer: Computer, step: Step) -> str:
    def register(store: Store) -> str:
        by = somebody(store)
        before = store.head().seq
        form = a_form(ITEMS[step.n % len(ITEMS)], f"第{step.m}号人")
        done = registration.register(store, form, by=by)
        world.written(computer, store, before)
        world.number_given(done.local_number)
        return done.local_number

    return computer.run(register)


def _act(world: World, computer: Computer, step: Step) -> str:
    def act(store: Store) -> str:
        cases = sorted(lookup.listed(store, limit=100), key=lambda row: row.local_number)
        if not cases:
            return "nothing to do"
        subject = cases[step.n % len(cases)].subject
        case = store.case(subject)
        if not isinstance(case, Case):
            return "waits"
        by = somebody(store)
        may = [one for one in acts.available(store, case, by) if one.verb not in _APART]
        if not may:
            return "nothing may be done"
        chosen = may[0] if step.m % 3 else may[step.m % len(may)]
        item = store.publications.item(case.item, case.item_version)
        moment = Moment(store=store, case=case, item=item, by=by, day=shown_today(store))
        facts: dict[str, Any] = msgspec.to_builtins(chosen.trial(moment))
        before = store.head().seq
        acts.perform(store, subject, chosen.verb, facts, by=by)
        world.written(computer, store, before)
        return chosen.verb

    return computer.run(act)


def _exchange(world: World, computer: Computer, step: Step) -> str:
    if computer.needs_code():
        world.enrol(computer)
    report = world.exchange(computer)
    return f"sent {report.sent}, received {report.received}, {report.round_trips} round trips"


# --- the line -------------------------------------------------------------------------------------


def _weather(world: World, computer: Computer, step: Step) -> str:
    mood = _MOODS[step.n % len(_MOODS)]
    if {Mood.ONE_WAY: Fault.ONE_WAY, Mood.DOWN: Fault.DOWN}.get(mood) not in (
        None,
        *world.schedule.faults,
    ):
        mood = Mood.BAD
    world.moods[computer.name] = mood
    return mood.value


def _arrive(world: World, computer: Computer, step: Step) -> None:
    world.net.deliver_late(step.n)


# --- entries that are not as they should be -------------------------------------------------------


def _refused(world: World, computer: Computer, step: Step) -> None:
    """Of a region that nobody has heard of, or that is not the writer's: the centre will not have it."""
    others = [code for code in PLACES.values() if not code.startswith(computer.region)]
    region = ("990101", *others)[step.n % (1 + len(others))]
    computer.run(lambda store: write_foreign(store, "future.noted", region, None))
    world.tally[Fault.REFUSED] += 1


def _newer(world: World, computer: Computer, step: Step) -> None:
    """Something that only a newer program understands, sometimes of a case that everybody knows."""

    def write(store: Store) -> None:
        cases = sorted(lookup.listed(store, limit=100), key=lambda row: row.local_number)
        if step.n % 2 or not cases:
            write_foreign(store, "future.noted", str(store.region), None)
        else:
            case = store.case(cases[step.m % len(cases)].subject)
            if isinstance(case, Case):
                write_foreign(store, "case.dreamt", str(case.region), case)

    computer.run(write)
    world.tally[Fault.NEWER] += 1


def write_foreign(store: Store, kind: str, region: str, case: Case | None) -> None:
    """An entry past the rules, as another program might have written it."""
    with store.changing():
        head = store.head()
        draft = Draft(
            kind=kind,
            version=1,
            region=region,
            body=b"\x90",
            subject=None if case is None else case.subject,
            after=() if case is None else case.heads[-1:],
        )
        written = entry.write(
            draft,
            device=store.device,
            seq=head.seq + 1,
            clock=store.next_clock(),
            lineage=store.journal.lineage,
        )
        store.journal.add([(written, chain.link(head.digest, written), False)])
        refold(store, [written.subject])


_STEPS: Final[dict[Does | Fault, Callable[[World, Computer, Step], object]]] = {
    Does.REGISTER: _register,
    Does.ACT: _act,
    Does.EXCHANGE: _exchange,
    Does.ATTACH: scans.attach,
    Does.LOOK: scans.look,
    Does.DESTROY: scans.destroy,
    Does.WEATHER: _weather,
    Does.ARRIVE: _arrive,
    Does.SAVE: misfortunes.save,
    Does.SAVE_CENTRE: misfortunes.save_centre,
    Does.WRITE_PACKET: sticks.write_packet,
    Does.ANSWER_PACKET: sticks.answer_packet,
    Does.READ_PACKET: sticks.read_packet,
    Fault.STATION_CRASH: misfortunes.station_crash,
    Fault.CENTRE_CRASH: misfortunes.centre_crash,
    Fault.STATION_FULL: misfortunes.station_full,
    Fault.CENTRE_FULL: misfortunes.centre_full,
    Fault.STATION_CLOCK: misfortunes.station_clock,
    Fault.CENTRE_CLOCK: misfortunes.centre_clock,
    Fault.RESTORED: misfortunes.restore,
    Fault.CLONED: misfortunes.clone,
    Fault.WIPED: misfortunes.wipe,
    Fault.IDENTITY_LOST: misfortunes.lose_identity,
    Fault.CENTRE_RESTORED: misfortunes.restore_centre,
    Fault.REVOKED: misfortunes.revoke,
    Fault.MOVED: misfortunes.move,
    Fault.REFUSED: _refused,
    Fault.NEWER: _newer,
    Fault.CARRIED: sticks.carry,
}
