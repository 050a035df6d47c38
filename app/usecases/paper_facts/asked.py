"""What a maker of facts is given, and what all documents take from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app.domain.case import Case
from app.domain.clocks import ClockName
from app.domain.events import Body, is_look
from app.domain.items import Item
from app.domain.masking import mask_id
from app.domain.papers import PaperKind
from app.store.rows import ClockRow, clock_rows
from app.store.store import Store
from app.usecases import district_settings, shared_numbers, story
from app.usecases.offices import sealing
from app.usecases.story import Told
from app.usecases.today import today


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A document that is wanted of a case. `handler` did what it tells (经办人), whoever prints it."""

    store: Store
    case: Case
    item: Item
    kind: PaperKind
    number: str
    handler: str

    @cached_property
    def station(self) -> str:
        return self.store.certificate.station

    @cached_property
    def sealing(self) -> str:
        """Whose name and seal an authority's notice bears."""
        return sealing(self.store, self.item)

    @cached_property
    def story(self) -> tuple[Told, ...]:
        """Every act that has effect, in reading order; looks are no acts."""
        told = story.history(self.store, self.case.subject, self.item)
        return tuple(one for one in told if one.why is None and not is_look(one.entry.kind))

    def last(self, body: type[Body]) -> Told | None:
        """The last act of that kind."""
        return next((one for one in reversed(self.story) if isinstance(one.body, body)), None)

    def writer(self, body: type[Body]) -> str:
        """Who of which station did the last of that kind; empty where nobody did."""
        told = self.last(body)
        return told.who if told else ""

    def clock(self, name: ClockName) -> ClockRow | None:
        """The last clock of that name."""
        calendar = self.store.publications.calendar(self.case.region)
        rows = [row for row in clock_rows(self.case.clocks, calendar) if row.name is name]
        return rows[-1] if rows else None

    def common(self, *, issuer: str) -> dict[str, Any]:
        """The fields of `app.domain.papers.Paper`."""
        store, case, item = self.store, self.case, self.item
        applicant = case.applicant
        settings = district_settings.current(store)
        return {
            "number": self.number,
            "issuer": issuer,
            "applicant": applicant.name,
            "id_number": mask_id(applicant.id_number) if applicant.id_number else "",
            "item": item.name,
            "item_id": item.id,
            "local_number": shared_numbers.told_of(store, case),
            "official_number": case.official_number.text if case.official_number else "",
            "issued_on": today(store),
            "handler": self.handler,
            "window_phone": settings.window_phone,
            "supervision_phone": settings.supervision_phone,
            "practice": store.certificate.is_practice,
        }
