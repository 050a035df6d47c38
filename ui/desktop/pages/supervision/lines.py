"""What the lists of 效能监督 say, finished words and moods; read on the store's thread.

Cards stand by time. Nobody is ranked.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

import msgspec
from PySide6.QtCore import QCoreApplication

from app.domain.case import CardState
from app.domain.events import CardGrade, Role
from app.domain.regions import RegionCode, Tier
from app.domain.rules import writer_at
from app.domain.rules.powers import AT_THE_COUNTER
from app.domain.staff import OperatorCard
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import supervision
from app.usecases.filters import codes_at
from app.usecases.supervision import CardLine, Which
from app.usecases.today import shown_today
from ui.desktop import case_words, words
from ui.desktop.look.mood import Mood
from ui.desktop.models.case_lines import item_name

_WATCHERS: Final = frozenset({Role.SUPERVISOR, Role.HEAD})


def _tr(text: str) -> str:
    return QCoreApplication.translate("SupervisionLines", text)


class View(StrEnum):
    """The lists of the page: those of supervision, and the cards that name this station."""

    PENDING = "pending"
    OPEN = "open"
    APPEALED = "appealed"
    TASKED = "tasked"
    CLOSED = "closed"
    OURS = "ours"

    @property
    def label(self) -> str:
        return _tr("本站的牌") if self is View.OURS else Which(self.value).label


class CardVerb(StrEnum):
    """The acts on cards, by their verbs; the ordinary one first."""

    ISSUE = "issue_card"
    CONFIRM = "confirm_card"
    APPEAL = "appeal_card"
    UPHOLD = "uphold_card"
    TASK = "task_card"
    WITHDRAW = "withdraw_card"


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    text: str
    detail: str = ""
    mood: Mood | None = None


class SupervisionLine(msgspec.Struct, frozen=True, kw_only=True):
    """`verbs` are the acts that whoever looks may do; `card` tells one card of a case from its others.

    `post` and `person` are those that a card would name, or names; empty where nobody is known.
    """

    subject: Ref
    card: tuple[str, date, CardGrade]
    cells: tuple[Cell, ...]
    verbs: tuple[CardVerb, ...]
    post: str = ""
    person: str = ""

    @property
    def key(self) -> str:
        cause, since, grade = self.card
        return f"{self.subject} {cause} {since} {grade}"


class SupervisionRead(msgspec.Struct, frozen=True, kw_only=True):
    """`watches`: whoever looks sees more than the cards of this station, which are `ours`."""

    view: View
    lines: tuple[SupervisionLine, ...]
    ours: int
    watches: bool


def read(store: Store, view: View | None, by: OperatorCard) -> SupervisionRead:
    """One list, and how many there are in the others. Without a view the first that is this person's business."""
    today = shown_today(store)
    roles = _roles(store, by)
    watches = bool(roles & _WATCHERS)
    ours = supervision.of_station(store)
    if not watches:
        view = View.OURS
    elif view is None:
        view = View.PENDING if Role.SUPERVISOR in roles else View.OURS
    match view:
        case View.OURS:
            cards = ours
        case View.PENDING:
            cards = supervision.pending(store, today)
        case _:
            cards = supervision.issued(store, Which(view.value))
    return SupervisionRead(
        view=view,
        lines=tuple(_line(store, card, roles, today) for card in cards),
        ours=len(ours),
        watches=watches,
    )


def _roles(store: Store, by: OperatorCard) -> frozenset[Role]:
    tier = Tier(store.certificate.tier)
    return writer_at(store.publications, store.region, tier, by.ref, store.next_clock()).roles


def _line(store: Store, card: CardLine, roles: frozenset[Role], today: date) -> SupervisionLine:
    row = card.row
    what = (
        f"{case_words.applicant(row)} {item_name(store.publications, row.item, row.item_version)}"
    )
    return SupervisionLine(
        subject=row.subject,
        card=(card.cause, card.since, card.grade),
        cells=(
            Cell(text=card.cause_label, detail=what),
            Cell(text=card.station_name, detail=_who(card)),
            _since(card, today),
            Cell(text=_standing(card), mood=_mood(card)),
        ),
        verbs=_verbs(store, card, roles),
        post=card.post,
        person=card.person,
    )


def _who(card: CardLine) -> str:
    """岗位 · 姓名; before a card is issued a post alone may be known."""
    return " · ".join(filter(None, (card.post, card.person))) or _tr("发牌时由人写明责任岗位和人")


def _since(card: CardLine, today: date) -> Cell:
    text = _tr("{day}起").format(day=words.short_day(card.since))
    if card.state is CardState.TASKED and card.due is not None:
        return Cell(text=text, detail=_tr("督办到 {day}").format(day=words.bare_day(card.due)))
    if card.issued_on is not None:
        return Cell(text=text, detail=_tr("{day} 发牌").format(day=words.bare_day(card.issued_on)))
    return Cell(text=text, detail=_tr("已经 {n} 天").format(n=(today - card.since).days))


def _standing(card: CardLine) -> str:
    state = Which.PENDING.label if card.state is None else card.state.label
    return f"{card.grade.label} {state}"


def _mood(card: CardLine) -> Mood:
    if card.state in (CardState.WITHDRAWN, CardState.CONFIRMED):
        return Mood.PLAIN
    return Mood.BAD if card.grade is CardGrade.RED else Mood.WARN


_OF_SUPERVISION: Final = {
    None: (CardVerb.ISSUE,),
    CardState.ISSUED: (CardVerb.TASK, CardVerb.WITHDRAW),
    CardState.CONFIRMED: (CardVerb.TASK, CardVerb.WITHDRAW),
    CardState.APPEALED: (CardVerb.UPHOLD, CardVerb.WITHDRAW, CardVerb.TASK),
    CardState.UPHELD: (CardVerb.TASK, CardVerb.WITHDRAW),
    CardState.TASKED: (CardVerb.WITHDRAW,),
    CardState.WITHDRAWN: (),
}
_OF_THE_NAMED: Final = {
    CardState.ISSUED: (CardVerb.CONFIRM, CardVerb.APPEAL),
    CardState.CONFIRMED: (CardVerb.APPEAL,),
}


def _verbs(store: Store, card: CardLine, roles: frozenset[Role]) -> tuple[CardVerb, ...]:
    """As the rules have it (`app.domain.rules.supervision`); the days for an appeal are asked when it is made."""
    found: list[CardVerb] = []
    named = card.station in codes_at(store, store.region)
    if card.state is not None and named and roles & AT_THE_COUNTER:
        found += _OF_THE_NAMED.get(card.state, ())
    if Role.SUPERVISOR in roles and (card.state is not None or _reaches(store, card)):
        found += _OF_SUPERVISION[card.state]
    return tuple(found)


def _reaches(store: Store, card: CardLine) -> bool:
    """Nobody gives a card to a tier above their own."""
    tree = store.publications.tree
    station = RegionCode(card.station)
    return station in tree and tree.region(station).tier <= Tier(store.certificate.tier)
