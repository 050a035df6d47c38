"""One request and its answer; on a real line the next is asked for while an answer is being taken in.

So the line, the centre and this machine work at the same time, when much comes down. Nothing is promised by asking:
the cursor that a request names is in the store only once all before it is, and whoever stops in between asks again.
"""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future
from contextlib import suppress
from typing import NamedTuple

from app.errors import DaibanError
from app.store.exchange import Incoming, Outgoing
from app.store.store import Store
from sync import codec, protocol
from sync.client.messages import incoming
from sync.client.transport import Line, Transport
from sync.protocol import Answer, Request
from sync.refusals import CentreRefusal, Unintelligible, UnknownDictionary


class Heard(NamedTuple):
    """An answer, what it answers, what the store makes of it, and the sizes of both bodies as they travelled.

    `clock_off_ms` is how far this machine's clock is ahead of the centre's, if both ways took the same time.
    """

    going: Outgoing
    answer: Answer
    incoming: Incoming
    up: int
    down: int
    took_s: float
    clock_off_ms: int


class Asking:
    """What is asked of one centre during one exchange."""

    def __init__(self, store: Store, line: Transport) -> None:
        self._store = store
        self._line = line
        self._dictionary = codec.DICTIONARY
        self._ahead: Future[Heard] | None = None
        self._before_ahead = (0, 0)

    def ask(self, going: Outgoing, request: Request) -> Heard:
        """Send, and wait. Raises what the line raises, and Unintelligible."""
        return self._ask(going, protocol.encode(request), self._store.identity.token)

    def ask_ahead(self, going: Outgoing, request: Request) -> None:
        """Send in another thread. On a line that is not real there is nothing to win."""
        if not isinstance(self._line, Line):
            return
        message, token = protocol.encode(request), self._store.identity.token
        self._before_ahead = self._line.traffic.up, self._line.traffic.down
        asked: Future[Heard] = Future()

        def ask() -> None:
            try:
                asked.set_result(self._ask(going, message, token))
            except BaseException as error:  # whoever waits for it raises it
                asked.set_exception(error)

        self._ahead = asked
        # A program that ends waits for no answer: it would for as long as the line trickles.
        threading.Thread(target=ask, name="daiban-ahead", daemon=True).start()

    def has_answer(self) -> bool:
        """Whether nothing is waited for."""
        return self._ahead is None or self._ahead.done()

    def heard_ahead(self) -> Heard | None:
        """The answer to what was asked ahead; None if nothing was. Raises what `ask` raises."""
        ahead, self._ahead = self._ahead, None
        return None if ahead is None else ahead.result()

    def passed_before(self) -> tuple[int, int]:
        """Bytes that had gone up and come down before the request that is waited for, or comes next."""
        if self._ahead is not None:
            return self._before_ahead
        return self._line.traffic.up, self._line.traffic.down

    def close(self) -> None:
        """Leave the line to others."""
        with suppress(DaibanError):  # nobody wants the answer any more
            self.heard_ahead()

    def _ask(self, going: Outgoing, message: bytes, token: bytes) -> Heard:
        body = codec.pack(message, self._dictionary)
        started, sent_ms = time.monotonic(), self._store.wall()
        try:
            packed = self._line.post(protocol.EXCHANGE, body, token)
        except UnknownDictionary:
            if self._dictionary == codec.PLAIN:
                raise
            self._dictionary = codec.PLAIN
            return self._ask(going, message, token)
        took_s = time.monotonic() - started
        try:
            answer = protocol.decode(codec.unpack(packed)[0], Answer)
        except CentreRefusal as error:
            raise Unintelligible(why=error.code) from error
        return Heard(
            going=going,
            answer=answer,
            incoming=_incoming(going, answer),
            up=len(body),
            down=len(packed),
            took_s=took_s,
            clock_off_ms=sent_ms + int(took_s * 500) - answer.centre_ms,
        )


def _incoming(going: Outgoing, answer: Answer) -> Incoming:
    # The centre compared the place that was signed, so up to there its entries are these.
    accepted = min(answer.accepted.seq, going.head_seq)
    digest = going.head_digest if accepted == going.head_seq else answer.accepted.digest
    sent_from = going.first_seq if going.entries else 0
    return incoming(going.device, answer, accepted, digest, sent_from)
