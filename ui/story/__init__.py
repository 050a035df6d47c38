"""What happened to a case, told in sentences: one for each kind of entry, the same on screen and on the command line.

A sentence says who of which station did what; what has several parts (defects, originals) follows in lines of its own.
"""

from __future__ import annotations

from app.domain.events import Body
from app.domain.items import Item
from app.domain.publications import Publications
from ui.story import care, examination, handling, intake, outcome, supervision  # noqa: F401 - they register their sentences
from ui.story.telling import Telling, day, tell

__all__ = ("actor", "day", "sentence")


def sentence(who: str, body: Body, publications: Publications, item: Item) -> str:
    """湖塘村的韦丽萍把材料转往朝阳乡。 Further lines, if there are any, each begin a new line."""
    first, *more = tell(body, Telling(publications=publications, item=item)).splitlines()
    return "\n".join([f"{who}{first.rstrip('。')}。", *more])


def actor(station: str, name: str, stands_for: str = "") -> str:
    """湖塘村的韦丽萍（代 蒙春燕）; the station alone where nobody is known."""
    if not name:
        return station
    deputy = f"（代 {stands_for}）" if stands_for else ""
    return f"{station}的{name}{deputy}"
