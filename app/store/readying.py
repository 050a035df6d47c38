"""What of an answer is made ready before the store is taken for it: entries read, new cases told, their rows drafted.

Nothing here touches the database, so it is done beside while the batch before is being written.
What it was made from is said with it: where that has changed meanwhile, it is made again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from app.domain import events
from app.domain.case import Case
from app.domain.history import replay
from app.domain.publications import Publications
from app.domain.tombstone import DESTROYED
from app.journal import certificate
from app.journal import entry as entries
from app.journal.entry import Entry
from app.journal.refs import Continuation, DeviceId, Lineage, Ref
from app.store.journal import is_publication
from app.store.row_drafts import RowDraft, draft

_NOTED_APART: Final = frozenset({DESTROYED, "attachment.added"})
"""Kinds by which the store does more than to tell a case anew: it looks at each of them when it is taken."""

Piece = tuple[DeviceId, int, bytes]
"""An entry's device, its number and its bytes."""


class Told(msgspec.Struct, frozen=True, gc=False):
    """A case as all its entries tell it, and what its rows are to say."""

    case: Case
    draft: RowDraft


class Ready(msgspec.Struct, frozen=True, kw_only=True):
    """One batch, read by this `lineage`. `begun` holds the subjects that begin in it with all that it says of them.

    `told` are cases among them, by these `publications` and as long as the centre refused none of their entries.
    `lives` are those that continue others, by certificates in it.
    """

    came: Sequence[Entry]
    lineage: Lineage
    begun: Mapping[Ref, list[Entry]]
    lives: Mapping[DeviceId, Continuation]
    publications: Publications
    told: Mapping[Ref, Told]

    @property
    def is_whole(self) -> bool:
        """Whether little is left to be done while the store is taken."""
        return len(self.told) == len(self.begun) and sum(map(len, self.begun.values())) == len(
            self.came
        )


def ready(
    batch: Sequence[Piece], lineage: Lineage, publications: Publications, district_public: bytes
) -> Ready:
    """Read a batch, and tell what begins in it. Raises BadEntry, BadBody, BadCertificate."""
    came: list[Entry] = []
    lives: dict[DeviceId, Continuation] = {}
    known = lineage
    for device, seq, wire in batch:
        one = entries.read(wire, device=device, seq=seq, lineage=known)
        came.append(one)
        if one.kind == "device.certified":
            life = _life(one, district_public)
            if life is not None:
                lives[life[0]] = life[1]
                known = {**lineage, **lives}
    begun: dict[Ref, list[Entry]] = {one.ref: [] for one in came if one.opens}
    published = False
    for one in came:
        if one.subject in begun:
            begun[one.subject].append(one)
        published = published or is_publication(one.kind)
    return Ready(
        came=came,
        lineage=lineage,
        begun=begun,
        lives=lives,
        publications=publications,
        told={} if published else _told(begun, publications),
    )


def _life(certified: Entry, district_public: bytes) -> tuple[DeviceId, Continuation] | None:
    """Which life a certified device continues, if it does."""
    if certified.body is None or not events.is_known(certified.kind, certified.version):
        return None
    body = events.decode_body(certified.kind, certified.version, certified.body)
    assert isinstance(body, events.DeviceCertified)
    known = certificate.opened(body.certificate, district_public)
    return None if known.continues is None else (known.device, known.continues)


def _told(begun: Mapping[Ref, list[Entry]], publications: Publications) -> dict[Ref, Told]:
    told: dict[Ref, Told] = {}
    for subject, every in begun.items():
        if len(every) > 1 and not _NOTED_APART.isdisjoint([one.kind for one in every]):
            continue
        case = replay(every, publications)
        if isinstance(case, Case):
            told[subject] = Told(case, draft(case, publications))
    return told
