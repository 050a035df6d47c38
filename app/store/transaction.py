"""What somebody who acts may do inside one write transaction: read a case, append an entry, use up a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain import events, rules
from app.domain.case import Case
from app.domain.events import Body
from app.domain.regions import RegionCode, Tier
from app.domain.staff import OperatorCard
from app.errors import Refused
from app.journal import chain, entry
from app.journal.entry import MAX_HEADS, Draft, Entry
from app.journal.refs import Ref
from app.store import sheet_rows

if TYPE_CHECKING:
    from app.store.store import Head, Store


class NeedsUpgrade(Refused):
    """A newer program wrote something on this case; acts on it wait for the upgrade (fact: number)."""

    code = "needs_upgrade"


class LifeChanged(Refused):
    """Another process began a new life of this device just now; the same act works when it is tried again."""

    code = "life_changed"


class CaseUnreadable(Refused):
    """A case that waits for something that has not come down yet (fact: missing)."""

    code = "case_unreadable"


class Transaction:
    """What may be done inside `Store.writing`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def case(self, subject: Ref) -> Case:
        """Raises CaseUnreadable, NeedsUpgrade."""
        found = self._store.case(subject)
        if not isinstance(found, Case):
            raise CaseUnreadable(missing=found.missing if found else "refused")
        need_whole(found)
        return found

    def record(
        self, body: Body, *, by: OperatorCard, case: Case | None = None, region: str | None = None
    ) -> Case:
        """Write what somebody did to a case (or the entry that opens one), with its rows and its search text.

        Raises what `app.domain.rules.after` raises; then nothing is written.
        """
        store = self._store
        head = store.head()
        place = RegionCode(region or (case.region if case else store.region))
        setting = setting_at(store, place, by, Ref(store.device, head.seq + 1))
        rules.may_write(case, body, setting)
        changed = rules.after(case, body, setting)
        self._append(
            body,
            head,
            at=setting.at,
            by=by.ref,
            subject=case.subject if case else None,
            after=case.heads[-MAX_HEADS:] if case else (),
            region=setting.region,
        )
        if case is not None and len(case.heads) > MAX_HEADS:
            changed = self.case(case.subject)  # what was left unnamed is still a head
        store.rows.save([changed], store.publications, new=() if case else (changed.subject,))
        return changed

    def note_look(self, body: Body, *, by: OperatorCard, case: Case) -> None:
        """Write that somebody looked at a case: it fits whatever stands there, and changes nothing.

        Raises NotPermitted.
        """
        store = self._store
        head = store.head()
        setting = setting_at(store, case.region, by, Ref(store.device, head.seq + 1))
        rules.may_write(case, body, setting)
        self._append(
            body,
            head,
            at=setting.at,
            by=by.ref,
            subject=case.subject,
            after=case.heads[-MAX_HEADS:],
            region=case.region,
        )

    def publish(
        self, body: Body, *, by: Ref | None, subject: Ref | None = None, after: tuple[Ref, ...] = ()
    ) -> Entry:
        """Write a publication of one's own region."""
        store = self._store
        written = self._append(
            body,
            store.head(),
            at=store.next_clock(),
            by=by,
            subject=subject,
            after=after,
            region=store.region,
        )
        store.note_publication()
        return written

    def running_number(self, series: str) -> int:
        """The next number of a series in this device's slot; it is used up if the transaction succeeds."""
        (last,) = self._store.database.row(
            "INSERT INTO running (series, slot, last) VALUES (?, ?, 1) "
            "ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last",
            (series, self._store.certificate.slot_text),
        )
        return int(last)

    def _append(
        self,
        body: Body,
        head: Head,
        *,
        at: int,
        by: Ref | None,
        subject: Ref | None,
        after: tuple[Ref, ...],
        region: str,
    ) -> Entry:
        store = self._store
        kind, version = events.name_of(body)
        written = entry.write(
            Draft(
                kind=kind,
                version=version,
                region=region,
                body=events.encode_body(body),
                actor=by,
                subject=subject,
                after=after,
            ),
            device=store.device,
            seq=head.seq + 1,
            clock=at,
            lineage=store.journal.lineage,
        )
        store.journal.add([(written, chain.link(head.digest, written), False)])
        if isinstance(body, events.AttachmentAdded):
            sheet_rows.note(store, [written])
            if not store.certificate.is_practice:  # nothing of which is ever sent
                sheet_rows.note_own(store, body.sheets)
        return written


_MAY_NEVER_COME = frozenset({"entry", "operator", "item"})
"""What an entry may name that nobody ever wrote: then the case would wait for ever, and people with it.

When it comes after all, what waited for it takes its place, as whatever else was written elsewhere at that time.
"""


def need_whole(case: Case) -> None:
    """Acts wait while some of a case cannot be read here. Raises CaseUnreadable, NeedsUpgrade."""
    if case.waits_for and case.waits_for not in _MAY_NEVER_COME:
        raise CaseUnreadable(missing=case.waits_for)
    if case.needs_upgrade:
        raise NeedsUpgrade(number=case.local_number.text)


def setting_at(store: Store, region: RegionCode, by: OperatorCard, ref: Ref) -> rules.Setting:
    """What the rules look at when this person writes here, as entry `ref`, about something of that region."""
    at = store.next_clock()
    return rules.Setting(
        ref=ref,
        region=region,
        writer=rules.writer_at(
            store.publications, store.region, Tier(store.certificate.tier), by.ref, at
        ),
        publications=store.publications,
        at=at,
    )
