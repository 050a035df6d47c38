"""The fuzzers of `tests/fuzz` for minutes rather than seconds: decoders, a real port, and whoever asks for more."""

from __future__ import annotations

import logging
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random

from sync.centre.doorkeeper import Limits
from sync.centre.http import Centre
from tests.benchmarks.results import Result
from tests.fuzz.decoders import Decoder, decoders, tried
from tests.fuzz.surface import SAID, Surface
from tests.fuzz.test_scope import pry
from tests.fuzz.test_surface import exchanges_still, state
from tests.sync.builders import VILLAGE, ACentre, a_centre, a_pen, listening
from tests.sync.centre.test_scope import STEPS

_DECODER_S = 2.0
_BODY_S = 0.2
_SURFACE_S = 120.0
_SCOPE_S = 120.0
_MB = 1024
_MOST_MB = 400
"""What all of it together may add to the memory of the process: a bomb would be a gigabyte."""
_FIRST_SEED = 1_000_000


def measure() -> Iterator[Result]:
    """Each part stops at the first thing that is no documented refusal."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield _decoders()
    yield _surface()
    yield _scope()
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // _MB
    yield Result(
        what="memory that fuzzing took",
        measured=f"{grown} MB",
        target=f"≤ {_MOST_MB} MB",
        met=grown <= _MOST_MB,
    )


def _decoders() -> Result:
    tries = read = 0
    for decoder in decoders():
        seconds = _BODY_S if "." in decoder.name else _DECODER_S
        done = _for_s(seconds, partial(_one, decoder))
        tries, read = tries + len(done), read + sum(done)
    return _result(f"{len(decoders())} decoders", f"{tries:,} inputs, {read:,} of them readable")


def _one(decoder: Decoder, chance: Random) -> bool:
    return tried(decoder, decoder.make(chance.choice(decoder.seeds), chance))


def _surface() -> Result:
    errors = _Errors()
    logging.getLogger().addHandler(errors)
    try:
        with tempfile.TemporaryDirectory() as folder:
            made = a_centre(Path(folder) / "centre")
            limits = Limits(address_most=1e9, device_most_s=1e9)
            http = Centre(made.ledger, made.authority, made.wall, limits=limits)
            centre = ACentre(made.folder, made.wall, made.ledger, made.authority, http)
            pen = a_pen(centre, VILLAGE)
            pen.write()
            pen.send()
            with listening(centre) as url:
                surface = Surface(centre, url, pen)
                before = state(surface)
                statuses = _for_s(_SURFACE_S, surface.attempt)
                unknown = set(statuses) - SAID - {0, 100}
                assert not unknown, unknown
                assert not errors.seen, errors.seen
                assert state(surface) == before
                exchanges_still(surface)
    finally:
        logging.getLogger().removeHandler(errors)
    answered = sum(status > 0 for status in statuses)
    return _result(
        "a real port", f"{len(statuses):,} requests, {answered:,} answered, the ledger as before"
    )


def _scope() -> Result:
    def story(chance: Random) -> int:
        steps = [
            (chance.choice(STEPS), *(chance.randrange(21) for _ in range(3)))
            for _ in range(chance.randrange(4, 13))
        ]
        pry(steps, chance, asked=6)
        return 6 * len(steps)

    asked = _for_s(_SCOPE_S, story)
    return _result(
        "asking for what is not one's own", f"{len(asked)} districts, {sum(asked):,} such requests"
    )


def _for_s(seconds: float, act: Callable[[Random], int]) -> list[int]:
    """What `act` gave for one seed after the other, for so long; a failure names its seed."""
    given: list[int] = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        seed = _FIRST_SEED + len(given)
        try:
            given.append(act(Random(seed)))
        except Exception as error:
            error.add_note(f"seed {seed}")
            raise
    return given


def _result(what: str, measured: str) -> Result:
    return Result(
        what=f"fuzzing: {what}", measured=measured, target="documented refusals only", met=True
    )


class _Errors(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(record.getMessage())
