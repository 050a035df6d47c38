"""Between the stores of a practice district, on one machine: what an exchange through a centre would bring."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.domain.regions import RegionCode
from app.journal import entry as entries
from app.store import exchange, intake
from app.store.exchange import Incoming, Run
from app.store.journal import is_publication
from app.store.store import Store

_ALL_OF_THEM: Final = 1_000_000


def relay(stores: Sequence[Store]) -> int:
    """Everybody learns what concerns them. Returns how many entries were new to somebody.

    Whoever is killed in between begins again: what is there already changes nothing.
    """
    # The district first: from it everybody knows who is under whom.
    sources = sorted(stores, key=lambda store: -store.certificate.tier)
    new = sum(_carry(one, other) for one in sources for other in stores if one is not other)
    for store in stores:
        store.remember("accepted", store.head().seq.to_bytes(8, "big"))
    return new


def _carry(source: Store, target: Store) -> int:
    noted = f"practice heard {source.device.hex()}"
    heard = int.from_bytes(target.recall(noted) or b"", "big")
    wires = source.journal.wires(source.device, heard + 1, _ALL_OF_THEM)
    if not wires:
        return 0
    runs: list[Run] = [
        (source.device, seq, [wire])
        for seq, wire in enumerate(wires, heard + 1)
        if _concerns(source, target, seq, wire)
    ]
    new = intake.take_in(
        target,
        Incoming(
            accepted_seq=exchange.accepted_through(target),
            accepted_digest=b"",
            verdicts=[],
            runs=runs,
            cursor=b"",
            centre_ms=target.wall(),
        ),
    )
    target.remember(noted, (heard + len(wires)).to_bytes(8, "big"))
    return new


def _concerns(source: Store, target: Store, seq: int, wire: bytes) -> bool:
    """Entries of one's own region and those below it, and every publication, as the centre hands them on."""
    one = entries.read(wire, device=source.device, seq=seq, lineage={})
    tree, region = source.publications.tree, RegionCode(one.region)
    return is_publication(one.kind) or tree.under(region, target.region)
