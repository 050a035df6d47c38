"""What a data folder holds, as far as it can be told before anybody has given a password."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_STORE: Final = "daiban.db"


def seems_enrolled(data: Path) -> bool:
    """A first glance, without loading what opens stores: a login page can be painted meanwhile."""
    return (data / _STORE).exists()


def make_private(data: Path) -> None:
    """Make the folder its owner's only, if there is nothing in it yet. Raises OSError."""
    if data.is_dir() and any(data.iterdir()):
        return
    from app.store import opening

    opening.private_folder(data)


def people_in(data: Path) -> list[str] | None:
    """Whose password opens the store there; None where there is none yet. Off the GUI thread.

    Raises CentreHere, KeysLost, DamagedSlots.
    """
    from app.store import opening, swap
    from app.usecases import operators
    from app.usecases.enrolment import CentreHere

    swap.finish(data)
    if opening.holds_centre(data):
        raise CentreHere(folder=str(data))
    if not (data / opening.FILE).exists():
        return None
    return operators.can_unlock(data)
