"""What becomes of a case, settled when it is taken in: so every path is walked, from the same seed the same way."""

from __future__ import annotations

from enum import StrEnum
from random import Random
from typing import Final


class Fate(StrEnum):
    """The turn a case takes that an ordinary one does not."""

    ORDINARY = "ordinary"
    REJECTED = "rejected"
    REFUSED = "refused"
    SUPPLEMENTED = "supplemented"
    ASKED_TWICE = "asked_twice"
    LAPSED = "lapsed"
    WRONG_AUTHORITY = "wrong_authority"
    DEFECTIVE = "defective"
    SILENT = "silent"
    PAUSED = "paused"
    EXTENDED = "extended"
    SENT_DOWN = "sent_down"
    OUTSIDE = "outside"
    JOINT = "joint"
    WITHDRAWN = "withdrawn"
    VOIDED = "voided"
    CORRECTED = "corrected"
    HANDED_OVER = "handed_over"
    ORIGINALS = "originals"
    POSTED = "posted"
    LEFT = "left"
    UNHAPPY = "unhappy"
    FORGOTTEN = "forgotten"
    TWICE = "twice"


_WEIGHTS: Final = {
    Fate.ORDINARY: 44,
    Fate.REJECTED: 4,
    Fate.REFUSED: 3,
    Fate.SUPPLEMENTED: 8,
    Fate.ASKED_TWICE: 2,
    Fate.LAPSED: 2,
    Fate.WRONG_AUTHORITY: 2,
    Fate.DEFECTIVE: 3,
    Fate.SILENT: 2,
    Fate.PAUSED: 2,
    Fate.EXTENDED: 2,
    Fate.SENT_DOWN: 2,
    Fate.OUTSIDE: 2,
    Fate.JOINT: 2,
    Fate.WITHDRAWN: 2,
    Fate.VOIDED: 1,
    Fate.CORRECTED: 3,
    Fate.HANDED_OVER: 2,
    Fate.ORIGINALS: 3,
    Fate.POSTED: 2,
    Fate.LEFT: 1,
    Fate.UNHAPPY: 3,
    Fate.FORGOTTEN: 3,
    Fate.TWICE: 2,
}


def drawn(random: Random) -> Fate:
    return random.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]
