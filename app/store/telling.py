"""Cases told from their entries, and what their rows say: nothing here touches a database, so any process can do it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from app.domain.case import Case
from app.domain.events import KINDS
from app.domain.history import replay
from app.domain.publications import Publications
from app.domain.tombstone import DESTROYED
from app.journal import entry as entries
from app.journal.entry import Entry
from app.journal.refs import DeviceId, Lineage, Ref
from app.store.row_drafts import RowDraft, draft

Piece = tuple[int, int, bytes]
"""A device's number in this store, an entry's number, and its bytes."""


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What cases are told by: devices by their numbers in the store, and which entries the centre refused."""

    devices: Mapping[int, DeviceId]
    lineage: Lineage
    publications: Publications
    refused: frozenset[Ref]


class Told(msgspec.Struct, frozen=True, array_like=True):
    """`apart` are subjects that only the store itself can read: destroyed ones, and those that tell no case yet."""

    drafts: Sequence[RowDraft]
    apart: Sequence[Ref]


_encode: Final = msgspec.msgpack.Encoder().encode
_decode_pieces: Final = msgspec.msgpack.Decoder(list[Piece]).decode
_decode_told: Final = msgspec.msgpack.Decoder(Told).decode


def tell(pieces: Iterable[Piece], known: Known) -> Told:
    """`pieces` are all the entries of some cases. Raises BadEntry."""
    about: dict[Ref, list[Entry]] = {}
    for number, seq, wire in pieces:
        device = known.devices.get(number)
        if device is None:  # it has come meanwhile, and what is told here of its case is not taken
            continue
        one = entries.read(wire, device=device, seq=seq, lineage=known.lineage)
        about.setdefault(one.subject, []).append(one)
    drafts: list[RowDraft] = []
    apart: list[Ref] = []
    for subject, every in about.items():
        case = None if _is_apart(every) else replay(every, known.publications, known.refused)
        if isinstance(case, Case):
            drafts.append(draft(case, known.publications))
        else:
            apart.append(subject)
    return Told(drafts, apart)


def tell_packed(pieces: bytes, known: Known) -> bytes:
    """The same for whoever is asked by another process."""
    return _encode(tell(_decode_pieces(pieces), known))


def packed(pieces: Sequence[Piece]) -> bytes:
    return _encode(pieces)


def told_by(answer: bytes) -> Told:
    return _decode_told(answer)


def _is_apart(every: Sequence[Entry]) -> bool:
    return any(
        one.kind == DESTROYED or (one.opens and one.kind in KINDS and KINDS[one.kind].publication)
        for one in every
    )
