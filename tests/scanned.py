"""Scans at a station, for tests: images with their sheets, attached to a case."""

from __future__ import annotations

from hashlib import sha256

from app.domain.attachments import Media, Sheet
from app.journal.refs import Ref
from app.usecases import attachments as scans
from tests.builders import Station
from tests.pictures import some_scans


def a_sheet(content: bytes) -> Sheet:
    digest = sha256(content).digest()
    return Sheet(digest=digest, size=len(content), width=8, height=8, media=Media.PNG)


def attached(station: Station, subject: Ref, number: int = 1, material: int = 0) -> list[bytes]:
    """Scans attached to a case; their digests."""
    pages = some_scans(number)
    scans.attach(station.store, subject, material, pages, station.head)
    return [page.sheet.digest for page in pages]
