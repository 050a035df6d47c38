"""Scans and photographs of a case's papers."""

from __future__ import annotations

from app.domain.attachments import Sheet
from app.domain.events.body import Body
from app.journal.refs import Ref


class AttachmentAdded(Body, frozen=True, kw_only=True):
    """Page images of one material of the case; `material` is its place in the item version's from 0, -1 for none.

    Their bytes travel by themselves (docs/decisions/0024-attachments.md).
    """

    material: int
    sheets: tuple[Sheet, ...]
    note: str = ""


class AttachmentRemoved(Body, frozen=True, kw_only=True):
    """What was attached by mistake is taken out of sight; `added` is the entry that attached it.

    Nothing is erased by it: that is what the destruction of a file does.
    """

    added: Ref
    reason: str
