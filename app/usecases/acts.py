"""Every act on a case by its verb, with the facts it needs: for the command line and for lists of what may be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from app.domain.case import Case
from app.domain.events import ReturnReason
from app.domain.faults import shape_faults
from app.domain.publications import OperatorCard
from app.errors import Refused
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import cases
from app.usecases.registration import MaterialForm


class UnknownAct(Refused):
    code = "unknown_act"


class BadActFacts(Refused):
    """The facts given with an act are not what it needs (facts: verb, detail)."""

    code = "bad_act_facts"


class _Facts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class NoFacts(_Facts, frozen=True, kw_only=True):
    """Nothing to say."""


class SupplyFacts(_Facts, frozen=True, kw_only=True):
    materials: tuple[MaterialForm, ...]


class ForwardFacts(_Facts, frozen=True, kw_only=True):
    note: str = ""


class ReturnFacts(_Facts, frozen=True, kw_only=True):
    reason: ReturnReason
    right_authority: str = ""
    defects: tuple[str, ...] = ()


class RefuseFacts(_Facts, frozen=True, kw_only=True):
    reason: str
    right_authority: str = ""


class DecideFacts(_Facts, frozen=True, kw_only=True):
    approved: bool
    reason: str = ""
    result: str = ""


class CompleteFacts(_Facts, frozen=True, kw_only=True):
    result: str = "已办结"


class DeliverFacts(_Facts, frozen=True, kw_only=True):
    recipient: str = ""
    relation: str = "本人"
    proof: str = ""


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """`label` is the word on a button; `facts` what has to be said with the act."""

    verb: str
    label: str
    facts: type[_Facts]
    run: Callable[..., Case]

    def schema(self) -> dict[str, Any]:
        """The JSON schema of the facts."""
        return msgspec.json.schema(self.facts)


ACTS = {
    act.verb: act
    for act in (
        Act(verb="supply", label="补收材料", facts=SupplyFacts, run=cases.supply),
        Act(verb="forward", label="转报", facts=ForwardFacts, run=cases.forward),
        Act(verb="take_over", label="接收", facts=NoFacts, run=cases.take_over),
        Act(verb="return", label="退回", facts=ReturnFacts, run=cases.send_back),
        Act(verb="accept", label="受理", facts=NoFacts, run=cases.accept),
        Act(verb="refuse", label="不予受理", facts=RefuseFacts, run=cases.refuse),
        Act(verb="decide", label="作出决定", facts=DecideFacts, run=cases.decide),
        Act(verb="complete", label="当场办结", facts=CompleteFacts, run=cases.complete),
        Act(verb="deliver", label="送达", facts=DeliverFacts, run=cases.deliver),
    )
}


def perform(
    store: Store, subject: Ref, verb: str, facts: dict[str, Any], *, by: OperatorCard
) -> Case:
    """Do the act of that name. Raises UnknownAct, BadActFacts, and what the act raises."""
    act = ACTS.get(verb.replace("-", "_"))
    if act is None:
        raise UnknownAct(verb=verb)
    try:
        told = msgspec.convert(facts, act.facts)
    except msgspec.ValidationError as error:
        faults = shape_faults(facts, act.facts) or [str(error)]
        raise BadActFacts(verb=verb, detail="；".join(faults)) from error
    return act.run(store, subject, by=by, **msgspec.structs.asdict(told))
