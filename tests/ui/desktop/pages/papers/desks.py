"""A desk whose documents are filed in the test's folder, and what may be printed at it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from app.domain.papers import PaperFacts, PaperKind
from app.journal.refs import Ref
from app.usecases import papers
from printing import render
from tests.builders import Station, a_case
from tests.ui.desktop.desks import SomeDesk

RECEIPT = PaperKind.MATERIALS_RECEIPT
SLIP = PaperKind.MATERIALS_SLIP
FIRST_DAY = date(2026, 11, 20)


def filing(some: SomeDesk, folder: Path) -> SomeDesk:
    some.desk.preferences = msgspec.structs.replace(
        some.desk.preferences, file_folder=str(folder / "papers")
    )
    return some


def issue(station: Station, subject: Ref, kind: PaperKind = RECEIPT) -> PaperFacts:
    return papers.issue(station.store, subject, kind, by=station.head, render=render).facts


def a_receipt_of(some: SomeDesk, name: str = "韦小妹", item: str = "IT022") -> Ref:
    """A case whose receipt was printed."""
    subject = a_case(some.station, item, name)
    issue(some.station, subject)
    return subject
