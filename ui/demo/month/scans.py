"""Invented scans: small pages with a number on them, drawn once and brought by many."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Final

from app.domain.case import Case
from app.store import attachments as images
from app.store.store import Store
from app.usecases import attachments
from app.usecases.attachments import MaterialScans
from app.usecases.registration import RegistrationForm
from app.usecases.scan_encoding import Scan, encoded
from sync.client.fetching import fetch
from ui.demo.month.line import Line

_SHARE: Final = 0.15
"""Of the people who come, those whose papers are scanned."""
_PAGES: Final = 24
_SIZE: Final = (310, 438)


def brought(random: Random, store: Store, form: RegistrationForm) -> tuple[MaterialScans, ...]:
    """One or two pages of the first paper, on the disk already; mostly nobody scans."""
    names = [one.name for one in form.materials if one.given]
    if not names or random.random() > _SHARE:
        return ()
    pages = random.sample(range(_PAGES), k=random.choice((1, 1, 2)))
    sheets = attachments.keep(store, map(_page, pages))
    return (MaterialScans(material=names[0], sheets=sheets),)


def looked_at(store: Store, line: Line, case: Case) -> int:
    """How many pages came down for whoever examines a case."""
    named = [sheet for one in case.attachments for sheet in one.sheets]
    here = images.has(store, [one.digest for one in named])
    away = [one for one in named if one.digest not in here]
    return fetch(store, line, away).sheets if away else 0


@cache
def _page(number: int) -> Scan:
    from PIL import Image, ImageDraw

    page = Image.new("L", _SIZE, "white")
    pen = ImageDraw.Draw(page)
    chance = Random(number)
    for top in range(40, _SIZE[1] - 40, 22):  # lines of writing, as far as anybody sees from afar
        pen.line((30, top, 60 + chance.randrange(220), top), fill="black", width=3)
    pen.text((30, 12), str(number + 1), fill="black")
    return encoded(page)
