"""A case as a JSON document, with the keys that the command line promises."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import msgspec

from app.domain.case import Case, State
from app.domain.days import CHINA
from app.domain.items import Item
from app.domain.limits import days_left
from app.domain.masking import mask_id, mask_phone
from app.domain.numbers import DocumentNumber
from app.domain.regions import RegionCode, Tier
from app.domain.staff import OperatorCard
from app.journal.clock import wall_ms
from app.journal.entry import Entry
from app.journal.refs import DeviceId, Ref
from app.store.exchange import accepted_through
from app.store.rows import CaseRow, ClockRow, clock_rows
from app.store.store import Store
from app.usecases import duplicates, lookup, printed, repairs, shared_numbers, story, whereabouts
from app.usecases.materials import missing_materials
from app.usecases.today import shown_today
from ui import wording
from ui.commands import repair_lines
from ui.commands.life import life

Document = dict[str, Any]

# --- one case in a list ---------------------------------------------------------------------------


def summaries(store: Store, rows: list[CaseRow]) -> list[Document]:
    """What a list says of each case, as of today."""
    day, through = shown_today(store), accepted_through(store)
    twice = lookup.same_numbers(store, rows)
    there = whereabouts.of(store, rows)
    return [
        _summary(store, row, day, through, twice) | {"record": where, "record_label": where.label}
        for row, where in zip(rows, there, strict=True)
    ]


def summary_of(store: Store, subject: Ref) -> Document:
    """The same of one case, by its opening entry: a number may be borne by two."""
    row = store.rows.by_subject(subject)
    assert row is not None
    return summaries(store, [row])[0]


def _summary(
    store: Store, row: CaseRow, day: date, through: int, twice: Collection[str]
) -> Document:
    item = store.publications.item(row.item, row.item_version)
    standing = lookup.standing(store, row, day)
    state = State(row.state)
    return {
        "local_number": row.local_number,
        "official_number": row.official_number,
        "state": state.value,
        "state_label": state.label,
        "item": row.item,
        "item_name": item.name,
        "applicant": row.applicant,
        "station": row.station,
        "station_name": store.publications.station_name(RegionCode(row.station)),
        "place": row.place,
        "place_name": store.publications.station_name(RegionCode(row.place)),
        "received_on": row.received_on,
        "urgent": row.urgent,
        "green": row.green,
        "todo": row.todo or None,
        "todo_at": row.todo_at or None,
        "cards": row.cards,
        "clock": standing.clock,
        "due": standing.due,
        "due_expected": standing.expected,
        "days_left": standing.days_left,
        "light": standing.light,
        "light_label": standing.light.label,
        "out_of_place": row.out_of_place,
        "same_number": row.local_number in twice,
        "told_number": shared_numbers.told(store, row, twice),
        "subject": str(row.subject),
        "at_centre": row.head.device != store.device or row.head.seq <= through,
    }


# --- one case in full -----------------------------------------------------------------------------


def detail(
    store: Store, row: CaseRow, *, by: OperatorCard | None = None, reveal: bool = False
) -> Document:
    """Everything about a case, and what `by` may do with it; numbers and telephones masked unless `reveal`."""
    case = lookup.case_of(store, row)
    item = store.publications.item(case.item, case.item_version)
    calendar = store.publications.calendar(case.region)
    day = shown_today(store)
    gone = case.state is State.DESTROYED
    return summaries(store, [row])[0] | {
        "region": case.region,
        "kind": case.kind,
        "mode": case.mode,
        "mandate": case.mandate,
        "told": case.told,
        "backlog": case.backlog,
        "note": case.note,
        "external_id": case.external_id,
        "parties": [
            _party(party, reveal=reveal) for party in map(msgspec.structs.asdict, case.parties)
        ],
        "materials": [] if gone else _materials(case, item),
        "scans": _scans(case),
        "missing_materials": [] if gone else list(missing_materials(item, case.materials)),
        "clocks": [
            _clock(clock, days_left(day, clock.due, clock.unit, calendar) if clock.due else None)
            | {"printed": day_on_paper and day_on_paper.day}
            for clock, day_on_paper in zip(
                clock_rows(case.clocks, calendar), printed.of_clocks(case), strict=True
            )
        ],
        "accepted_on": case.accepted_on,
        "returned": _told(case.returned),
        "refused": _told(case.refused),
        "decision": _told(case.decision),
        "completed": _told(case.completed),
        "delivered": _told(case.delivered),
        "papers": [
            {
                "document": paper.paper,
                "number": DocumentNumber(paper.word, paper.slot, paper.year, paper.running).text,
                "on": paper.on,
                "reprint": paper.reprint,
                "valid": case.stands(paper),
            }
            for paper in case.papers
        ],
        **life(store, case, item, by),
        **_duplicates(store, case),
        "out_of_place": _misfits(store, case),
        "repairs": [repair_lines.document(one) for one in repairs.refused_of(store, row.subject)],
        "needs_upgrade": case.needs_upgrade,
    }


def _duplicates(store: Store, case: Case) -> Document:
    """What it may repeat; a case of another station that is not seen here has no number."""
    found = duplicates.of(store, case)
    return {
        "duplicates": [one.row.local_number for one in found if one.row is not None],
        "possible_duplicates": [
            {
                "number": one.row.local_number if one.row else None,
                "reason": wording.duplicate(
                    one.likeness.words if one.likeness else "", seen=one.row is not None
                ),
                "strength": one.likeness and one.likeness.strength,
                "judged": one.judged,
            }
            for one in found
        ],
    }


def _party(party: Document, *, reveal: bool) -> Document:
    if reveal:
        return party
    return party | {
        "id_number": mask_id(party["id_number"]),
        "phone": mask_phone(party["phone"]),
    }


def _materials(case: Case, item: Item) -> list[Document]:
    """The whole checklist of the item, with what lies on the table."""
    taken = {material.index: material for material in case.materials}
    found = []
    for index, asked in enumerate(item.materials):
        given = taken.get(index)
        found.append(
            {
                "name": asked.name,
                "required": asked.required,
                "given": given is not None,
                "original": bool(given and given.original),
                "copies": given.copies if given else 0,
                "pages": given.pages if given else 0,
                "held": bool(given and given.held),
                "scans": _scans(case, index),
            }
        )
    return found


def _scans(case: Case, *places: int) -> int:
    """Pages of scans in sight, of the materials at these places; of all, if none is named."""
    return sum(
        len(one.sheets)
        for one in case.attachments
        if one.removed is None and (not places or one.material in places)
    )


def _clock(clock: ClockRow, left: int | None) -> Document:
    return {
        "name": clock.name,
        "label": clock.name.label,
        "starts": clock.starts,
        "limit_days": clock.days,
        "unit": clock.unit,
        "due": clock.due,
        "expected": clock.expected,
        "paused": clock.stopped is None and clock.due is None,
        "tier": Tier(clock.tier).word if clock.tier else None,
        "stopped": clock.stopped,
        "days_left": left if clock.stopped is None else None,
    }


def _misfits(store: Store, case: Case) -> list[Document]:
    """Each act without effect: which, whose, when, why, and the official number that it gave."""
    written = {one.ref: one for one in store.history(case.subject)}
    own = set(store.journal.lives_of(store.device))
    return [
        {
            "device": misfit.ref.device.hex(),
            "seq": misfit.ref.seq,
            "kind": misfit.kind,
            "act": wording.act_verb(misfit.kind),
            "act_label": wording.act_label(misfit.kind),
            "code": misfit.code,
            "state": misfit.state,
            "state_label": misfit.state.label,
            "number": misfit.number and misfit.number.text,
            "own": misfit.ref.device in own,
            "actor": _actor(store, written[misfit.ref]),
            "station_name": _station(store, misfit.ref.device),
            "at": _at(written[misfit.ref]),
            "message": wording.verdict(misfit.code),
        }
        for misfit in case.out_of_place
    ]


def _told(body: msgspec.Struct | None) -> Document | None:
    return None if body is None else msgspec.structs.asdict(body)


# --- its history ----------------------------------------------------------------------------------


def history(store: Store, row: CaseRow) -> list[Document]:
    """Every entry of a case in reading order; `fits` is false for one without effect, `why` says the reason.

    `text` tells it in a sentence, with its parts in further lines; `who` as whom somebody acted: B（代 A）.
    """
    item = store.publications.item(row.item, row.item_version)
    return [_entry(store, told) for told in story.history(store, row.subject, item)]


def _entry(store: Store, told: story.Told) -> Document:
    one, why = told.entry, told.why
    tier = store.publications.tier_of(one.device)
    return {
        "device": one.device.hex(),
        "seq": one.seq,
        "at": _at(one),
        "actor": _actor(store, one),
        "kind": one.kind,
        "act": wording.act_verb(one.kind),
        "kind_label": wording.act_label(one.kind),
        "who": told.who,
        "text": told.text,
        "tier": Tier(tier).word if tier else None,
        "fits": why is None,
        "why": why,
        "sha256": sha256(one.wire).hexdigest(),
    }


def _at(one: Entry) -> str:
    """When it was written, as China's clocks show it."""
    return datetime.fromtimestamp(wall_ms(one.clock) / 1000, CHINA).isoformat(timespec="seconds")


def _actor(store: Store, one: Entry) -> str | None:
    card = store.publications.operators.get(one.actor) if one.actor else None
    return None if card is None else card.name


def _station(store: Store, device: DeviceId) -> str | None:
    known = store.publications.devices.get(device)
    return None if known is None else known.certificate.station
