"""Forms that are not finished: rows of this computer, each its operator's own, never entries of the journal."""

from __future__ import annotations

from collections.abc import Collection

from app.domain.names import plain
from app.domain.staff import OperatorCard
from app.errors import Refused
from app.store import drafts
from app.store.drafts import Draft
from app.store.store import Store


class DraftGone(Refused):
    """The draft was registered or thrown away meanwhile, or is somebody else's."""

    code = "draft_gone"


def keep(
    store: Store,
    by: OperatorCard,
    form: bytes,
    *,
    title: str,
    n: int | None = None,
    sheets: Collection[bytes] = (),
) -> int:
    """Put a form on the disk, in place of the draft `n` if there is one; its number. Raises DraftGone.

    A draft that is gone is not made again: a form that has just been registered would come back with a late saving.
    `sheets` are the digests of the scans that the form names now: their images stay as long as it does.
    """
    with store.changing():
        if n is None:
            n = drafts.add(store, by.ref, plain(title), form)
        elif not drafts.replace(store, by.ref, n, plain(title), form):
            raise DraftGone
        drafts.note_sheets(store, n, sheets)
        return n


def of_operator(store: Store, by: OperatorCard) -> list[Draft]:
    """The drafts of one operator, the last saved first."""
    return drafts.of(store, by.ref)


def discard(store: Store, n: int) -> None:
    """Throw a draft away; one that is gone already is gone."""
    with store.changing():
        drafts.remove(store, n)


def finish(store: Store, n: int) -> None:
    """Remove a draft because it becomes an entry; inside the transaction of that. Raises DraftGone."""
    if not drafts.remove(store, n):
        raise DraftGone
