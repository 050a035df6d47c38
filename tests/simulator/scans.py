"""Scans in a schedule: attached at a counter, looked at above, gone with a file that is destroyed."""

from __future__ import annotations

from hashlib import sha256
from random import Random
from typing import Final

from app.domain.attachments import NO_MATERIAL, Media, Sheet
from app.domain.case import Case, State
from app.domain.events import Appraisal
from app.journal.refs import Ref
from app.store import attachments as images
from app.store.store import Store
from app.usecases import acts, archive, attaching, attachments, lookup, registration
from app.usecases.attachments import MaterialScans, Scan
from sync.client.fetching import fetch
from tests.builders import a_form
from tests.simulator.clock import DAY_MS
from tests.simulator.computer import Computer
from tests.simulator.people import an_archivist, somebody
from tests.simulator.schedule import Step
from tests.simulator.world import World

_SIZES: Final = (300, 5_000, 20_000, 40_000)
"""Bytes: less than a piece, a few, and more than one body at first."""
_DIFFERENT: Final = 12
"""So few pictures that some are attached twice, here and elsewhere."""
_ITEM: Final = "IT022"
"""Its files are kept for ten years."""
_TEN_YEARS: Final = 4_100 * DAY_MS
_CLOSED: Final = (State.REFUSED, State.WITHDRAWN, State.CLOSED, State.FOLLOWED_UP)


def _page(world: World, n: int) -> Scan:
    """Bytes that nobody looks at, the same for the same number."""
    content = Random(n).randbytes(_SIZES[n % len(_SIZES)])
    world.pictures[sha256(content).digest()] = content
    return Scan(
        sheet=Sheet(
            digest=sha256(content).digest(),
            size=len(content),
            width=100,
            height=140,
            media=Media.PNG,
        ),
        content=content,
    )


def attach(world: World, computer: Computer, step: Step) -> str:
    """One or two pages, kept with their entry or before it."""
    pages = [_page(world, (step.m + each) % _DIFFERENT) for each in range(1 + step.n % 2)]

    def add(store: Store) -> str:
        by = somebody(store)
        cases = [one for one in _cases(store) if attaching.may_attach(store, one, by)]
        if not cases:
            return _register(world, computer, store, pages, step)
        subject = cases[step.n % len(cases)].subject
        before = store.head().seq
        if step.m % 2:
            attachments.attach(store, subject, NO_MATERIAL, pages, by)
        else:
            sheets = attachments.keep(store, pages)
            attaching.attach_kept(store, subject, [MaterialScans(sheets=sheets)], by)
        world.written(computer, store, before)
        return f"{len(pages)} pages"

    return computer.run(add)


def _register(world: World, computer: Computer, store: Store, pages: list[Scan], step: Step) -> str:
    """A case and its scans in one transaction."""
    before = store.head().seq
    scans = (MaterialScans(sheets=attachments.keep(store, pages)),)
    form = a_form(_ITEM, f"第{step.m}号人")
    done = registration.register(store, form, by=somebody(store), scans=scans)
    world.written(computer, store, before)
    world.number_given(done.local_number)
    return f"{len(pages)} pages with {done.local_number}"


def look(world: World, computer: Computer, step: Step) -> str:
    """Whoever hears of scans wants to see them."""
    if computer.needs_code():
        return "nobody works here"
    if not computer.run(_not_here):
        world.exchange(computer)

    def bring(store: Store) -> str:
        sheets = _not_here(store)
        if not sheets:
            return "nothing to look at"
        done = fetch(store, world.line(computer), sheets[step.n % len(sheets) :][:4])
        return f"{done.sheets} pages came, not {sorted(done.failed.values())}"

    return computer.run(bring)


def _not_here(store: Store) -> list[Sheet]:
    named = [each for case in _cases(store) for one in case.attachments for each in one.sheets]
    here = images.has(store, [one.digest for one in named])
    return [one for one in named if one.digest not in here]


def destroy(world: World, computer: Computer, step: Step) -> str:
    """A file with scans is closed and archived, and ten years later destroyed; as far as the rules allow it here."""

    def close(store: Store) -> Ref:
        by = somebody(store)
        own = [one for one in _cases(store) if one.station == store.region and one.item == _ITEM]
        cases = [one for one in own if one.attachments]
        if step.n % 2 or not cases:
            page = _page(world, _DIFFERENT + step.m)
            _register(world, computer, store, [page], step)
            world.once.add(page.sheet.digest)
            cases = [one for one in _cases(store) if _names(one, page.sheet)]
        case = cases[step.n % len(cases)]
        if case.state not in (*_CLOSED, State.ARCHIVED):
            case = acts.perform(store, case.subject, "withdraw", {"reason": "不办了"}, by=by)
        if case.state is not State.ARCHIVED:
            facts = {"number": f"2026-D10-A1-{step.m % 10_000:04}", "retention": "10y"}
            acts.perform(store, case.subject, "archive", facts, by=an_archivist(store))
        return case.subject

    def end(store: Store, subject: Ref) -> str:
        by = an_archivist(store)
        done = archive.appraise(store, [subject], Appraisal.DESTROY, "期满", by=by)
        gone = archive.destroy(store, [subject], "同意销毁", by=somebody(store))
        refused = [one.error.code for one in (*done.left, *gone.left)]
        return f"destroyed {len(gone.done)}, not {refused}"

    subject = computer.run(close)
    if step.m % 4:  # mostly its scans are everywhere by then
        world.attempt(
            f"{computer.name}: on the way to the archive", lambda: world.exchange(computer)
        )
    world.time.pass_by(_TEN_YEARS)
    return computer.run(lambda store: end(store, subject))


def _names(case: Case, sheet: Sheet) -> bool:
    return any(sheet in one.sheets for one in case.attachments)


def _cases(store: Store) -> list[Case]:
    rows = sorted(lookup.listed(store, limit=100), key=lambda row: row.local_number)
    read = (store.case(row.subject) for row in rows)
    return [one for one in read if isinstance(one, Case)]
