"""What keeps a practice store apart from every real one.

It is marked three times, and whoever opens it looks at all of them:

1. The certificate of its device is of a life that no centre gives (`LX`), so every number written there says so,
   and it is signed by an authority that was thrown away when the store was made.
2. The database says so itself, so another identity does not turn it into a real one.
3. It stands in the folder `practice` inside a station's, and opens nowhere else.

Nothing of it is ever handed out to be sent (`refuse`), and it knows no centre's address.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.errors import Refused

if TYPE_CHECKING:
    from app.journal.certificate import Certificate
    from app.store.database import Database

FOLDER: Final = "practice"
_STORE: Final = "daiban.db"
_MARK: Final = "practice"
_SEATS: Final = 1
"""Folders of the other tiers' stores stand so deep inside."""


class NotInPractice(Refused):
    """What only the real store may do: exchange, enrol (fact: why)."""

    code = "not_in_practice"


class PracticeMixed(Refused):
    """A practice database under a real identity, or the other way round; or one in a place of the other's."""

    code = "practice_mixed"


def place_of(folder: Path) -> Path:
    """Where the practice store of the station in `folder` stands; that place's own place is itself."""
    return folder if is_place(folder) else folder / FOLDER


def home_of(folder: Path) -> Path:
    """The real station's folder, whichever of the two is meant."""
    return folder.parent if is_place(folder) else folder


def is_place(folder: Path) -> bool:
    """Whether only a practice store may stand there."""
    whole = folder.resolve()
    return any(
        one.name == FOLDER and (one.parent / _STORE).exists()
        for one in (whole, *whole.parents[:_SEATS])
    )


def key_under(key: bytes, seat: str) -> bytes:
    """The database key of a practice store, from the one that it stands under: there is no way back."""
    # OpenSSL comes with it: who only asks where practice stands, as a login page does, need not wait for that.
    import hmac
    from hashlib import sha256

    return hmac.digest(key, f"daiban practice key 1\x00{seat}".encode(), sha256)


def refuse(what: str, certificate: Certificate, database: Database) -> None:
    """Raises NotInPractice if either of them is of practice."""
    if certificate.is_practice or is_marked(database):
        raise NotInPractice(why=what)


def is_marked(database: Database) -> bool:
    return database.row("SELECT 1 FROM setting WHERE name = ?", (_MARK,)) is not None


def mark(database: Database) -> None:
    """For good: nothing takes it away."""
    database.run("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (_MARK, b"1"))


def check(database: Database, certificate: Certificate | None) -> None:
    """Whether a database that was used before is that of such an identity. Raises PracticeMixed."""
    if is_marked(database) != (certificate is not None and certificate.is_practice):
        raise PracticeMixed


def check_place(folder: Path, certificate: Certificate | None) -> None:
    """Raises PracticeMixed."""
    if is_place(folder) != (certificate is not None and certificate.is_practice):
        raise PracticeMixed(folder=str(folder))
