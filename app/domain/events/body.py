"""The base of all bodies: a MessagePack array.

Later fields are added at the end with a default, so old bodies stay readable.
What cannot be read as it stands gets a new version.
"""

from __future__ import annotations

from hashlib import sha256

import msgspec

from app.errors import Damaged

_DIGEST_SIZE = 16


class BadBody(Damaged):
    """The body of an entry is not what its kind says."""

    code = "bad_body"


class Body(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """Base of all bodies."""


def pages_digest(pdf: bytes) -> bytes:
    """What an entry keeps of the pages that were printed: the first 16 bytes of their SHA-256."""
    return sha256(pdf).digest()[:_DIGEST_SIZE]
