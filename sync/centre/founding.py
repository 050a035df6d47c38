"""A new district: its keys, its first row, and what it publishes before anybody enrols."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Final

import resources
from app.domain.calendar import packaged_years
from app.domain.catalogue import read_catalogue
from app.domain.events import (
    Body,
    CalendarPublished,
    CatalogueNotesPublished,
    ItemPublished,
    RegionsPublished,
)
from app.domain.regions import Region, RegionTree, station_name
from sync.centre import audit, publishing
from sync.centre.authority import Authority
from sync.centre.ledger import Ledger

_FIRST_YEAR: Final = 2004  # the packaged table's: old cases are counted by it too
_EPOCH_SIZE: Final = 8


def found(ledger: Ledger, place: Region, tree: RegionTree, url: str, now_ms: int) -> None:
    """Make a ledger that of the district `place`, with the packaged catalogue and calendars. Raises BadCatalogue."""
    bodies = _publications(tree)
    with ledger.writing():
        ledger.found(place.code, url, secrets.token_bytes(_EPOCH_SIZE))
        audit.note(ledger, audit.Act.FOUNDED, {"region": place.code, "url": url}, now_ms)
        authority = Authority.found(ledger, place.code)
        publishing.begin_own_life(ledger, authority, station_name(place), now_ms)
        publishing.publish(ledger, bodies, now_ms)
        publishing.announce(ledger, ledger.own, now_ms)


def _publications(tree: RegionTree) -> list[Body]:
    catalogue = read_catalogue(resources.read_bytes("catalogue/items.json"))
    notes = CatalogueNotesPublished(
        not_issued_here=catalogue.not_issued_here, retired_terms=catalogue.retired_terms
    )
    return [
        RegionsPublished(regions=tree.rows),
        *(CalendarPublished(year=year) for year in packaged_years(_FIRST_YEAR, date.max.year)),
        *(ItemPublished(item=item) for item in catalogue.items),
        notes,
    ]
