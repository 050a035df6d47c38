"""Acts after the decision, and the other ends of a case."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from app.domain import events, rules
from app.domain.archive import longest
from app.domain.events import Appraisal, Body, DeliveryWay, Grade
from app.domain.items import Retention
from app.domain.tasks import keeping
from app.usecases.acts.act import Act, Facts, Moment, long, said

SELF = "本人"
_MOST_YEARS = 100


class CertifyFacts(Facts, frozen=True, kw_only=True):
    name: Annotated[str, said("证照名称")]
    number: Annotated[str, said("证照编号")] = ""


class DeliverFacts(Facts, frozen=True, kw_only=True):
    """Without a recipient it was the applicant; whoever else received it is named."""

    recipient: Annotated[str, said("领取人")] = ""
    relation: Annotated[str, said("与申请人的关系")] = SELF
    way: Annotated[DeliveryWay, Meta(title="送达方式")] = DeliveryWay.IN_PERSON
    proof: Annotated[str, said("送达凭证", longest=500)] = ""
    witness: Annotated[str, said("见证人")] = ""
    place: Annotated[str, said("送达地点")] = ""


class FollowUpFacts(Facts, frozen=True, kw_only=True):
    grade: Annotated[Grade, Meta(title="满意度")]
    way: Annotated[str, said("回访方式")] = "电话"
    opinion: Annotated[str, long("意见建议")] = ""


class RectifyFacts(Facts, frozen=True, kw_only=True):
    measures: Annotated[str, long("整改情况")]


class ReasonFacts(Facts, frozen=True, kw_only=True):
    reason: Annotated[str, long("原因")]


class ArchiveFacts(Facts, frozen=True, kw_only=True):
    """Without a period the item's own holds; it may be longer, never shorter."""

    number: Annotated[str, said("档号")]
    retention: Annotated[Retention | None, Meta(title="保管期限")] = None


class AppraiseFacts(Facts, frozen=True, kw_only=True):
    appraisal: Annotated[Appraisal, Meta(title="鉴定意见")]
    reason: Annotated[str, long("理由")]
    years: Annotated[int, Meta(ge=0, le=_MOST_YEARS, title="续存年数")] = 0


def _delivered(at: Moment, facts: DeliverFacts) -> Body:
    if facts.relation != SELF and not facts.recipient.strip():
        raise rules.BadFacts(field="recipient", why="empty")
    return events.CaseDelivered(
        on=at.day,
        way=facts.way,
        recipient=facts.recipient.strip() or at.case.applicant.name,
        relation=facts.relation,
        proof=facts.proof,
        witness=facts.witness,
        place=facts.place,
    )


def _archived(at: Moment, facts: ArchiveFacts) -> Body:
    retention = longest(facts.retention, at.item.retention)
    if retention is None:
        raise rules.BadFacts(field="retention", why="empty")
    keeper = keeping(at.case, at.store.publications)
    if at.store.rows.archive.where("a.number = ? AND a.keeper = ?", (facts.number, keeper)):
        raise rules.BadFacts(field="number", why="taken")
    return events.CaseArchived(on=at.day, number=facts.number, retention=retention)


def _appraised(at: Moment, facts: AppraiseFacts) -> Body:
    return events.CaseAppraised(
        on=at.day, appraisal=facts.appraisal, reason=facts.reason, years=facts.years
    )


def _destroyed(at: Moment, facts: ReasonFacts) -> Body:
    archived, appraiser = at.case.archived, at.case.appraiser
    if archived is None or appraiser is None:
        raise rules.NotPermitted(act="destroy", why="not_appraised")
    return events.CaseDestroyed(
        on=at.day,
        local_number=at.case.local_number.text,
        archive_number=archived.number,
        item=at.case.item,
        archived_on=archived.on,
        retention=archived.retention,
        appraised_by=appraiser,
        reason=facts.reason,
        item_version=at.case.item_version,
        pages=sum(taken.pages for taken in at.case.materials),
    )


ACTS = (
    Act(
        verb="certify",
        label="登记制证",
        facts=CertifyFacts,
        tell=lambda at, facts: events.CaseCertified(
            on=at.day, name=facts.name, number=facts.number
        ),
        trial=lambda _at: CertifyFacts(name="…"),
    ),
    Act(
        verb="deliver",
        label="送达",
        facts=DeliverFacts,
        tell=_delivered,
        trial=lambda at: DeliverFacts(recipient=at.case.applicant.name),
    ),
    Act(
        verb="follow_up",
        label="回访",
        facts=FollowUpFacts,
        tell=lambda at, facts: events.CaseFollowedUp(
            on=at.day, grade=facts.grade, way=facts.way, opinion=facts.opinion
        ),
        trial=lambda _at: FollowUpFacts(grade=Grade.GOOD),
    ),
    Act(
        verb="rectify",
        label="登记整改",
        facts=RectifyFacts,
        tell=lambda at, facts: events.CaseRectified(on=at.day, measures=facts.measures),
        trial=lambda _at: RectifyFacts(measures="…"),
    ),
    Act(
        verb="archive",
        label="归档",
        facts=ArchiveFacts,
        tell=_archived,
        trial=lambda _at: ArchiveFacts(number="…", retention=Retention.PERMANENT),
    ),
    Act(
        verb="appraise",
        label="鉴定",
        facts=AppraiseFacts,
        tell=_appraised,
        trial=lambda _at: AppraiseFacts(appraisal=Appraisal.EXTEND, reason="…", years=1),
    ),
    Act(
        verb="destroy",
        label="批准销毁",
        facts=ReasonFacts,
        tell=_destroyed,
        trial=lambda _at: ReasonFacts(reason="…"),
        outward=True,
    ),
    Act(
        verb="withdraw",
        label="撤回申请",
        facts=ReasonFacts,
        tell=lambda at, facts: events.CaseWithdrawn(on=at.day, reason=facts.reason),
        trial=lambda _at: ReasonFacts(reason="…"),
        outward=True,
    ),
    Act(
        verb="void",
        label="作废",
        facts=ReasonFacts,
        tell=lambda at, facts: events.CaseVoided(on=at.day, reason=facts.reason),
        trial=lambda _at: ReasonFacts(reason="…"),
        outward=True,
    ),
)
