"""同步 in the states that it can be found in: for tests, and for pictures."""

from __future__ import annotations

from typing import Any

from typing_extensions import override

from app.journal.refs import Ref
from app.store import exchange, exchange_log
from app.store.exchange import Verdict
from app.store.exchange_log import ExchangeNote
from sync.client.engine import ExchangeReport, Progress
from sync.refusals import Offline, Revoked
from tests.builders import MORNING_MS, Station, a_case, hand
from tests.ui.desktop.desks import SomeDesk
from tests.ui.desktop.window.windows import NotedExchanger
from ui.desktop.exchanging import ExchangeState, Reach

LONGEST_NAME = "阿卜杜热西提·麦麦提图尔荪江·阿布都克热木"
MINUTE_MS = 60_000


class Stoppable(NotedExchanger):
    """Notes too who wanted it to stop."""

    def __init__(self) -> None:
        super().__init__()
        self.interrupted = 0

    @override
    def interrupt(self) -> None:
        self.interrupted += 1


def noted(some: SomeDesk, state: ExchangeState | None = None) -> Stoppable:
    """An exchanger that goes nowhere and says what it is told to."""
    made = Stoppable()
    some.desk.exchanger = made
    if state is not None:
        made.tell(state)
    return made


def a_report(**said: int) -> ExchangeReport:
    nothing: dict[str, Any] = dict.fromkeys(
        ("sent", "received", "refused", "pending", "bytes_up", "bytes_down", "round_trips"), 0
    )
    return ExchangeReport(**(nothing | {"clock_off_s": 0} | said), seconds=0.4)


def a_note(minutes_ago: int = 5, **said: Any) -> ExchangeNote:
    at_ms = MORNING_MS - minutes_ago * MINUTE_MS
    usual: dict[str, Any] = {
        "sent": 3,
        "received": 12,
        "bytes_up": 1320,
        "bytes_down": 5200,
        "round_trips": 2,
    }
    return ExchangeNote(started_ms=at_ms, last_ms=at_ms, seconds=0.42, **(usual | said))


def refuse(station: Station, *refs: Ref, code: str = "region_out_of_scope") -> None:
    """The centre sets entries of this station apart."""
    facts: dict[str, str | int] = {"region": "450399"}
    verdicts = [Verdict(device=one.device, seq=one.seq, code=code, facts=facts) for one in refs]
    hand(station, accepted=station.store.head().seq, verdicts=verdicts)


def ordinary(some: SomeDesk) -> Stoppable:
    """All is well, and was for a while."""
    for minutes_ago in (65, 35, 5):
        exchange_log.note_exchange(some.station.store, a_note(minutes_ago))
    hand(some.station, accepted=some.station.store.head().seq)
    report = a_report(sent=3, received=12, bytes_up=1320, bytes_down=5200)
    return noted(some, ExchangeState(reach=Reach.ONLINE, since_ms=MORNING_MS, report=report))


def empty(some: SomeDesk) -> Stoppable:
    """Just enrolled."""
    return noted(some)


def offline(some: SomeDesk) -> Stoppable:
    """Three requests wait, and the centre was not found eighteen times."""
    store = some.station.store
    exchange_log.note_exchange(store, a_note(240))
    for name in ("韦小妹", "覃小军", "莫老三"):
        a_case(some.station, name=name)
    for minutes_ago in range(90, 0, -5):
        exchange_log.note_failure(store, Offline.code, MORNING_MS - minutes_ago * MINUTE_MS)
    since_ms = MORNING_MS - 90 * MINUTE_MS
    pending = exchange.pending(store)
    return noted(
        some,
        ExchangeState(reach=Reach.OFFLINE, since_ms=since_ms, pending=pending, error=Offline()),
    )


def broken_off(some: SomeDesk) -> Stoppable:
    """The line broke amid an exchange: part of it is there."""
    store = some.station.store
    exchange_log.note_exchange(store, a_note(240))
    a_case(some.station)
    exchange_log.note_broken(store, a_note(2, sent=120, received=30, outcome=Offline.code))
    return noted(
        some,
        ExchangeState(
            reach=Reach.OFFLINE,
            since_ms=MORNING_MS - 2 * MINUTE_MS,
            pending=exchange.pending(store),
            error=Offline(sent=120, received=30),
        ),
    )


def refused(some: SomeDesk) -> Stoppable:
    """The centre wants nothing to do with this computer any more."""
    store = some.station.store
    a_case(some.station)
    exchange_log.note_failure(store, Revoked.code, MORNING_MS)
    pending = exchange.pending(store)
    return noted(some, ExchangeState(reach=Reach.REFUSED, pending=pending, error=Revoked()))


def working(some: SomeDesk) -> Stoppable:
    """In the middle of a long exchange."""
    progress = Progress(sent=1200, received=34, pending=800, bytes_up=98_000, bytes_down=4_100)
    state = ExchangeState(reach=Reach.ONLINE, working=True, pending=800, progress=progress)
    return noted(some, state)


def crowded(some: SomeDesk) -> Stoppable:
    """As many exchanges as are kept, forty entries set apart, the clock wrong, names of every length."""
    store = some.station.store
    for minutes_ago in range(150, 0, -5):
        exchange_log.note_exchange(store, a_note(minutes_ago, sent=12_345, bytes_down=123_456_789))
    names = [LONGEST_NAME if n % 3 == 0 else f"韦小妹{n}" for n in range(40)]
    refuse(some.station, *(a_case(some.station, name=name) for name in names))
    report = a_report(refused=len(names), clock_off_s=-7500)
    return noted(some, ExchangeState(reach=Reach.ONLINE, refused=len(names), report=report))
