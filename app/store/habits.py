"""What a station has been doing lately, as its rows tell."""

from __future__ import annotations

from app.domain.regions import RegionCode
from app.store.store import Store

_LATELY = 1000
"""Cases, of whatever station: the newest rows lie together, so this is quick in a store of any size."""


def items_lately(store: Store, station: RegionCode) -> dict[str, int]:
    """How often each item was registered at a station among the newest cases."""
    return dict(
        store.database.rows(
            "SELECT item, count(*) FROM "
            "(SELECT item, station FROM case_row ORDER BY n DESC LIMIT ?) "
            "WHERE station = ? GROUP BY item",
            (_LATELY, station),
        )
    )
