"""A newer program reads again what an older one kept without knowing its kind."""

from __future__ import annotations

from hashlib import sha256

from app.domain.events import KINDS
from app.store import likeness, rows, search
from app.store.rebuild import rebuild
from app.store.store import Store

_KINDS = "kinds"
_AT_A_TIME = 2000


def learn(store: Store) -> bool:
    """Sort the journal anew and rebuild its rows, if this program knows other kinds than the last one here did."""
    known = fingerprint()
    last = store.recall(_KINDS)
    if last == known:
        return False
    with store.changing():
        if last is not None:
            store.journal.sort_publications(_AT_A_TIME)
            rebuild(store)
        store.remember(_KINDS, known)
    return last is not None


def fingerprint() -> bytes:
    """Changes with every kind and version that is added, with what is a publication, and with what rows hold."""
    words = [
        f"{kind} {len(rule.bodies)} {rule.publication}" for kind, rule in sorted(KINDS.items())
    ]
    made = [f"terms {search.TERMS}", f"rows {rows.ROWS}", f"keys {likeness.KEYS}"]
    return sha256("\n".join([*words, *made]).encode()).digest()
