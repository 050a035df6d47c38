"""Cards (效能监督)."""

from __future__ import annotations

from app.domain import events
from app.domain.watching import label_of
from app.usecases.story.telling import Telling, day, said, tell


@tell.register(events.CardIssued)
def _issued(body: events.CardIssued, telling: Telling) -> str:
    place = telling.place(body.station)
    to = f"{'' if body.post.startswith(place) else place}{body.post} {body.person}"
    return f"就“{label_of(body.cause)}”向{to}发出{body.grade.label}{said(body.reason)}"


@tell.register(events.CardConfirmed)
def _confirmed(body: events.CardConfirmed, telling: Telling) -> str:
    return f"确认了{_card(body)}{said(body.note)}"


@tell.register(events.CardAppealed)
def _appealed(body: events.CardAppealed, telling: Telling) -> str:
    return f"对{_card(body)}提出申诉{said(body.note)}"


@tell.register(events.CardUpheld)
def _upheld(body: events.CardUpheld, telling: Telling) -> str:
    return f"维持{_card(body)}{said(body.note)}"


@tell.register(events.CardWithdrawn)
def _withdrawn(body: events.CardWithdrawn, telling: Telling) -> str:
    return f"撤销{_card(body)}{said(body.note)}"


@tell.register(events.CardTasked)
def _tasked(body: events.CardTasked, telling: Telling) -> str:
    return f"把{_card(body)}转为督办，{day(body.by)}前办结{said(body.note)}"


_OfCard = (
    events.CardConfirmed
    | events.CardAppealed
    | events.CardUpheld
    | events.CardWithdrawn
    | events.CardTasked
)


def _card(body: _OfCard) -> str:
    return f"“{label_of(body.cause)}”的{body.grade.label}"
