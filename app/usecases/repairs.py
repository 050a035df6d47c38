"""Entries without effect that somebody here has to see to: refused by the centre, overtaken, or never readable."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

import msgspec

from app.domain import events
from app.domain.case import Case
from app.domain.events import CaseRegistered
from app.domain.names import plain
from app.domain.numbers import LocalNumber
from app.domain.publications import Publications
from app.domain.staff import OperatorCard
from app.domain.tasks import TaskKind
from app.errors import DaibanError, Refused
from app.journal import clock
from app.journal.entry import Entry
from app.journal.refs import Ref
from app.store.rows import CaseRow
from app.store.store import Store

_REFUSED = (
    "SELECT device, seq, code, facts FROM verdict "
    "WHERE (device, seq) NOT IN (SELECT device, seq FROM settled)"
)
_SETTLED = "SELECT device, seq FROM settled"
_WAITING = (
    "SELECT w.subject_device, w.subject_seq, w.missing FROM waiting w "
    # Asked of each that waits, not of every entry: there are few of them, and the 工作台 counts them when it opens.
    "WHERE EXISTS (SELECT 1 FROM entry e WHERE e.device = w.subject_device AND e.seq = w.subject_seq) "
    "AND (w.subject_device, w.subject_seq) NOT IN (SELECT device, seq FROM settled) "
    "AND NOT EXISTS (SELECT 1 FROM case_row c "
    "WHERE (c.subject_device, c.subject_seq) = (w.subject_device, w.subject_seq)) "
    "AND w.missing NOT IN ('entry', 'redacted', 'upgrade')"
)
"""Cases whose opening entry is here and cannot be read."""
_NOT_COME = frozenset({"device", "item", "operator", "regions"})
SHOWN_DAYS: Final = 7
_FOLLOWS: Final = "follows_refused"
_DAY_MS: Final = 86_400_000


class NoReasonToWithdraw(Refused):
    """Whoever does not pursue what was refused says why: somebody may ask for it later."""

    code = "no_reason_to_withdraw"


class NotRefused(Refused):
    """Nothing of that name was refused by the centre and waits for somebody (fact: entry)."""

    code = "not_refused"


class How(StrEnum):
    """What became of an entry without effect. REPLACED: it was corrected and registered again."""

    DONE = "done"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {"done": "已处理", "replaced": "已更正重登", "withdrawn": "已撤回"}[self]


class Repair(msgspec.Struct, frozen=True, kw_only=True):
    """One entry: what it was to do, when and by whom, and why it did not.

    `code` and `facts` are for `ui.wording`; `at_ms` is the writer's clock, 0 if the entry itself is not here.
    `row` is the case as it stands; without one (its registration was refused) the words below still say whose it was.
    """

    ref: Ref
    task: TaskKind
    kind: str
    code: str
    facts: dict[str, str | int]
    at_ms: int
    operator: str
    row: CaseRow | None
    applicant: str
    item: str
    local_number: str


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """A repair that somebody has seen to; `number` and `case` are of what was registered in its place."""

    repair: Repair
    at_ms: int
    how: How
    reason: str
    by: str
    number: str
    case: Ref | None = None


def listed(store: Store, limit: int = 100) -> list[Repair]:
    """What nobody has seen to yet, newest first."""
    found = [*refused(store), *_out_of_place(store), *unreadable(store)]
    return sorted(found, key=lambda one: (-one.at_ms, one.ref))[:limit]


def of_case(store: Store, case: Case) -> list[Ref]:
    """The acts of this device on one case that have no effect and that nobody has seen to."""
    own = set(store.journal.lives_of(store.device))
    settled = {store.journal.ref(*pair) for pair in store.database.rows(_SETTLED)}
    return [
        one.ref for one in case.out_of_place if one.ref.device in own and one.ref not in settled
    ]


def refused_of(store: Store, subject: Ref) -> list[Repair]:
    """What the centre refused of one case, and nobody has seen to."""
    return [one for one in refused(store) if _subject_of(store, one.ref) == subject]


def _subject_of(store: Store, ref: Ref) -> Ref | None:
    entry = store.journal.one(ref)
    return None if entry is None else entry.subject


def counts(store: Store) -> dict[TaskKind, int]:
    """How many there are of each kind."""
    (refused,) = store.database.row(f"SELECT count(*) FROM ({_REFUSED})")
    (unreadable,) = store.database.row(f"SELECT count(*) FROM ({_WAITING})")
    return {
        TaskKind.REFUSED: refused,
        TaskKind.OUT_OF_PLACE: len(_overtaken(store)) + unreadable,
    }


def unreadable(store: Store) -> list[Repair]:
    """Requests of this station or another that nobody sees in any list, as something that they name has not come."""
    found = []
    for device, seq, missing in store.database.rows(_WAITING):
        code = f"no_{missing}" if missing in _NOT_COME else missing
        ref = store.journal.ref(device, seq)
        found.append(_repair(store, ref, TaskKind.OUT_OF_PLACE, code, {}, None))
    return found


def settle(
    store: Store, ref: Ref, how: How = How.DONE, *, reason: str = "", by: str = "", number: str = ""
) -> None:
    """Somebody has seen to it: the entry stays as it is, and waits for nobody any more.

    With what the centre refused goes what was refused with it in the same matter, since it followed it.
    """
    with store.changing():
        store.database.run_many(
            "INSERT OR REPLACE INTO settled (device, seq, at_ms, how, reason, by_whom, number) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (*store.journal.pair(one), store.wall(), how.value, reason, by, number)
                for one in (ref, *_followers(store, ref))
            ],
        )


def withdraw(store: Store, ref: Ref, reason: str, *, by: OperatorCard) -> None:
    """What was refused is not pursued, and why; the entry stays as it is. Raises NoReasonToWithdraw, NotRefused."""
    told = plain(reason)
    if not told:
        raise NoReasonToWithdraw
    if ref not in {one.ref for one in refused(store)}:
        raise NotRefused(entry=str(ref))
    settle(store, ref, How.WITHDRAWN, reason=told, by=by.name)


def seen_to(store: Store, days: int = SHOWN_DAYS) -> list[Settled]:
    """What somebody has seen to lately, the last first; what only followed something else is left out."""
    rows = store.database.rows(
        "SELECT device, seq, at_ms, how, reason, by_whom, number FROM settled WHERE at_ms > ? "
        "ORDER BY at_ms DESC, device, seq DESC",
        (store.wall() - days * _DAY_MS,),
    )
    verdicts = {
        store.journal.ref(device, seq): code
        for device, seq, code in store.database.rows("SELECT device, seq, code FROM verdict")
    }
    found = []
    for device, seq, at_ms, how, reason, by, number in rows:
        ref = store.journal.ref(device, seq)
        code = verdicts.get(ref, "")
        task = TaskKind.REFUSED if code else TaskKind.OUT_OF_PLACE
        if code != _FOLLOWS:
            new = store.rows.where("local_number = ?", (number,), limit=1) if number else []
            found.append(
                Settled(
                    repair=_repair(store, ref, task, code, {}, None),
                    at_ms=at_ms,
                    how=How(how),
                    reason=reason,
                    by=by,
                    number=number,
                    case=new[0].subject if new else None,
                )
            )
    return found


def refused_registration(store: Store, named: str) -> tuple[Ref, CaseRegistered]:
    """A registration of this station that the centre refused, by its entry or its number. Raises NotRefused.

    One that was registered again has become another case; one that was withdrawn may still be taken up again.
    """
    for one in _registrations(store):
        ref, body = one
        number = LocalNumber(body.station, body.received_on, body.slot, body.running)
        if named.strip() in (str(ref), number.text):
            return one
    raise NotRefused(entry=named)


def _registrations(store: Store) -> Iterator[tuple[Ref, CaseRegistered]]:
    rows = store.database.rows(
        "SELECT device, seq FROM verdict WHERE (device, seq) NOT IN "
        "(SELECT device, seq FROM settled WHERE how = ?)",
        (How.REPLACED.value,),
    )
    for pair in rows:
        ref = store.journal.ref(*pair)
        body = _registered(store.journal.one(ref))
        if body is not None:
            yield ref, body


def _followers(store: Store, ref: Ref) -> list[Ref]:
    """What was refused because it followed this one, in the same matter."""
    entry = store.journal.one(ref)
    if entry is None:
        return []
    rows = store.database.rows(
        "SELECT device, seq FROM verdict JOIN entry USING (device, seq) "
        "WHERE code = ? AND (subject_device, subject_seq) = (?, ?) AND device = ? AND seq > ?",
        (_FOLLOWS, *store.journal.pair(entry.subject), *store.journal.pair(ref)),
    )
    return [store.journal.ref(*row) for row in rows]


def refused(store: Store) -> list[Repair]:
    """What the centre refused, and nobody has seen to."""
    found = []
    for device, seq, code, facts in store.database.rows(_REFUSED):
        ref = store.journal.ref(device, seq)
        told = msgspec.json.decode(facts, type=dict[str, str | int])
        found.append(_repair(store, ref, TaskKind.REFUSED, code, told, None))
    return found


def _out_of_place(store: Store) -> list[Repair]:
    found = []
    for ref, row in _overtaken(store).items():
        case = store.case(row.subject)
        for misfit in case.out_of_place if isinstance(case, Case) else ():
            if misfit.ref == ref:
                facts: dict[str, str | int] = {
                    "act": misfit.kind.rpartition(".")[2],
                    "state": misfit.state.value,
                }
                found.append(_repair(store, ref, TaskKind.OUT_OF_PLACE, misfit.code, facts, row))
    return found


def _overtaken(store: Store) -> dict[Ref, CaseRow]:
    """Acts of this device without effect that nobody has seen to, each with its case."""
    settled = {store.journal.ref(*pair) for pair in store.database.rows(_SETTLED)}
    own = set(store.journal.lives_of(store.device))
    rows = store.rows.where("out_of_place > 0", limit=-1)
    return {
        ref: row for row in rows for ref in row.misfits if ref.device in own and ref not in settled
    }


def _repair(
    store: Store,
    ref: Ref,
    task: TaskKind,
    code: str,
    facts: dict[str, str | int],
    row: CaseRow | None,
) -> Repair:
    entry = store.journal.one(ref)
    if row is None and entry is not None:
        row = store.rows.by_subject(entry.subject)
    applicant, item, number = _whose(store, entry, row)
    return Repair(
        ref=ref,
        task=task,
        kind=entry.kind if entry else "",
        code=code,
        facts=facts,
        at_ms=clock.wall_ms(entry.clock) if entry else 0,
        operator=_name(store.publications, entry),
        row=row,
        applicant=applicant,
        item=item,
        local_number=number,
    )


def _whose(store: Store, entry: Entry | None, row: CaseRow | None) -> tuple[str, str, str]:
    """The applicant, the item's name and the local number: of the case, or of the registration as it was written."""
    publications = store.publications
    if row is not None:
        name = _item_name(publications, row.item, row.item_version)
        return row.applicant, name, row.local_number
    opening = store.journal.one(entry.subject) if entry else None
    told = _registered(opening)
    if told is None:
        return "", "", ""
    number = LocalNumber(told.station, told.received_on, told.slot, told.running)
    return (
        told.parties[0].name,
        _item_name(publications, told.item, told.item_version),
        number.text,
    )


def _registered(entry: Entry | None) -> CaseRegistered | None:
    if entry is None or entry.body is None or entry.kind != "case.registered":
        return None
    try:
        body = events.decode_body(entry.kind, entry.version, entry.body)
    except (DaibanError, IndexError):
        return None
    return body if isinstance(body, CaseRegistered) and body.parties else None


def _item_name(publications: Publications, item: str, version: int) -> str:
    try:
        return publications.item(item, version).name
    except DaibanError:
        return item


def _name(publications: Publications, entry: Entry | None) -> str:
    card = publications.operators.get(entry.actor) if entry and entry.actor else None
    return card.name if card else ""
