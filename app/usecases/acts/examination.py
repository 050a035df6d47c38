"""Acts of the authority until it has accepted or refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import msgspec
from msgspec import Meta

from app.domain import events
from app.domain.events import Body, ReturnReason
from app.usecases.acts.act import (
    Act,
    Facts,
    Moment,
    NoFacts,
    Option,
    Words,
    long,
    said,
    without_facts,
)
from app.usecases.materials import MaterialForm, materials_of, missing_materials

_MOST_DEFECTS = 100
_LONGEST_SUPPLEMENT_DAYS = 365


class ReturnFacts(Facts, frozen=True, kw_only=True):
    """Wrong authority: the right one is named; defects: all of them, at once."""

    reason: Annotated[ReturnReason, Meta(title="退回原因")]
    right_authority: Annotated[str, said("有权机关")] = ""
    defects: Annotated[
        tuple[Words, ...], Meta(max_length=_MOST_DEFECTS, title="需要补正的全部内容")
    ] = ()


class DefectFacts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`material` is the item's own name of a material, empty for anything else."""

    what: Annotated[str, Meta(max_length=500)]
    standard: Annotated[str, Meta(max_length=500)] = ""
    material: Annotated[str, Meta(max_length=200)] = ""


class AskFacts(Facts, frozen=True, kw_only=True):
    """Everything at once; without days those of the district hold."""

    defects: Annotated[
        tuple[DefectFacts, ...],
        Meta(min_length=1, max_length=_MOST_DEFECTS, title="需要补正的全部内容"),
    ]
    days: Annotated[
        int, Meta(ge=0, le=_LONGEST_SUPPLEMENT_DAYS, title="补正期限（自然日），0 为按区里规定")
    ] = 0


class ReceiveFacts(Facts, frozen=True, kw_only=True):
    materials: Annotated[tuple[MaterialForm, ...], Meta(title="补来的材料")] = ()
    note: Annotated[str, long("备注")] = ""


class LapseFacts(Facts, frozen=True, kw_only=True):
    note: Annotated[str, long("备注")] = ""


class RefuseFacts(Facts, frozen=True, kw_only=True):
    reason: Annotated[str, long("不予受理的理由")]
    right_authority: Annotated[str, said("有权机关")] = ""


def _taken_over(at: Moment, facts: NoFacts) -> Body:
    return events.CaseTakenOver(
        station=at.store.region,
        on=at.day,
        slot=at.store.certificate.slot_text,
        running=at.running_number(),
    )


def _returned(at: Moment, facts: ReturnFacts) -> Body:
    return events.CaseReturned(
        on=at.day,
        reason=facts.reason,
        right_authority=facts.right_authority,
        defects=facts.defects,
    )


def _asked(at: Moment, facts: AskFacts) -> Body:
    names = [material.name for material in at.item.materials]
    return events.CaseSupplementAsked(
        on=at.day,
        defects=tuple(
            events.Defect(
                what=defect.what,
                standard=defect.standard,
                material=names.index(defect.material) if defect.material in names else -1,
            )
            for defect in facts.defects
        ),
        days=facts.days or at.settings.supplement_days,
    )


def _what_may_lack(at: Moment) -> Mapping[str, tuple[Option, ...]]:
    """The item's materials, those that are missing first."""
    missing = missing_materials(at.item, at.case.materials)
    names = [material.name for material in at.item.materials]
    ordered = [*missing, *(name for name in names if name not in missing)]
    return {"defects": tuple(Option(name, name) for name in ordered)}


def _supplement_came(at: Moment, facts: ReceiveFacts) -> Body:
    return events.CaseSupplementReceived(
        on=at.day, materials=materials_of(facts.materials, at.item), note=facts.note
    )


ACTS = (
    Act(
        verb="take_over",
        label="接收",
        facts=NoFacts,
        tell=_taken_over,
        trial=without_facts,
    ),
    Act(
        verb="return",
        label="退回",
        facts=ReturnFacts,
        tell=_returned,
        trial=lambda _at: ReturnFacts(reason=ReturnReason.DEFECTS, defects=("…",)),
        outward=True,
    ),
    Act(
        verb="ask_supplement",
        label="一次性告知补正",
        facts=AskFacts,
        tell=_asked,
        trial=lambda _at: AskFacts(defects=(DefectFacts(what="…"),)),
        options=_what_may_lack,
        outward=True,
    ),
    Act(
        verb="receive_supplement",
        label="收到补正",
        facts=ReceiveFacts,
        tell=_supplement_came,
        trial=lambda _at: ReceiveFacts(),
    ),
    Act(
        verb="lapse",
        label="逾期退件",
        facts=LapseFacts,
        tell=lambda at, facts: events.CaseLapsed(on=at.day, note=facts.note),
        trial=lambda _at: LapseFacts(),
        outward=True,
    ),
    Act(
        verb="accept",
        label="受理",
        facts=NoFacts,
        tell=lambda at, _facts: events.CaseAccepted(on=at.day),
        trial=without_facts,
    ),
    Act(
        verb="deem_accepted",
        label="登记视为受理",
        facts=NoFacts,
        tell=lambda at, _facts: events.CaseDeemedAccepted(on=at.day),
        trial=without_facts,
        outward=True,
    ),
    Act(
        verb="refuse",
        label="不予受理",
        facts=RefuseFacts,
        tell=lambda at, facts: events.CaseRefused(
            on=at.day, reason=facts.reason, right_authority=facts.right_authority
        ),
        trial=lambda _at: RefuseFacts(reason="…"),
        outward=True,
    ),
)
