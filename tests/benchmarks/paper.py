"""Documents, from the click to the PDF: how long they take, what memory they need, and what is kept."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import mean, median
from typing import Final

import msgspec

import printing
from app.domain.papers import Paper as Document
from app.domain.papers import PaperFacts, PaperKind, Printable
from app.journal.refs import DeviceId, Ref
from app.store.opening import open_store
from app.store.store import Store
from app.usecases import lookup, operators, papers, registration
from printing.choice import Paper
from tests.benchmarks import bare_pages, stores
from tests.benchmarks.bare_pages import BarePages
from tests.benchmarks.registration import forms
from tests.benchmarks.results import Result, ms, percentile, seconds, timed
from tests.printing.samples import (
    a_receipt,
    a_slip,
    a_visit,
    an_acceptance,
    coded,
    some_blanks,
    thirty_materials,
)
from tests.printing.specimens import Form, every_specimen

_CASES = 1_000
_FIRSTS = 5
_ROUNDS = 3
_BATCH = 200
_FIRST_S, _WARM_S, _TIMES_BARE = 0.700, 0.150, 1.3


def measure() -> Iterator[Result]:
    yield from _receipts()
    for what, drawn, paper in _KINDS:
        yield _against_bare(what, drawn, paper)
    yield from _memory()
    yield _kept()


# --- receipts of real cases -----------------------------------------------------------------------


def _receipts() -> Iterator[Result]:
    with stores.copy_with(_CASES) as store:
        cases = _registered(store, _BATCH + _FIRSTS)
        firsts = [_first_click(store.folder, case) for case in cases[_BATCH:]]
        found: list[PaperFacts] = []
        warm = timed(lambda case: found.append(_issued(store, case).facts), cases[:_BATCH])[1:]
    bare = [_bare(facts) for facts in found]
    render_s, floor_s = _cpu_of_both(
        lambda: [printing.render(facts) for facts in found], lambda: [each.draw() for each in bare]
    )
    one_bare_s = floor_s / len(bare)
    yield Result(
        what="a receipt, click to PDF, the first",
        measured=f"p50 {ms(median(firsts))}  max {ms(max(firsts))}",
        floor=f"bare reportlab, warm: {ms(one_bare_s)}",
        target="≤ 700 ms",
        met=max(firsts) <= _FIRST_S,
        runs=f"{_FIRSTS} starts",
    )
    yield Result(
        what="a receipt, click to PDF, warm",
        measured=f"p50 {ms(percentile(warm, 50))}  p95 {ms(percentile(warm, 95))}",
        floor=f"bare reportlab, warm: {ms(one_bare_s)}",
        target="p95 ≤ 150 ms",
        met=percentile(warm, 95) <= _WARM_S,
        runs=f"{len(warm)}",
    )
    yield Result(
        what=f"a batch of {_BATCH} receipts, {sum(len(one.pages) for one in bare)} pages",
        measured=f"{render_s:.2f} s of the processor's time",
        floor=f"bare reportlab: {floor_s:.2f} s",
        ratio=render_s / floor_s,
        target=f"≤ {_TIMES_BARE} × bare",
        met=render_s <= _TIMES_BARE * floor_s,
        runs=f"{_ROUNDS} × {_BATCH}",
    )


def _registered(store: Store, number: int) -> list[Ref]:
    by = operators.acting(store, None)
    given = [
        registration.register(store, form, by=by).local_number for form in forms(store, 3, number)
    ]
    return [lookup.by_number(store, one).subject for one in given]


def _issued(store: Store, case: Ref) -> papers.Issued:
    by = operators.acting(store, None)
    return papers.issue(store, case, PaperKind.MATERIALS_RECEIPT, by=by, render=printing.render)


def _first_click(folder: Path, case: Ref) -> float:
    """In a process of its own, where nothing of printing is loaded yet."""
    return float(_alone("first", str(folder), case.device.hex(), str(case.seq)))


def _first(folder: str, device: str, seq: str) -> float:
    store = open_store(Path(folder), stores.UNLOCK)
    case = Ref(DeviceId(bytes.fromhex(device)), int(seq))
    return seconds(partial(_issued, store, case))


# --- other documents ------------------------------------------------------------------------------

_EACH: Final = 20


def _ten_cases() -> Printable:
    visit = a_visit()
    return a_visit(cases=visit.cases * 5)


def _fifty_blanks() -> Printable:
    return some_blanks(numbers=tuple(f"湖塘政服空收A2〔2026〕{n}号" for n in range(1, 51)))


_KINDS: Final[tuple[tuple[str, Callable[[], Printable], Paper], ...]] = (
    ("an acceptance notice", an_acceptance, Paper.A4),
    ("a receipt on 80 mm", a_slip, Paper.SLIP),
    ("a receipt with thirty materials", lambda: a_receipt(materials=thirty_materials()), Paper.A4),
    ("a visit with ten cases", _ten_cases, Paper.A4),
    ("a block of fifty blank receipts", _fifty_blanks, Paper.A4),
)


def _against_bare(what: str, make: Callable[[], Printable], paper: Paper) -> Result:
    """Each with a code of its own, where it has one: the same is not computed twice."""
    one = make()
    facts = [_numbered(one, n) for n in range(_EACH)]
    bare = [_bare(each, paper) for each in facts]
    ours_s, floor_s = _cpu_of_both(
        lambda: [printing.render(each, paper=paper) for each in facts],
        lambda: [each.draw() for each in bare],
    )
    return Result(
        what=f"{what}, {len(bare[0].pages)} pages",
        measured=f"{ms(ours_s / _EACH)} of the processor's time",
        floor=f"bare reportlab: {ms(floor_s / _EACH)}",
        ratio=ours_s / floor_s,
        target=f"≤ {_TIMES_BARE} × bare",
        met=ours_s <= _TIMES_BARE * floor_s,
        runs=f"{_ROUNDS} × {_EACH}",
    )


def _cpu_of_both(ours: Callable[[], object], floor: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the processor's time of each, in turns: drawing waits for nothing else."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(_ROUNDS):
        for act, times in zip((ours, floor), taken, strict=True):
            begun = time.process_time()
            act()
            times.append(time.process_time() - begun)
    return median(taken[0]), median(taken[1])


def _numbered(facts: Printable, n: int) -> Printable:
    if not isinstance(facts, Document):
        return facts
    return coded(msgspec.structs.replace(facts, number=f"{facts.number[:-1]}{n}号"))


def _bare(facts: Printable, paper: Paper = Paper.A4) -> BarePages:
    code = facts.code if isinstance(facts, Document) else ""
    return bare_pages.read(printing.render(facts, paper=paper), code)


# --- memory and disk ------------------------------------------------------------------------------


def _memory() -> Iterator[Result]:
    for times in (1, _BATCH):
        ours, bare = (float(_alone(how, str(times))) for how in ("ours", "bare"))
        yield Result(
            what=f"memory for {times} receipts, one after the other",
            measured=f"{ours:.0f} MB more at the peak",
            floor=f"bare reportlab: {bare:.0f} MB",
            ratio=ours / bare,
        )


def _ours(times: str) -> float:
    facts = a_receipt()
    return _peak_mb(lambda: [len(printing.render(facts)) for _ in range(int(times))])


def _bare_alone(times: str) -> float:
    """The pages were read by another process: reading them is not drawing."""
    bare = msgspec.json.decode(_alone("read"), type=BarePages)
    return _peak_mb(lambda: [len(bare.draw()) for _ in range(int(times))])


def _read() -> BarePages:
    return _bare(a_receipt())


def _peak_mb(act: Callable[[], object]) -> float:
    """By how much it raises the most that the process ever had."""
    before = _most_mb()
    act()
    return _most_mb() - before


def _most_mb() -> float:
    """Not `ru_maxrss`: that begins with what the process had that started this one."""
    lines = Path("/proc/self/status").read_text().splitlines()
    (most,) = (line for line in lines if line.startswith("VmHWM:"))
    return int(most.split()[1]) / 1024


def _kept() -> Result:
    sizes = [
        len(printing.render(one.facts, paper=one.paper))
        for one in every_specimen()
        if one.form is Form.ORDINARY and one.paper is Paper.A4
    ]
    return Result(
        what="a document that was issued, kept as it was printed",
        measured=f"mean {mean(sizes) / 1000:.0f} KB  max {max(sizes) / 1000:.0f} KB",
        runs=f"{len(sizes)}",
    )


# --- in a process of its own ----------------------------------------------------------------------

_ALONE: Final[dict[str, Callable[..., object]]] = {
    "first": _first,
    "ours": _ours,
    "bare": _bare_alone,
    "read": _read,
}


def _alone(what: str, *said: str) -> bytes:
    """What one of them answers, as JSON."""
    command = [sys.executable, "-m", "tests.benchmarks.paper", what, *said]
    return subprocess.run(command, check=True, capture_output=True).stdout


def main() -> None:
    _, what, *said = sys.argv
    sys.stdout.buffer.write(msgspec.json.encode(_ALONE[what](*said)))


if __name__ == "__main__":
    main()
