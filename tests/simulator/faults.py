"""What can go wrong, and how often it did."""

from __future__ import annotations

from collections import Counter
from enum import Enum


class Fault(Enum):
    """The value is what is told of it."""

    LOST_REQUEST = "request lost"
    CUT_UP = "line cut amid a request"
    LOST_ANSWER = "answer lost"
    CUT_DOWN = "line cut amid an answer"
    REPEATED = "request arrives twice"
    LATE = "request arrives late, after newer ones"
    GARBLED = "answer garbled"
    ONE_WAY = "one-way line: no answer arrives"
    DOWN = "line down"
    STATION_CRASH = "power cut at a station"
    CENTRE_CRASH = "power cut at the centre"
    STATION_FULL = "disk full at a station"
    CENTRE_FULL = "disk full at the centre"
    STATION_CLOCK = "clock of a station set wrong"
    CENTRE_CLOCK = "clock of the centre set wrong"
    RESTORED = "station restored from a copy"
    CLONED = "disk cloned, both used"
    WIPED = "station wiped and enrolled again"
    IDENTITY_LOST = "keyring lost, enrolled again"
    CENTRE_RESTORED = "centre restored from a copy"
    REVOKED = "device revoked"
    MOVED = "village moved to another township"
    REFUSED = "entry that the centre refuses"
    NEWER = "entry of a newer program"
    PACKET = "packet carried by hand"
    PACKET_AGAIN = "packet read again, or late"
    CARRIED = "packet carried by the township"


Tally = Counter[Fault]
"""How often each fault was met: a power cut counts when it happened, a full disk when something did not fit."""

ON_THE_LINE = (
    Fault.LOST_REQUEST,
    Fault.CUT_UP,
    Fault.LOST_ANSWER,
    Fault.CUT_DOWN,
    Fault.REPEATED,
    Fault.LATE,
    Fault.GARBLED,
)
