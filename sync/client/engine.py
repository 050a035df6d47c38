"""One exchange: until neither side has anything more for the other.

1. The store says what the centre lacks, as much as the line bears; the place after it is signed.
2. The network is waited for, with no transaction open.
3. The answer says what the centre has. The store believes that rather than its own notes, and takes in what came.
4. Where the centre has another entry under the same number (a cloned disk), or more than the store itself
   (a restored one), the device goes on under a new key. So does every store that was restored from a backup.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import msgspec

from app.errors import DaibanError
from app.journal.refs import Continuation
from app.store import exchange as station
from app.store import lives, packet_log, practice, redaction
from app.store.exchange import Outgoing
from app.store.exchange_log import ExchangeNote, note_broken, note_exchange, note_failure
from app.store.store import Store
from sync import codec, protocol
from sync.client import carrying, pace
from sync.client.enrolment import make_known, next_life
from sync.client.messages import health_of, incoming, request_for
from sync.client.transport import Line, Transport
from sync.client.turns import alone
from sync.protocol import Answer
from sync.refusals import (
    CentreRefusal,
    ExchangeUnderWay,
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

    What `after_round` raises ends the exchange: ExchangeStopped, or a bug.

    Raises Offline when the line fails several times in a row, CentreNotTrusted, Unintelligible,
    or the centre's refusal. What was exchanged before that stays, is told by the error's facts
    `sent` and `received`, and noted in the log of exchanges.
    Raises ExchangeUnderWay if another program exchanges for this folder and does not come to an end,
    and NotInPractice before anything is sent.
    """
    practice.refuse("exchange", store.certificate, store.database)
    try:
        with alone(store.folder):
            return _Exchange(store, line, printer, after_round).through()
    except ExchangeUnderWay as error:
        note_failure(store, error.code, store.wall())
        raise


class _Exchange:
    """One exchange and what is told of it, while it goes on and at its end."""

    def __init__(
        self,
        store: Store,
        line: Transport,
        printer: str,
        after_round: Callable[[Progress], object] | None,
    ) -> None:
        store.follow_life()
        self._store = store
        self._line = line
        self._after_round = after_round
        self._engine = _Engine(store, line, printer)
        self._started_s, self._started_ms = time.monotonic(), store.wall()
        self._up, self._down = line.traffic.up, line.traffic.down

    def through(self) -> ExchangeReport:
        """To its end, which is noted, good or bad."""
        try:
            self._engine.run(self._tell)
        except DaibanError as error:
            error.facts.update(sent=self._engine.sent, received=self._engine.received)
            with suppress(DaibanError):  # what cannot be noted is said all the same
                note_broken(self._store, self._note(self._report(), error.code))
            raise
        carrying.forward(self._store, self._line)
        report = self._report()
        note_exchange(self._store, self._note(report))
        packet_log.note_overtaken(self._store)
        redaction.scrub(self._store)
        return report

    def _tell(self) -> None:
        if self._after_round is not None:
            self._after_round(
                Progress(
                    sent=self._engine.sent,
                    received=self._engine.received,
                    pending=station.pending(self._store),
                    bytes_up=self._line.traffic.up - self._up,
                    bytes_down=self._line.traffic.down - self._down,
                )
            )

    def _report(self) -> ExchangeReport:
        return ExchangeReport(
            sent=self._engine.sent,
            received=self._engine.received,
            refused=station.refused(self._store),
            pending=station.pending(self._store),
            bytes_up=self._line.traffic.up - self._up,
            bytes_down=self._line.traffic.down - self._down,
            round_trips=self._engine.round_trips,
            seconds=time.monotonic() - self._started_s,
            clock_off_s=round(self._engine.clock_off_ms / 1000),
        )

    def _note(self, report: ExchangeReport, outcome: str = "") -> ExchangeNote:
        return ExchangeNote(
            started_ms=self._started_ms,
            last_ms=self._store.wall(),
            seconds=report.seconds,
            sent=report.sent,
            received=report.received,
            bytes_up=report.bytes_up,
            bytes_down=report.bytes_down,
            round_trips=report.round_trips,
            outcome=outcome,
        )


class _Engine:
    def __init__(self, store: Store, line: Transport, printer: str) -> None:
        self.sent = 0
        self.received = 0
        self.round_trips = 0
        self.clock_off_ms = 0
        self._quickest_s = math.inf
        self._under_way = 0
        self._coming = False  # the last answer said that there is more
        self._store = store
        self._line = line
        self._pace = self._kept = pace.remembered(store.recall(_PACE))
        self._borne = self._passed()  # when the line failed last
        self._failures = 0  # in a row
        self._dictionary = codec.DICTIONARY
        self._last: tuple[int, int, int] | None = None
        self._health = health_of(store, printer)

    def run(self, after_round: Callable[[], object]) -> None:
        unknown = False
        more = True
        while more:
            up, down = self._line.traffic.up, self._line.traffic.down
            self._under_way = 0
            try:
                more = self._round()
            except Offline:
                reached = self._line.traffic.up > up
                self._weigh_failure(self._line.traffic.down - down, reached=reached)
                if self._failures == _TRIES:
                    raise
                if not reached and (self._failures > 1 or not self.round_trips):  # nobody there
                    raise
            except UnknownDevice:
                if unknown:
                    raise
                unknown = True
                make_known(self._line, self._store.identity)
            else:
                self._failures = 0
                if self._pace.wire > self._kept.wire:  # whoever is stopped amid much begins there
                    self._keep_pace()
                after_round()
        self._keep_pace()

    def _weigh_failure(self, answer: int, *, reached: bool) -> None:
        """Send less from now on, if it was for its size that a request failed; `answer`: bytes that came of it."""
        self._failures += 1
        since, self._borne = self._passed() - self._borne, self._passed()
        much = self._coming or answer > pace.SMALLEST or self._pace.fills(self._under_way)
        # Of an answer TLS shows nothing until 16 KB are here: of two that failed it was large, perhaps.
        if reached and (much or self._failures > 1):
            self._pace = self._pace.failed(since)
            self._keep_pace()

    def _passed(self) -> int:
        return self._line.traffic.up + self._line.traffic.down

    def _round(self) -> bool:
        """One request and its answer; whether there is more to do."""
        going = station.outgoing(self._store, room=self._pace.room)
        answer, up, down = self._ask(going)
        self.round_trips += 1
        self._coming = answer.more
        self._take_in(going, answer)
        self._set_pace(going, answer, up, down)
        place = _new_life_from(going, answer)
        if place is None and self._store.is_restored and not going.more:
            place = _restored_at(going, answer)
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
        self._under_way = sum(map(len, going.entries))
        request = request_for(self._store, going, self._pace.room, self._health)
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
            self._store, incoming(going.device, answer, accepted, digest)
        )

    def _set_pace(self, going: Outgoing, answer: Answer, up: int, down: int) -> None:
        sent = self._under_way
        got = sum(len(entry) for run in answer.runs for entry in run.entries)
        self._pace = (
            self._pace.succeeded(sent, up) if sent >= got else self._pace.succeeded(got, down)
        )

    def _keep_pace(self) -> None:
        if self._pace != self._kept:
            self._store.remember(_PACE, pace.to_remember(self._pace))
            self._kept = self._pace

    def _insist_on_progress(self, going: Outgoing, answer: Answer) -> None:
        """The same request with the same outcome twice would go on for ever."""
        this = (going.first_seq, going.head_seq, answer.accepted.seq)
        if this == self._last:
            raise Unintelligible(why="no progress")
        self._last = this


def _restored_at(going: Outgoing, answer: Answer) -> Continuation | None:
    """Where a store that was restored begins its new life: at its end, once the centre has all of it."""
    if answer.accepted.seq < going.head_seq:
        return None
    return Continuation(going.device, going.head_seq, going.head_digest)


def _new_life_from(going: Outgoing, answer: Answer) -> Continuation | None:
    """The place from which this device must go on under a new key, if it must."""
    if answer.forked_at is not None:
        return Continuation(going.device, answer.accepted.seq, answer.accepted.digest)
    if answer.accepted.seq > going.head_seq and not going.more:
        return Continuation(going.device, going.head_seq, going.head_digest)
    return None
