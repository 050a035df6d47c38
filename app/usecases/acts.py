"""Every act on a case by its verb, with the facts it needs: for the command line and for lists of what may be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from app.domain import events, rules
from app.domain.case import Case
from app.domain.events import Body, DeliveryWay, MaterialTaken, ReturnReason
from app.domain.faults import shape_faults
from app.domain.names import plain_lines
from app.domain.publications import OperatorCard
from app.domain.tasks import TaskKind, next_task
from app.errors import Refused
from app.journal.refs import Ref
from app.store.store import Store
from app.store.transaction import need_whole, setting_at
from app.usecases import cases
from app.usecases.registration import MaterialForm
from app.usecases.today import shown_today

_LONGEST = 2_000  # characters
_MOST_DEFECTS = 100
_Text = Annotated[str, Meta(max_length=_LONGEST)]


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
    materials: Annotated[tuple[MaterialForm, ...], Meta(title="补收的材料")]


class ForwardFacts(_Facts, frozen=True, kw_only=True):
    note: Annotated[str, Meta(max_length=_LONGEST, title="备注")] = ""


class ReturnFacts(_Facts, frozen=True, kw_only=True):
    """Wrong authority: the right one is named; defects: all of them, at once."""

    reason: Annotated[ReturnReason, Meta(title="退回原因")]
    right_authority: Annotated[str, Meta(max_length=_LONGEST, title="有权机关")] = ""
    defects: Annotated[
        tuple[_Text, ...], Meta(max_length=_MOST_DEFECTS, title="需要补正的全部内容")
    ] = ()


class RefuseFacts(_Facts, frozen=True, kw_only=True):
    reason: Annotated[str, Meta(max_length=_LONGEST, title="不予受理的理由")]
    right_authority: Annotated[str, Meta(max_length=_LONGEST, title="有权机关")] = ""


class DecideFacts(_Facts, frozen=True, kw_only=True):
    """A rejection gives its reason."""

    approved: Annotated[bool, Meta(title="准予")]
    reason: Annotated[str, Meta(max_length=_LONGEST, title="理由")] = ""
    result: Annotated[str, Meta(max_length=_LONGEST, title="决定内容")] = ""


class CompleteFacts(_Facts, frozen=True, kw_only=True):
    result: Annotated[str, Meta(max_length=_LONGEST, title="办理结果")] = "已办结"


class DeliverFacts(_Facts, frozen=True, kw_only=True):
    """Without a recipient it was the applicant; whoever else received it is named."""

    recipient: Annotated[str, Meta(max_length=_LONGEST, title="领取人")] = ""
    relation: Annotated[str, Meta(max_length=_LONGEST, title="与申请人的关系")] = cases.SELF
    proof: Annotated[str, Meta(max_length=_LONGEST, title="送达凭证")] = ""


Trial = Callable[[Store, Case], Body]
"""The entry of an act with facts that nobody could object to: what the rules then say is of the case and the person."""


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """`label` is the word on a button; `facts` what has to be said with the act, each with its Chinese title."""

    verb: str
    label: str
    facts: type[_Facts]
    run: Callable[..., Case]
    trial: Trial

    def schema(self) -> dict[str, Any]:
        """The JSON schema of the facts."""
        return msgspec.json.schema(self.facts)


def _supplied(store: Store, case: Case) -> Body:
    return events.CaseSupplied(on=shown_today(store), materials=(MaterialTaken(index=0),))


def _forwarded(store: Store, case: Case) -> Body:
    return events.CaseForwarded(to=cases.examiner_of(store, case), on=shown_today(store))


def _taken_over(store: Store, case: Case) -> Body:
    slot = store.certificate.slot_text
    return events.CaseTakenOver(station=store.region, on=shown_today(store), slot=slot, running=1)


def _returned(store: Store, case: Case) -> Body:
    reason = ReturnReason.DEFECTS
    return events.CaseReturned(on=shown_today(store), reason=reason, defects=("…",))


def _accepted(store: Store, case: Case) -> Body:
    return events.CaseAccepted(on=shown_today(store))


def _refused(store: Store, case: Case) -> Body:
    return events.CaseRefused(on=shown_today(store), reason="…")


def _decided(store: Store, case: Case) -> Body:
    return events.CaseDecided(on=shown_today(store), approved=True)


def _completed(store: Store, case: Case) -> Body:
    return events.CaseCompleted(on=shown_today(store), result="…")


def _delivered(store: Store, case: Case) -> Body:
    day, way = shown_today(store), DeliveryWay.IN_PERSON
    return events.CaseDelivered(on=day, way=way, recipient=case.applicant.name)


ACTS = {
    act.verb: act
    for act in (
        Act(verb="supply", label="补收材料", facts=SupplyFacts, run=cases.supply, trial=_supplied),
        Act(verb="forward", label="转报", facts=ForwardFacts, run=cases.forward, trial=_forwarded),
        Act(verb="take_over", label="接收", facts=NoFacts, run=cases.take_over, trial=_taken_over),
        Act(verb="return", label="退回", facts=ReturnFacts, run=cases.send_back, trial=_returned),
        Act(verb="accept", label="受理", facts=NoFacts, run=cases.accept, trial=_accepted),
        Act(verb="refuse", label="不予受理", facts=RefuseFacts, run=cases.refuse, trial=_refused),
        Act(verb="decide", label="作出决定", facts=DecideFacts, run=cases.decide, trial=_decided),
        Act(
            verb="complete",
            label="当场办结",
            facts=CompleteFacts,
            run=cases.complete,
            trial=_completed,
        ),
        Act(verb="deliver", label="送达", facts=DeliverFacts, run=cases.deliver, trial=_delivered),
    )
}

_IN_USE = (
    "complete", "take_over", "forward", "accept", "decide", "deliver", "supply", "return", "refuse",
)  # fmt: skip
"""Of several acts that a case allows, the ordinary one first."""


def available(store: Store, case: Case, by: OperatorCard) -> tuple[Act, ...]:
    """What this person may do with a case now, the ordinary next act first: the rules are asked, with a trial."""
    acts = [ACTS[verb] for verb in _IN_USE if _may(store, case, ACTS[verb], by)]
    task = next_task(case, store.publications)
    if task is not None and task.kind is TaskKind.SUPPLY:
        acts.sort(key=lambda act: act.verb != "supply")
    return tuple(acts)


def _may(store: Store, case: Case, act: Act, by: OperatorCard) -> bool:
    setting = setting_at(store, case.region, by, case.head)
    try:
        need_whole(case)
        body = act.trial(store, case)
        rules.may_write(case, body, setting)
        rules.after(case, body, setting)
    except Refused:
        return False
    return True


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
    said = {name: _tidy(value) for name, value in msgspec.structs.asdict(told).items()}
    return act.run(store, subject, by=by, **said)


def _tidy(said: Any) -> Any:  # noqa: ANN401 - whatever a fact may be
    """What somebody typed or pasted goes into entries and on paper without control characters."""
    if type(said) is str:
        return plain_lines(said)
    if isinstance(said, tuple):
        return tuple(map(_tidy, said))
    return said
