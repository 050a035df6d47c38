"""How a document comes about: a row of `paper_facts.MAKING`."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

from app.domain.papers import PaperFacts
from app.usecases.paper_facts.asked import Asked


class Power(Enum):
    """Who may issue a document."""

    COUNTER = "counter"  # the station that received the papers
    ANYBODY = "anybody"  # every station that has the case before it
    AUTHORITY = "authority"  # the tier that has the power over what it tells


class Making(NamedTuple):
    make: Callable[[Asked], PaperFacts]
    power: Power
    due: Callable[[Asked], bool]  # whether the case has come to what the document says
    rests_on: str  # the kind of entry whose writer is the handler
