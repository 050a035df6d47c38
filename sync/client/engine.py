"""One exchange: until neither side has anything more for the other.

1. The store says what the centre lacks, as much as the line bears; the place after it is signed.
2. The network is waited for, with no transaction open.
3. The answer says what the centre has. The store believes that rather than its own notes, and takes in what came.
4. Where the centre has another entry under the same number (a cloned disk), or more than the store itself
   (a restored one), the device goes on under a new key.
"""

from __future__ import annotations

import math
import shutil
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import Final

import msgspec

from app.journal.keys import head_message
from app.journal.refs import Continuation, DeviceId
from app.store import exchange as station
from app.store import lives, practice, redaction
from app.store.exchange import Incoming, Outgoing, Verdict
from app.store.exchange_log import ExchangeNote, note_exchange
from app.store.store import Store
from sync import codec, protocol
from sync.client import pace
from sync.client.enrolment import make_known, next_life
from sync.client.pace import Pace
from sync.client.transport import Line, Transport
from sync.client.turns import alone
from sync.protocol import Answer, Head, Health, Request, Run
from sync.refusals import (
    CentreRefusal,
    Offline,
    Unintelligible,
    UnknownDevice,
    UnknownDictionary,
)

_PACE: Final = "pace"
_TRIES: Final = 4
"""Failures in a row after which one exchange gives up; a later one goes on from there."""


class ExchangeReport(msgspec.Struct, frozen=True, kw_only=True):
    """What one exchange did. Bytes are HTTP's, in all tries; `refused` and `pending` are what stands at the end.

    `clock_off_s` is how far this machine's clock is ahead of the centre's, negative if behind:
    measured on the quickest round trip, whose half it may be wrong by.
    """

    sent: int
    received: int
    refused: int
    pending: int
    bytes_up: int
    bytes_down: int
    round_trips: int
    seconds: float
    clock_off_s: int


def open_line(store: Store) -> Line:
    """A line to this device's own centre. Raises NotInPractice."""
    practice.refuse("exchange", store.certificate, store.database)
    return Line(store.identity.url, store.identity.ca)


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """What one exchange has done so far, after each of its rounds; `pending` is what the centre still lacks."""

    sent: int
    received: int
    pending: int
    bytes_up: int
    bytes_down: int


def exchange(
    store: Store,
    line: Transport,
    printer: str = "",
    after_round: Callable[[Progress], object] | None = None,
) -> ExchangeReport:
    """Send and receive until nothing is left either way.

    What `after_round` raises ends the exchange; what was exchanged before stays.

    Raises Offline when the line fails several times in a row, CentreNotTrusted, Unintelligible,
    or the centre's refusal. What was exchanged before that stays.
    Raises ExchangeUnderWay if another program exchanges for this folder and does not come to an end,
    and NotInPractice before anything is sent.
    """
    practice.refuse("exchange", store.certificate, store.database)
    started, started_ms = time.monotonic(), store.wall()
    up, down = line.traffic.up, line.traffic.down
    with alone(store.folder):
        store.follow_life()
        engine = _Engine(store, line, printer)

        def tell() -> None:
            if after_round is not None:
                after_round(
                    Progress(
                        sent=engine.sent,
                        received=engine.received,
                        pending=station.pending(store),
                        bytes_up=line.traffic.up - up,
                        bytes_down=line.traffic.down - down,
                    )
                )

        engine.run(tell)
        report = ExchangeReport(
            sent=engine.sent,
            received=engine.received,
            refused=station.refused(store),
            pending=station.pending(store),
            bytes_up=line.traffic.up - up,
            bytes_down=line.traffic.down - down,
            round_trips=engine.round_trips,
            seconds=time.monotonic() - started,
            clock_off_s=round(engine.clock_off_ms / 1000),
        )
        note_exchange(store, _noted(report, started_ms, store.wall()))
        redaction.scrub(store)
    return report


def _noted(report: ExchangeReport, started_ms: int, now_ms: int) -> ExchangeNote:
    return ExchangeNote(
        started_ms=started_ms,
        last_ms=now_ms,
        seconds=report.seconds,
        sent=report.sent,
        received=report.received,
        bytes_up=report.bytes_up,
        bytes_down=report.bytes_down,
        round_trips=report.round_trips,
    )


class _Engine:
    def __init__(self, store: Store, line: Transport, printer: str) -> None:
        self.sent = 0
        self.received = 0
        self.round_trips = 0
        self.clock_off_ms = 0
        self._quickest_s = math.inf
        self._store = store
        self._line = line
        self._pace = pace.remembered(store.recall(_PACE))
        self._dictionary = codec.DICTIONARY
        self._last: tuple[int, int, int] | None = None
        self._health = Health(
            version=version("daiban"),
            disk_free_mb=shutil.disk_usage(store.folder).free // 2**20,
            printer=printer[: protocol.MAX_HEALTH_TEXT],
        )

    def run(self, after_round: Callable[[], object]) -> None:
        failures = 0
        unknown = False
        more = True
        before = self._pace
        while more:
            up = self._line.traffic.up
            try:
                more = self._round()
            except Offline:
                failures += 1
                self._keep_pace(self._pace.failed())
                if failures == _TRIES or self._line.traffic.up == up:  # nobody there at all
                    raise
            except UnknownDevice:
                if unknown:
                    raise
                unknown = True
                make_known(self._line, self._store.identity)
            else:
                failures = 0
                after_round()
        if self._pace != before:
            self._keep_pace(self._pace)

    def _round(self) -> bool:
        """One request and its answer; whether there is more to do."""
        going = station.outgoing(self._store, room=self._pace.room)
        answer, up, down = self._ask(going)
        self.round_trips += 1
        self._take_in(going, answer)
        self._set_pace(going, answer, up, down)
        place = _new_life_from(going, answer)
        if place is not None:
            keys, signed, token = next_life(self._line, self._store.identity, place)
            lives.begin_life(self._store, keys=keys, signed=signed, token=token)
            return True
        lacking = answer.accepted.seq < going.head_seq
        if lacking:
            self._insist_on_progress(going, answer)
        grown = self._store.head().seq > going.head_seq  # people go on working meanwhile
        return lacking or grown or answer.more

    def _ask(self, going: Outgoing) -> tuple[Answer, int, int]:
        """Send; return the answer, and the sizes of both bodies as they travelled."""
        keys = self._store.identity.keys
        signature = keys.sign(head_message(going.device, going.head_seq, going.head_digest))
        entries = [msgspec.Raw(entry) for entry in going.entries]
        request = Request(
            version=protocol.VERSION,
            runs=[Run(None, going.first_seq, entries)] if entries else [],
            head=Head(going.head_seq, going.head_digest, signature),
            cursor=going.cursor,
            room=self._pace.room,
            health=msgspec.structs.replace(
                self._health,
                # What goes up with this request is no backlog once it has arrived.
                backlog=station.pending(self._store) - len(entries),
                clock_ms=self._store.wall(),
            ),
        )
        message = protocol.encode(request)
        try:
            body = codec.pack(message, self._dictionary)
            started, sent_ms = time.monotonic(), self._store.wall()
            packed = self._line.post(protocol.EXCHANGE, body, self._store.identity.token)
        except UnknownDictionary:
            if self._dictionary == codec.PLAIN:
                raise
            self._dictionary = codec.PLAIN
            return self._ask(going)
        took_s = time.monotonic() - started
        try:
            answer = protocol.decode(codec.unpack(packed)[0], Answer)
        except CentreRefusal as error:
            raise Unintelligible(why=error.code) from error
        if took_s < self._quickest_s:
            self._quickest_s = took_s
            self.clock_off_ms = sent_ms + int(took_s * 500) - answer.centre_ms
        return answer, len(body), len(packed)

    def _take_in(self, going: Outgoing, answer: Answer) -> None:
        # The centre compared the place that was signed, so up to there its entries are these.
        accepted = min(answer.accepted.seq, going.head_seq)
        digest = going.head_digest if accepted == going.head_seq else answer.accepted.digest
        self.sent += max(0, accepted - going.first_seq + 1)
        self.received += station.take_in(
            self._store,
            Incoming(
                accepted_seq=accepted,
                accepted_digest=digest,
                verdicts=[
                    Verdict(
                        device=DeviceId(one.device or going.device),
                        seq=one.seq,
                        code=one.code,
                        facts=one.facts,
                    )
                    for one in answer.refused
                ],
                runs=[
                    (
                        DeviceId(run.device or going.device),
                        run.first_seq,
                        list(map(bytes, run.entries)),
                    )
                    for run in answer.runs
                ],
                cursor=answer.cursor,
                centre_ms=answer.centre_ms,
            ),
        )

    def _set_pace(self, going: Outgoing, answer: Answer, up: int, down: int) -> None:
        sent = sum(map(len, going.entries))
        got = sum(len(entry) for run in answer.runs for entry in run.entries)
        self._pace = (
            self._pace.succeeded(sent, up) if sent >= got else self._pace.succeeded(got, down)
        )

    def _keep_pace(self, new: Pace) -> None:
        self._pace = new
        self._store.remember(_PACE, pace.to_remember(new))

    def _insist_on_progress(self, going: Outgoing, answer: Answer) -> None:
        """The same request with the same outcome twice would go on for ever."""
        this = (going.first_seq, going.head_seq, answer.accepted.seq)
        if this == self._last:
            raise Unintelligible(why="no progress")
        self._last = this


def _new_life_from(going: Outgoing, answer: Answer) -> Continuation | None:
    """The place from which this device must go on under a new key, if it must."""
    if answer.forked_at is not None:
        return Continuation(going.device, answer.accepted.seq, answer.accepted.digest)
    if answer.accepted.seq > going.head_seq and not going.more:
        return Continuation(going.device, going.head_seq, going.head_digest)
    return None
