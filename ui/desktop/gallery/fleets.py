"""What a centre might say: of the stations of a district, of which a few are not well; and of what it gives back."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import Any, Final

import msgspec

from app.domain import events
from app.domain.regions import Tier, station_name
from app.domain.station_health import StationHealth
from app.journal.entry import Draft, write
from app.journal.refs import Continuation, Ref
from app.store.exchange import Verdict
from app.store.fleet_notes import FleetNote, note_fleet
from app.usecases import refused_registrations, registration, repairs
from ui.desktop.gallery import houses
from ui.desktop.gallery.district import Station
from ui.desktop.gallery.weeks import Places

_DAY_MS: Final = 86_400_000
_HOUR_S: Final = 3_600
_POORLY: Final[tuple[dict[str, Any], ...]] = (
    {"verified": "page", "backup_days": 41},
    {"silent_days": 8, "backlog": 120},
    {"clock_off_s": 3 * _HOUR_S, "printer": "no_paper 3"},
    {"disk_free_mb": 310, "version": "0.0.9"},
    {"silent_days": 3.4},
    {"sheets_waiting": 240, "backlog": 61},
    dict.fromkeys(("contact_ms", "backlog", "clock_off_s", "disk_free_mb", "backup_days"))
    | dict.fromkeys(("version", "printer", "verified"), ""),
    {"backup_days": -1},
)
_SIZE: Final = 300


@cache
def places() -> Places:
    """A district whose stations have all been heard of."""
    found = houses.quiet("fleet")
    for station in (found.seat, found.township):
        _tell(station)
    return found


@cache
def refused() -> Places:
    """A village to which the centre has given back a registration, and what followed it."""
    found = houses.quiet("refused")
    _refuse(found)
    return found


@cache
def settled() -> Places:
    """One was registered again, one was withdrawn."""
    found = houses.quiet("settled")
    store, by = found.village.store, found.village.person()
    first, second = _refuse(found), _refuse(found)
    form = refused_registrations.refilled(store, first).form
    registration.register(store, form, by=by)
    repairs.withdraw(store, second, "申请人改到穿山街道办", by=by)
    return found


@cache
def shared() -> Places:
    """The village's disk was copied, and both copies gave the same number."""
    found = houses.quiet("shared")
    village, journal = found.village, found.village.store.journal
    case = found.register(village, "IT022", 3)
    found.cases["shared"] = case
    opening = journal.one(case)
    assert opening is not None
    assert opening.body is not None
    place = Continuation(
        case.device, case.seq - 1, journal.digest_at(case.device, case.seq - 1) or b""
    )
    clone = found.district.copied(village, place)
    body = events.decode_body(opening.kind, opening.version, opening.body)
    assert isinstance(body, events.CaseRegistered)
    other = msgspec.structs.replace(body.parties[0], name="覃小军")
    draft = Draft(
        kind=opening.kind,
        version=opening.version,
        region=opening.region,
        body=events.encode_body(msgspec.structs.replace(body, parties=(other,))),
        actor=opening.actor,
        subject=None,
        after=(),
    )
    lineage = {clone: place}
    wire = write(draft, device=clone, seq=case.seq, clock=opening.clock, lineage=lineage).wire
    found.meet()
    village.hear(clone, case.seq, [wire])
    return found


def _refuse(places: Places) -> Ref:
    village = places.village
    case = places.register(village, "IT022", 3 if places.cases else 12)
    places.cases[f"refused {len(places.cases)}"] = case
    first = Verdict(device=case.device, seq=case.seq, code="region_out_of_scope", facts={})
    village.hear(village.store.device, 1, [], [first])
    return case


def _tell(station: Station) -> None:
    store, now_ms = station.store, station.wall()
    tree = store.publications.tree
    here = [row for row in tree.rows if tree.under(row.code, store.region)]
    slots = _SIZE // len(here) + 1 if store.certificate.tier == Tier.DISTRICT else 1
    every = [(row, slot) for slot in range(1, slots + 1) for row in here][:_SIZE]
    stations = []
    for number, (row, slot) in enumerate(every):
        told = dict(_POORLY[number // 7]) if number % 7 == 3 and number // 7 < len(_POORLY) else {}
        silent_ms = int(told.pop("silent_days", 0) * _DAY_MS)
        stations.append(
            StationHealth(
                device=f"{number:032x}",
                station=station_name(row),
                region=row.code,
                tier=row.tier,
                slot=f"A{slot}",
                enrolled_ms=now_ms - 90 * _DAY_MS,
                **_well(number, now_ms - silent_ms) | told,
            )
        )
    note_fleet(store, FleetNote(at_ms=now_ms, asked_ms=now_ms, stations=tuple(stations)))


def _well(number: int, heard_ms: int) -> dict[str, Any]:
    return {
        "contact_ms": heard_ms - number * 700,
        "backlog": number % 3,
        "version": version("daiban"),
        "clock_off_s": number % 40,
        "disk_free_mb": 20_000 + 900 * (number % 50),
        "printer": "none" if number % 11 == 0 else "ready",
        "backup_days": number % 6,
        "verified": "ok",
    }
