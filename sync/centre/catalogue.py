"""A version of an item is judged by what it says: whole, readable, and the only one of its number.

A published version is never changed, since cases stand on it. Two stations of the district that publish
the same next version without knowing of each other would change it after all, unseen by the first.
The centre is the one place that both pass, so the one that comes first stands, and the second is given back.
"""

from __future__ import annotations

from typing import Final

from app.domain.events import BadBody, ItemPublished, decode_body, is_known
from app.domain.items import missing_disclosures
from app.journal.entry import Entry
from sync.centre.devices import Devices
from sync.centre.ledger import Ledger
from sync.centre.published import lineage_of, published

INCOMPLETE: Final = "item_incomplete"
TAKEN: Final = "item_version_taken"
_ITEM: Final = "item.published"


def is_item(entry: Entry) -> bool:
    """Whether it publishes a version of an item."""
    return entry.kind == _ITEM and is_known(entry.kind, entry.version)


class Catalogue:
    """What is published, read from the ledger when an item comes, which it rarely does."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._taken: set[tuple[str, int]] | None = None

    def fault(self, entry: Entry) -> str | None:
        """Why this version may not be published; one that may is taken from now on."""
        if entry.body is None:  # its author has erased it: there is nothing to publish
            return BadBody.code
        try:
            body = decode_body(entry.kind, entry.version, entry.body)
        except BadBody as error:
            return error.code
        assert isinstance(body, ItemPublished)
        if missing_disclosures(body.item):
            return INCOMPLETE
        version = (body.item.id, body.item.version)
        taken = self._versions()
        if version in taken:
            return TAKEN
        taken.add(version)
        return None

    def _versions(self) -> set[tuple[str, int]]:
        if self._taken is None:
            lineage = lineage_of(Devices(self._ledger.database))
            every = published(self._ledger, lineage).items.values()
            self._taken = {(one.id, one.version) for versions in every for one in versions}
        return self._taken
