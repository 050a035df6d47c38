"""Receipts with a number and nothing else on them, for days without power."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import msgspec


class BlankReceipts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """空白收件回执: a block of them, each number on sheets of its own."""

    numbers: tuple[str, ...]
    issuer: str
    reserved_on: date
    window_phone: str = ""
    supervision_phone: str = ""
    practice: bool = False

    title: ClassVar[str] = "空白收件回执"
