"""Acts of looking after a case: whose matter it is, originals kept for people, possible duplicates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import msgspec
from msgspec import Meta

from app.domain import events, rules
from app.domain.case import Case
from app.domain.events import Body, CustodyMove, KeptOriginal
from app.domain.regions import RegionCode
from app.domain.staff import OperatorCard
from app.errors import Refused
from app.journal.refs import DEVICE_ID_SIZE, DeviceId, Ref
from app.store.store import Store
from app.usecases import duplicates, lookup
from app.usecases.acts.act import Act, Facts, Moment, NoFacts, Option, long, said, without_facts
from app.usecases.materials import never_held

NO_CASE = Ref(DeviceId(bytes(DEVICE_ID_SIZE)), 1)


class UnknownColleague(Refused):
    """Nobody of that name works at that station, or two do (facts: name, station)."""

    code = "unknown_colleague"


class HandOverFacts(Facts, frozen=True, kw_only=True):
    """`station` is a region code; without one it is a colleague at this station."""

    to: Annotated[str, said("交给谁")]
    station: Annotated[str, said("站点代码，本站可不填")] = ""
    note: Annotated[str, long("说明")] = ""


class OriginalFacts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    what: Annotated[str, Meta(max_length=200)]
    whose: Annotated[str, Meta(max_length=200)] = ""
    count: Annotated[int, Meta(ge=1, le=999)] = 1


class TakeOriginalsFacts(Facts, frozen=True, kw_only=True):
    originals: Annotated[
        tuple[OriginalFacts, ...], Meta(min_length=1, max_length=50, title="收存的原件")
    ]


class MoveOriginalsFacts(Facts, frozen=True, kw_only=True):
    """`originals` are their places in the list of the case, from 0; none: all that are held."""

    receiver: Annotated[str, said("接收人")]
    originals: Annotated[tuple[int, ...], Meta(max_length=200, title="哪几件，不填为全部")] = ()


class HandOnFacts(MoveOriginalsFacts, frozen=True, kw_only=True):
    to: Annotated[str, said("交到哪个站点（代码）")]


class CompareFacts(Facts, frozen=True, kw_only=True):
    """`other` is a number of the other case, or its opening entry."""

    other: Annotated[str, said("另一件的编号")]
    same: Annotated[bool, Meta(title="是同一件")]
    note: Annotated[str, long("说明")] = ""


def _handed_over(at: Moment, facts: HandOverFacts) -> Body:
    card = colleague(at.store, facts.to, facts.station or at.store.region)
    return events.CaseHandedOver(on=at.day, to=card.ref, note=facts.note)


def colleague(store: Store, name: str, station: str) -> OperatorCard:
    """Somebody by name at a station. Raises UnknownColleague."""
    found = [
        card
        for card in store.publications.operators.values()
        if card.region == station and card.name == name.strip() and not card.left
    ]
    if len(found) != 1:
        raise UnknownColleague(
            name=name, station=store.publications.station_name(RegionCode(station))
        )
    return found[0]


def _colleagues(at: Moment) -> Mapping[str, tuple[Option, ...]]:
    others = [
        card
        for card in at.store.publications.operators.values()
        if card.region == at.store.region and not card.left and card.ref != at.case.owner
    ]
    return {"to": tuple(Option(card.name, card.name) for card in others)}


def _trial_hand_over(at: Moment) -> HandOverFacts:
    options = _colleagues(at)["to"]
    return HandOverFacts(to=str(options[0].value) if options else "")


def _taken(at: Moment, facts: TakeOriginalsFacts) -> Body:
    for one in facts.originals:
        never_held(one.what)
    return events.CaseCustodyMoved(
        on=at.day,
        move=CustodyMove.TAKEN,
        receiver=at.by.name,
        to=at.store.region,
        originals=tuple(
            KeptOriginal(what=one.what, whose=one.whose or at.case.applicant.name, count=one.count)
            for one in facts.originals
        ),
    )


def _moved(at: Moment, facts: MoveOriginalsFacts, move: CustodyMove, to: str) -> Body:
    held = tuple(place for place, one in enumerate(at.case.originals) if one.at)
    return events.CaseCustodyMoved(
        on=at.day, move=move, receiver=facts.receiver, places=facts.originals or held, to=to
    )


def _handed_on(at: Moment, facts: HandOnFacts) -> Body:
    return _moved(at, facts, CustodyMove.HANDED_ON, facts.to)


def _returned(at: Moment, facts: MoveOriginalsFacts) -> Body:
    return _moved(at, facts, CustodyMove.RETURNED, "")


def _originals(at: Moment) -> Mapping[str, tuple[Option, ...]]:
    return {
        "originals": tuple(
            Option(place, f"{one.what}（{one.whose}，{one.count} 件）")
            for place, one in enumerate(at.case.originals)
            if one.at
        )
    }


def _where_to(at: Moment) -> Mapping[str, tuple[Option, ...]]:
    target = rules.forwarding_target(at.case, at.item, at.store.publications)
    regions = dict.fromkeys(one for one in (target, at.case.station) if one is not None)
    names = at.store.publications.station_name
    return {
        **_originals(at),
        "to": tuple(Option(one, names(one)) for one in regions if one != at.store.region),
    }


def _trial_hand_on(at: Moment) -> HandOnFacts:
    target = rules.forwarding_target(at.case, at.item, at.store.publications)
    to = target if target is not None and target != at.store.region else RegionCode(at.case.station)
    return HandOnFacts(receiver="…", to=to)


def _compared(at: Moment, facts: CompareFacts) -> Body:
    other = lookup.by_number(at.store, facts.other)
    return events.CaseCompared(on=at.day, other=other.subject, same=facts.same, note=facts.note)


def _judge(at: Moment, facts: CompareFacts) -> Case:
    """On both cases, so that both stations hear of it."""
    other = lookup.by_number(at.store, facts.other)
    return duplicates.judge(
        at.store, at.case.subject, other.subject, same=facts.same, note=facts.note, by=at.by
    )


def _to_compare(at: Moment) -> Mapping[str, tuple[Option, ...]]:
    found = [one.row for one in duplicates.of(at.store, at.case) if one.row is not None]
    return {"other": tuple(Option(str(row.subject), row.local_number) for row in found)}


def _trial_compare(at: Moment) -> CompareFacts:
    """It is offered where there is something to compare with; whoever names another case may do it anyway."""
    found = _to_compare(at)["other"]
    return CompareFacts(other=str(found[0].value) if found else "", same=False)


ACTS = (
    Act(
        verb="hand_over",
        label="移交",
        facts=HandOverFacts,
        tell=_handed_over,
        trial=_trial_hand_over,
        options=_colleagues,
    ),
    Act(
        verb="take_hand_over",
        label="接手",
        facts=NoFacts,
        tell=lambda at, _facts: events.CaseHandOverTaken(on=at.day),
        trial=without_facts,
    ),
    Act(
        verb="take_originals",
        label="收存原件",
        facts=TakeOriginalsFacts,
        tell=_taken,
        trial=lambda _at: TakeOriginalsFacts(originals=(OriginalFacts(what="…"),)),
    ),
    Act(
        verb="hand_on_originals",
        label="移交原件",
        facts=HandOnFacts,
        tell=_handed_on,
        trial=_trial_hand_on,
        options=_where_to,
    ),
    Act(
        verb="return_originals",
        label="退还原件",
        facts=MoveOriginalsFacts,
        tell=_returned,
        trial=lambda _at: MoveOriginalsFacts(receiver="…"),
        options=_originals,
    ),
    Act(
        verb="compare",
        label="比对重复",
        facts=CompareFacts,
        tell=_compared,
        trial=_trial_compare,
        options=_to_compare,
        run=_judge,
    ),
)
