"""空白收件回执: numbered receipts printed ahead, to be filled in by hand on days without power.

A block of numbers is used up when its pages could be drawn. The pages are kept as they were printed.
They bear no QR code: a code vouches for what is written, and here nothing is written yet.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec

from app.domain.events import ReceiptsReserved, Role, pages_digest
from app.domain.numbers import DocumentNumber
from app.domain.papers import BlankReceipts
from app.domain.publications import ReservedReceipts
from app.domain.rules import NotPermitted
from app.domain.staff import OperatorCard
from app.errors import Refused
from app.journal.refs import Ref
from app.store import paper_copies
from app.store.store import Store
from app.usecases import district_settings
from app.usecases.offices import short_name
from app.usecases.papers import PaperCopyDamaged
from app.usecases.today import today

MOST = 100
"""Receipts in a block: two hundred sheets, what a cheap printer's tray holds."""

_WORD = "空收"
_LARGEST = 999_999_999
_LONGEST = 100  # signs of a word and a slot
_MAY = frozenset({Role.AGENT, Role.CLERK, Role.HEAD})


class BadCount(Refused):
    """A block is of one receipt to `most` (facts: count, most)."""

    code = "bad_receipt_count"


class NoSuchBlock(Refused):
    """No block of this station was printed by that entry."""

    code = "no_such_block"


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers that were printed, from the first to the last, when and by whom."""

    entry: Ref
    first: str
    last: str
    count: int
    on: date
    operator: str


class Reserved(msgspec.Struct, frozen=True, kw_only=True):
    block: Block
    pdf: bytes


def reserve(
    store: Store, count: int, *, by: OperatorCard, render: Callable[[BlankReceipts], bytes]
) -> Reserved:
    """Use up `count` numbers for receipts with nothing on them. Raises BadCount, NotPermitted."""
    if not 1 <= count <= MOST:
        raise BadCount(count=count, most=MOST)
    if not _MAY & set(by.roles):
        raise NotPermitted(act="reserve_receipts", why="role", roles=" ".join(sorted(_MAY)))
    with store.writing() as tx:
        day, slot = today(store), store.certificate.slot_text
        body = ReceiptsReserved(
            word=f"{short_name(store)}{_WORD}", year=day.year, slot=slot, first=0, last=0, on=day
        )
        running = [tx.running_number(body.series) for _ in range(count)]
        body = msgspec.structs.replace(body, first=running[0], last=running[-1])
        pdf = render(_facts(store, body))
        entry = tx.publish(msgspec.structs.replace(body, digest=pages_digest(pdf)), by=by.ref)
        paper_copies.keep(store, entry.ref, pdf)
    return Reserved(block=_block(entry.ref, body, by.name), pdf=pdf)


def blocks(store: Store) -> list[Block]:
    """What this station has printed, the newest first."""
    operators = store.publications.operators
    found = [
        _block(
            one.ref,
            one.told,
            operators[one.actor].name if one.actor in operators else "",
        )
        for one in _of_this_station(store)
    ]
    return found[::-1]


def pages(store: Store, entry: Ref) -> bytes | None:
    """A block's pages as they were printed; None if another computer has them.

    Raises NoSuchBlock, PaperCopyDamaged.
    """
    for one in _of_this_station(store):
        if one.ref == entry:
            pdf = paper_copies.kept(store, entry)
            if pdf is not None and not one.told.is_of(pdf):
                raise PaperCopyDamaged
            return pdf
    raise NoSuchBlock


def kept_pages(store: Store, entry: Ref) -> bytes:
    """The same, where they are here. Raises NoSuchBlock, PaperCopyDamaged."""
    pdf = pages(store, entry)
    if pdf is None:
        raise NoSuchBlock
    return pdf


def _of_this_station(store: Store) -> list[ReservedReceipts]:
    """The oldest first; without what no program of ours reserves."""
    return [
        one
        for one in store.publications.reserved
        if one.region == store.region and _is_possible(one.told)
    ]


def _is_possible(body: ReceiptsReserved) -> bool:
    is_block = 1 <= body.first <= body.last < body.first + MOST
    return is_block and body.last <= _LARGEST and len(body.word + body.slot) <= _LONGEST


def _facts(store: Store, body: ReceiptsReserved) -> BlankReceipts:
    settings = district_settings.current(store)
    return BlankReceipts(
        numbers=tuple(_number(body, n) for n in range(body.first, body.last + 1)),
        issuer=store.certificate.station,
        reserved_on=body.on,
        window_phone=settings.window_phone,
        supervision_phone=settings.supervision_phone,
        practice=store.certificate.is_practice,
    )


def _block(entry: Ref, body: ReceiptsReserved, operator: str) -> Block:
    return Block(
        entry=entry,
        first=_number(body, body.first),
        last=_number(body, body.last),
        count=body.last - body.first + 1,
        on=body.on,
        operator=operator,
    )


def _number(body: ReceiptsReserved, running: int) -> str:
    return DocumentNumber(body.word, body.slot, body.year, running).text
