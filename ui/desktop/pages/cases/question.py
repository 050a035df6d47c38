"""What a form has to know before it asks for the facts of an act; read on the store's thread when it is opened."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication

from app.domain.case import Case
from app.domain.events import MaterialTaken, Party
from app.domain.items import Handling, Item, Mode
from app.domain.staff import OperatorCard
from app.domain.watching import deserved, label_of
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import acts, looks, lookup
from app.usecases.acts import Option
from app.usecases.today import shown_today
from ui.desktop import case_words, words
from ui.desktop.pages.cases.act_choices import ActChoice
from ui.desktop.pages.cases.sheet import CaseSheet
from ui.desktop.pages.cases.sheet_reading import read_sheet

CORRECT = "correct"
_PICKS_ITEMS = ("split", CORRECT)
_ON_CARDS = ("issue_card", "confirm_card", "appeal_card", "uphold_card", "withdraw_card", "task_card")  # fmt: skip


class Intake(msgspec.Struct, frozen=True, kw_only=True):
    """What was taken in, whole, for a correction."""

    applicant: Party
    mode: Mode
    note: str
    materials: tuple[MaterialTaken, ...]
    may_change_item: bool


class Choosable(msgspec.Struct, frozen=True, kw_only=True):
    """One of several things to choose from, and the facts that it stands for."""

    label: str
    facts: dict[str, Any]


class ActQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """`options` of fields as `acts.choices` has them; `known` are the values that fields begin with.

    `pick` are whole things to choose from (a card, a colleague), each with several facts.
    """

    choice: ActChoice
    sheet: CaseSheet
    today: date
    options: dict[str, tuple[Option, ...]]
    known: dict[str, Any]
    pick: tuple[Choosable, ...] = ()
    items: tuple[str, ...] = ()
    notes: dict[str, str] = {}
    intake: Intake | None = None


def read_question(store: Store, by: OperatorCard, subject: Ref, choice: ActChoice) -> ActQuestion:
    """A correction shows the whole numbers, so that they were looked at is written down.

    Raises UnknownNumber, CaseUnreadable, NotPermitted.
    """
    sheet = read_sheet(store, subject, by)
    row = store.rows.by_subject(subject)
    if row is None:
        raise lookup.UnknownNumber(number=str(subject))
    case = lookup.case_of(store, row)
    item = store.publications.item(case.item, case.item_version)
    if choice.verb == CORRECT:
        looks.shown(store, subject, by)
    picks_items = choice.verb in _PICKS_ITEMS
    return ActQuestion(
        choice=choice,
        sheet=sheet,
        today=shown_today(store),
        options=acts.choices(store, case, choice.verb, by),
        known=_known(store, case, item, choice.verb),
        pick=_pick(store, case, choice.verb, by),
        items=_items(store) if picks_items else (),
        notes=_notes(item, choice.verb),
        intake=_intake(case) if choice.verb == CORRECT else None,
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("question", text)


def _known(store: Store, case: Case, item: Item, verb: str) -> dict[str, Any]:
    match verb:
        case "mark":
            return {"urgent": case.urgent, "green": case.green}
        case "appoint":
            return {"where": item.external_body or "", "day": shown_today(store)}
        case "send_outside":
            return {"body": item.external_body or ""}
        case "extend":
            return {"days": item.clock.extension or 0}
        case "return_originals":
            return {"receiver": case.applicant.name}
        case "ask_supplement":
            return {"days": store.publications.settings(shown_today(store)).supplement_days}
    return {}


def _notes(item: Item, verb: str) -> dict[str, str]:
    """What has to be known beside a field, by its name."""
    if verb != "extend" or not item.clock.extension:
        return {}
    most = words.days(item.clock.extension, item.clock.unit)
    return {"days": _tr("最多 {most}，只能延一次。").format(most=most)}


def _intake(case: Case) -> Intake:
    return Intake(
        applicant=case.applicant,
        mode=case.mode,
        note=case.note,
        materials=case.materials,
        may_change_item=case.official_number is None and case.place == case.station,
    )


def _items(store: Store) -> tuple[str, ...]:
    newest = (versions[-1] for versions in store.publications.items.values())
    return tuple(item.name for item in newest if item.handling is Handling.CASE)


def _pick(store: Store, case: Case, verb: str, by: OperatorCard) -> tuple[Choosable, ...]:
    if verb == "hand_over":
        return _colleagues(store, case)
    if verb == "issue_card":
        issued = {card.id for card in case.cards}
        due = deserved(case, store.publications, shown_today(store))
        return tuple(
            _card(one.cause, one.since, one.grade.value, one.grade.label)
            for one in due
            if one.id not in issued
        )
    if verb in _ON_CARDS:
        offered = {option.label for option in acts.choices(store, case, verb, by).get("cause", ())}
        return tuple(
            _card(card.cause, card.since, card.grade.value, card.grade.label)
            for card in case.cards
            if f"{label_of(card.cause)}（{card.grade.label}，{card.state.label}）" in offered
        )
    return ()


def _card(cause: str, since: date, grade: str, label: str) -> Choosable:
    said = _tr("{cause} · {label}（自 {since}）").format(
        cause=label_of(cause), label=label, since=words.day(since)
    )
    return Choosable(label=said, facts={"cause": cause, "since": since.isoformat(), "grade": grade})


def _colleagues(store: Store, case: Case) -> tuple[Choosable, ...]:
    """Those of this station first, then those of the stations that have or had the papers."""
    publications = store.publications
    regions = dict.fromkeys((store.region, case.place, case.station))
    return tuple(
        Choosable(
            label=card.name
            if region == store.region
            else f"{card.name}（{case_words.place(publications, region)}）",
            facts={"to": card.name, "station": str(region)},
        )
        for region in regions
        for card in publications.operators.values()
        if card.region == region and card.roles and card.ref != case.owner
    )
