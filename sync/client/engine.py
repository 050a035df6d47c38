"""One exchange: until neither side has anything more for the other.

1. The store says what the centre lacks, as much as the line bears; the place after it is signed.
2. The network is waited for, with no transaction open.
3. The answer says what the centre has. The store believes that rather than its own notes, and takes in what came.
4. Scans follow when no entry is left, and give way to new ones between two pieces (`attachments`).
5. Where the centre has another entry under the same number (a cloned disk), or more than the store itself
   (a restored one), the device goes on under a new key. So does every store that was restored from a backup.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from typing import Final

import msgspec

from app.errors import DaibanError
from app.journal.refs import Continuation
from app.store import attachments, lives, packet_log, practice, redaction
from app.store import exchange as station
from app.store.exchange import Outgoing
from app.store.exchange_log import (
    ExchangeNote,
    note_broken,
    note_exchange,
    note_failure,
    note_heard,
)
from app.store.intake import Intake
from app.store.store import Store
from sync import protocol
from sync.client import carrying, credentials, pace
from sync.client.asking import Asking, Heard
from sync.client.attachments import Sending
from sync.client.enrolment import next_life, show_again
from sync.client.messages import health_of, request_for
from sync.client.older_lives import NOTHING_AGAIN, wanted
from sync.client.transport import Line, Transport
from sync.client.turns import alone
from sync.protocol import Answer, Request, Want
from sync.refusals import (
    ExchangeStopped,
    ExchangeUnderWay,
    Offline,
    Unintelligible,
    UnknownDevice,
)

_PACE: Final = "pace"
_NEWS_S: Final = 60.0
"""While scans go up, others may have something for us: the centre is asked once a minute."""
_TRIES: Final = 4
"""Failures in a row after which one exchange gives up; a later one goes on from there."""


class ExchangeReport(msgspec.Struct, frozen=True, kw_only=True):
    """What one exchange did. Bytes are HTTP's, in all tries; `refused` and `pending` are what stands at the end.

    `sheets` scans arrived, `sheet_bytes` of scans came to stay, `sheets_waiting` are left; `sheets_stopped` is the code
    of what kept them from going on, though all entries were exchanged.
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
    sheets: int = 0
    sheet_bytes: int = 0
    sheets_waiting: int = 0
    sheets_stopped: str = ""


def open_line(store: Store) -> Line:
    """A line to this device's own centre. Raises NotInPractice."""
    practice.refuse("exchange", store.certificate, store.database)
    return Line(store.identity.url, store.identity.ca)


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """What one exchange has done so far: after each of its rounds, amid cases being read, before each piece of a scan.

    `pending` is what the centre still lacks; `sheets` scans went up in it, `sheet_bytes` of scans came to stay,
    and `sheets_waiting` scans of `sheets_waiting_bytes` are still to go.
    `unread` cases have come and stand in no list yet.
    """

    sent: int
    received: int
    pending: int
    bytes_up: int
    bytes_down: int
    sheets: int = 0
    sheet_bytes: int = 0
    sheets_waiting: int = 0
    sheets_waiting_bytes: int = 0
    unread: int = 0


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
        self._scans = Sending(store, line)
        self._heard_s = 0.0  # when the centre was last asked for news
        self._started_s, self._started_ms = time.monotonic(), store.wall()
        self._up, self._down = line.traffic.up, line.traffic.down

    def through(self) -> ExchangeReport:
        """To its end, which is noted, good or bad."""
        try:
            self._engine.run(self._tell)
            carrying.forward(self._store, self._line)  # others' records too go before scans
            while self._send_scans():
                self._engine.run(self._tell)
        except DaibanError as error:
            error.facts.update(sent=self._engine.sent, received=self._engine.received)
            error.facts.update(sheets=self._scans.sent)
            with suppress(DaibanError):  # what cannot be noted is said all the same
                note_broken(self._store, self._note(self._report(), error.code))
            raise
        with suppress(DaibanError):  # there are years for it
            credentials.follow_authority(self._store, self._line, self._engine.centre_ms)
        report = self._report()
        note_exchange(self._store, self._note(report))
        packet_log.note_overtaken(self._store)
        redaction.scrub(self._store)
        return report

    def _send_scans(self) -> bool:
        """Whether entries are to be exchanged again: something new is there, or the centre may lack more scans."""
        self._heard_s = time.monotonic()
        if attachments.waiting(self._store)[0]:
            note_heard(self._store, self._store.wall())
        before, known = self._scans.sent, station.pending(self._store)
        if not self._scans.run(self._engine.lacks, partial(self._goes_on, known)):
            return True
        may_lack_more = len(self._engine.lacks) == protocol.MAX_LACKS
        return may_lack_more and self._scans.sent > before and not self._scans.stopped

    def _goes_on(self, known: int) -> bool:
        self._tell()
        is_news = station.pending(self._store) > known
        return not is_news and time.monotonic() - self._heard_s < _NEWS_S

    def _tell(self) -> None:
        if self._after_round is not None:
            waiting, waiting_bytes = attachments.waiting(self._store)
            self._after_round(
                Progress(
                    sent=self._engine.sent,
                    received=self._engine.received,
                    pending=station.pending(self._store),
                    bytes_up=self._line.traffic.up - self._up,
                    bytes_down=self._line.traffic.down - self._down,
                    sheets=self._scans.sent,
                    sheet_bytes=self._scans.sent_bytes,
                    sheets_waiting=waiting,
                    sheets_waiting_bytes=waiting_bytes,
                    unread=self._store.rows.unread.count(),
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
            sheets=self._scans.sent,
            sheet_bytes=self._scans.sent_bytes,
            sheets_waiting=attachments.waiting(self._store)[0],
            sheets_stopped=self._scans.stopped.code if self._scans.stopped else "",
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
            sheets=report.sheets,
            sheet_bytes=report.sheet_bytes,
            sheets_waiting=report.sheets_waiting,
            sheets_stopped=report.sheets_stopped,
        )


class _Engine:
    def __init__(self, store: Store, line: Transport, printer: str) -> None:
        self.sent = 0
        self.received = 0
        self.round_trips = 0
        self.clock_off_ms = 0
        self.centre_ms = 0  # the centre's clock, as last heard
        self.lacks: list[bytes] = []  # scans that the centre asked for last
        self._quickest_s = math.inf
        self._under_way = 0
        self._coming = False  # the last answer said that there is more
        self._store = store
        self._line = line
        self._pace = self._kept = pace.remembered(store.recall(_PACE))
        self._borne = self._passed()  # when the line failed last
        self._failures = 0  # in a row
        self._last: tuple[int, int, int] | None = None
        self._wants: list[Want] = []  # of older lives, when the centre asked last
        self._again = NOTHING_AGAIN
        self._health = health_of(store, printer)

    def run(self, after_round: Callable[[], object]) -> None:
        with (
            Intake(self._store) as self._intake,
            closing(Asking(self._store, self._line)) as self._asking,
        ):
            try:
                self._rounds(after_round)
            except ExchangeStopped:
                raise
            except DaibanError:
                with suppress(DaibanError):
                    self._read_rest(after_round)
                raise
            self._read_rest(after_round)
        self._keep_pace()

    def _read_rest(self, after_round: Callable[[], object]) -> None:
        """What came is read also when the line broke; whoever is stopped reads on at the next start."""

        def tell() -> bool:
            after_round()
            return False

        self._intake.read_on(tell)

    def _rounds(self, after_round: Callable[[], object]) -> None:
        unknown = False
        more = True
        while more:
            up, down = self._asking.passed_before()
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
                show_again(self._store, self._line)
            else:
                self._failures = 0
                if self._pace.wire > self._kept.wire:  # whoever is stopped amid much begins there
                    self._keep_pace()
                after_round()

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
        self._intake.read_on(until=self._asking.has_answer)
        heard = self._asking.heard_ahead() or self._ask()
        going, answer = heard.going, heard.answer
        self.round_trips += 1
        self._coming = answer.more
        self.lacks = answer.lacks
        self._set_pace(heard)
        self._set_clock(heard)
        self._ask_ahead(heard)
        self._take_in(heard)
        credentials.take_token(self._store, answer.token)
        self.centre_ms = answer.centre_ms
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
        return self._has_again(answer.wants) or lacking or grown or answer.more

    def _has_again(self, wants: list[Want]) -> bool:
        """Whether the centre asks for older lives, and has not asked for the very same before."""
        self._again = (
            NOTHING_AGAIN if wants == self._wants else wanted(self._store, wants, self._pace.room)
        )
        self._wants = wants
        return self._again != NOTHING_AGAIN

    def _ask(self) -> Heard:
        going = station.outgoing(self._store, room=self._pace.room)
        self._under_way = sum(map(len, going.entries))
        return self._asking.ask(going, self._request(going))

    def _ask_ahead(self, heard: Heard) -> None:
        """Let the next answer be on its way while this one is taken in, where it depends on nothing but the cursor."""
        if _is_only_more(heard) and self._again == NOTHING_AGAIN and not self._store.is_restored:
            going = msgspec.structs.replace(heard.going, cursor=heard.answer.cursor)
            self._asking.ask_ahead(going, self._request(going))

    def _request(self, going: Outgoing) -> Request:
        return request_for(self._store, going, self._pace.room, self._health, self._again)

    def _take_in(self, heard: Heard) -> None:
        self.sent += max(0, heard.incoming.accepted_seq - heard.going.first_seq + 1)
        self.received += self._intake.take_in(heard.incoming)

    def _set_pace(self, heard: Heard) -> None:
        sent = self._under_way
        got = sum(len(entry) for run in heard.answer.runs for entry in run.entries)
        self._pace = (
            self._pace.succeeded(sent, heard.up)
            if sent >= got
            else self._pace.succeeded(got, heard.down)
        )

    def _set_clock(self, heard: Heard) -> None:
        if heard.took_s < self._quickest_s:
            self._quickest_s, self.clock_off_ms = heard.took_s, heard.clock_off_ms

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


def _is_only_more(heard: Heard) -> bool:
    """Whether entries come down, and nothing that was sent, asked or said has to be seen to before the next."""
    going, answer = heard.going, heard.answer
    return (
        answer.more
        and not going.entries
        and not going.more
        and answer.accepted.seq == going.head_seq
        and answer.forked_at is None
        and not (answer.refused or answer.wants or answer.token)
    )


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
