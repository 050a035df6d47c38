"""What can go wrong, as a tree.

DaibanError
├── Refused             the world's fault: said to a person, with what to do
│   └── …               each room has its own, in the module that raises it
└── Damaged             what is stored or was sent is not what it should be

An error carries a code and facts, never a sentence:
`ui.wording` turns the code into words for a person.
Anything else that is raised is a bug.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec


class DaibanError(Exception):
    """Base of every error that the product raises on purpose."""

    code: ClassVar[str] = "error"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts = facts

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.code}({told})"


class Refused(DaibanError):
    """What was asked for cannot be done, for a reason a person can be told."""

    code = "refused"


UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""What decoding hostile MessagePack or JSON may raise."""


class Damaged(DaibanError):
    """Stored or received bytes are not what they claim to be."""

    code = "damaged"
