"""Numbers that entries used up: found in them again, and kept of those whose bodies were erased."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain import events
from app.journal.entry import Entry
from app.store.store import Store

_NUMBERED = frozenset(
    {"case.registered", "case.taken_over", "case.child_opened", "paper.issued", "receipts.reserved"}
)


def number_given(one: Entry) -> tuple[str, str, int] | None:
    """Series, slot and running number, the last of several, that an entry used up, if it did."""
    if one.kind not in _NUMBERED or one.body is None or not events.is_known(one.kind, one.version):
        return None
    match events.decode_body(one.kind, one.version, one.body):
        case events.CaseRegistered() as body:
            return body.received_on.isoformat(), body.slot, body.running
        case events.CaseChildOpened() as body:
            return body.on.isoformat(), body.slot, body.running
        case events.CaseTakenOver() as body:
            return body.on.isoformat(), body.slot, body.running
        case (
            events.PaperIssued(reprint=0) as body
        ):  # a reprint bears the number of its first, whoever gave it
            return body.series, body.slot, body.running
        case events.ReceiptsReserved() as body:
            return body.series, body.slot, body.last
    return None


def keep_spent(store: Store, doomed: Iterable[Entry]) -> None:
    """Note the numbers of entries of one's own that are about to be erased, so that none is given again."""
    lives = set(store.journal.lives_of(store.device))
    given = [number_given(one) for one in doomed if one.device in lives]
    store.database.run_many(
        "INSERT INTO spent_number (series, slot, last) VALUES (?, ?, ?) "
        "ON CONFLICT DO UPDATE SET last = max(last, excluded.last)",
        [one for one in given if one is not None],
    )


def spent(store: Store) -> dict[tuple[str, str], int]:
    """The last number of each series and slot that an erased entry gave."""
    rows = store.database.rows("SELECT series, slot, last FROM spent_number")
    return {(series, slot): last for series, slot, last in rows}
