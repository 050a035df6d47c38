"""Scans and photographs of papers (扫描件): page images, named by what they are."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

from app.journal.refs import Ref

MOST_SHEETS: Final = 40
"""In one entry."""
LARGEST_SHEET: Final = 2 * 1024 * 1024
"""Bytes of one page image as it travels; a page of text has a tenth of that."""
LONGEST_SIDE: Final = 2200
"""Pixels: an A4 page at 190 dots an inch, on which the smallest print of a form is read."""
DIGEST_SIZE: Final = 32
NO_MATERIAL: Final = -1
"""The place of what belongs to none of the item's materials: 现场照片, 委托书签字件."""


class Media(StrEnum):
    """How a page image is encoded."""

    JPEG = "image/jpeg"
    PNG = "image/png"

    @property
    def suffix(self) -> str:
        """Of a file that holds one."""
        return {Media.JPEG: ".jpg", Media.PNG: ".png"}[self]


class Sheet(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """One page image as it is stored and travels.

    `digest` is the SHA-256 of its bytes, `size` their number; `width` and `height` are pixels.
    """

    digest: bytes
    size: int
    width: int
    height: int
    media: Media

    @property
    def is_sound(self) -> bool:
        """Whether such an image could have been made by this product."""
        return (
            len(self.digest) == DIGEST_SIZE
            and 0 < self.size <= LARGEST_SHEET
            and 0 < self.width <= LONGEST_SIDE
            and 0 < self.height <= LONGEST_SIDE
        )


class Removal(msgspec.Struct, frozen=True, kw_only=True):
    """Who took an attachment out of sight, when (hybrid clock), and why."""

    by: Ref | None
    at: int
    reason: str


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """What one entry attached to a case.

    `ref` is that entry; `material` the place in the item version's materials from 0, or NO_MATERIAL;
    `station` the region of the station that attached it, `by` who did, `at` when (hybrid clock).
    """

    ref: Ref
    material: int
    sheets: tuple[Sheet, ...]
    note: str
    station: str
    by: Ref | None
    at: int
    removed: Removal | None = None
