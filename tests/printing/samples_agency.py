"""Facts of the agent's papers and of delivery, as `app` would make them."""

from datetime import date
from typing import Any

import msgspec

from app.domain.events import DeliveryWay
from app.domain.papers import (
    AgencyClosed,
    AgencyEnded,
    BackLine,
    CaseRecord,
    FollowUpLine,
    Mandate,
    PartyLine,
    ProofOfDelivery,
    ServedLine,
    SignedFor,
    StepLine,
)
from app.usecases.paper_facts.agency import DATA_NOTICE, POWERS, RESERVED, TERM
from tests.printing.samples import LOCAL, LONG_NAME, MATERIALS, coded, thirty_materials

_COMMON: dict[str, Any] = {
    "issuer": "湖塘村政务服务站",
    "applicant": "韦小妹",
    "id_number": "450305********1028",
    "item": "最低生活保障审核确认",
    "item_id": "IT001",
    "local_number": LOCAL.text,
    "issued_on": date(2026, 11, 24),
    "handler": "李秀英",
    "window_phone": "0773-5810000",
    "supervision_phone": "0773-5812345",
}
ADDRESS = "桂林市七星区朝阳乡湖塘村3组12号"
SIGNED_FOR = SignedFor(
    written_by="蒙春燕", read_by="蒙春燕", witness="莫建国", witness_phone="13911112222"
)
GUARDIAN = PartyLine(
    role="法定代理人",
    name="韦大山",
    id_label="居民身份证",
    id_number="450305196001010011",
    phone="13977300000",
    address=ADDRESS,
    basis="父亲",
)
BACK = (
    BackLine(what="家庭经济状况核对授权书", count="原件1件", outcome="2026年11月24日退还韦小妹"),
    BackLine(what="居民户口簿", count="原件1件", outcome="待退还，存朝阳乡政务服务站"),
    BackLine(what="居民身份证", count="原件1件，复印件3份", outcome="原件收件时当场退还，复印件随卷存档"),
)  # fmt: skip
SERVED = (
    ServedLine(title="准予决定书", number="朝阳政服决A3〔2026〕2号"),
    ServedLine(title="最低生活保障证", number="桂低保20260045"),
)
STEPS = (
    StepLine(on=date(2026, 11, 21), who="湖塘村的李秀英", what="登记收件（代办），收材料3件，必备材料齐全。"),
    StepLine(on=date(2026, 11, 21), who="湖塘村的李秀英", what="打印《代办委托书》湖塘政服委A2〔2026〕1号。"),
    StepLine(on=date(2026, 11, 23), who="湖塘村的李秀英", what="把材料转往朝阳乡。"),
    StepLine(on=date(2026, 11, 24), who="朝阳乡的莫大志", what="接收了材料，编号450305200-20261124-A3-0001。"),
    StepLine(on=date(2026, 11, 24), who="朝阳乡的莫大志", what="受理了申请。"),
    StepLine(on=date(2026, 12, 10), who="朝阳乡的李主任（代 莫大志）", what="作出准予决定，自2026年12月起按月发给。"),
    StepLine(on=date(2026, 12, 12), who="湖塘村的李秀英", what="代办员转交，韦*妹（本人）收下结果，送达回证已签字。"),
)  # fmt: skip


def a_mandate(**changes: Any) -> Mandate:
    facts = Mandate(
        number="湖塘政服委A2〔2026〕1号",
        principal=PartyLine(
            role="委托人",
            name="韦小妹",
            id_label="居民身份证",
            id_number="450305196203151028",
            phone="13877300000",
            address=ADDRESS,
        ),
        agent=PartyLine(
            role="受托人",
            name="李秀英",
            phone="0773-5810001",
            address="湖塘村政务服务站",
            basis="代办员",
        ),
        authority="朝阳乡人民政府受理，桂林市七星区民政局决定",
        signed_on=date(2026, 11, 21),
        powers=POWERS,
        reserved=RESERVED,
        term=TERM,
        fees="代办服务不收取任何费用。本事项不收费。",
        data_notice=DATA_NOTICE,
        materials=tuple(one for one in MATERIALS if one.given),
        **(_COMMON | {"id_number": ""}),
    )
    return coded(msgspec.structs.replace(facts, **changes))


def a_mandate_by_fingerprint(**changes: Any) -> Mandate:
    """Somebody who cannot write, for whom the guardian signs too: the fullest there is."""
    return a_mandate(signing=(SIGNED_FOR,), acting=(GUARDIAN,), **changes)


def an_agency_ended(**changes: Any) -> AgencyEnded:
    facts = AgencyEnded(
        number="湖塘政服终A2〔2026〕1号",
        ended_on=date(2026, 11, 23),
        ending="申请人撤回申请",
        reason="已到外地随子女生活，不再申请",
        consequence="自终止之日起，代办委托书失效，代办员不再代为办理。"
        "申请人可以自行向朝阳乡人民政府申请，也可以重新委托代办。",
        returned=BACK,
        **_COMMON,
    )
    return coded(msgspec.structs.replace(facts, **changes))


def an_agency_closed(**changes: Any) -> AgencyClosed:
    facts = AgencyClosed(
        number="湖塘政服结A2〔2026〕1号",
        official_number="450305200-20261124-A3-0001",
        closed_on=date(2026, 12, 12),
        outcome="准予：自2026年12月起按月发给1409.50元",
        results=SERVED,
        way=DeliveryWay.PROXY.label,
        handed_by="湖塘村的李秀英",
        received_by="韦大山",
        relation="配偶",
        proof="送达回证已签字",
        returned=BACK,
        follow_up="承办人以外的人员将在办结后10个工作日内回访，请如实评价代办服务。",
        **_COMMON,
    )
    return coded(msgspec.structs.replace(facts, **changes))


def a_record(**changes: Any) -> CaseRecord:
    """After it was delivered and before anybody asked: there is room to write."""
    facts = CaseRecord(
        number="湖塘政服登A2〔2026〕1号",
        official_number="450305200-20261124-A3-0001",
        received_on=date(2026, 11, 21),
        mode="代办",
        phone="138****0000",
        authority="朝阳乡人民政府受理，桂林市七星区民政局决定",
        limit_words="自受理之日起21个工作日内办结（承诺时限）；法定时限30个工作日",
        steps=STEPS,
        result="准予：自2026年12月起按月发给1409.50元",
        **_COMMON,
    )
    return coded(msgspec.structs.replace(facts, **changes))


def a_whole_record(**changes: Any) -> CaseRecord:
    """With a follow-up that was not content, its rectification, and its place in the archive."""
    return a_record(
        followed_up=(
            FollowUpLine(
                on=date(2026, 12, 20),
                who="朝阳乡的莫回访",
                way="电话",
                grade="不满意",
                opinion="办得太慢，问了两次才知道进度",
            ),
        ),
        rectified=(
            StepLine(
                on=date(2026, 12, 28),
                who="湖塘村的李秀英",
                what="已上门说明，今后每个环节办完当天电话告知",
            ),
        ),
        archive_number="2026-D30-A3-0045",
        **changes,
    )


def a_proof(**changes: Any) -> ProofOfDelivery:
    """As it is carried along: nobody has signed yet."""
    facts = ProofOfDelivery(
        number="湖塘政服送A2〔2026〕1号",
        official_number="450305200-20261124-A3-0001",
        sender="桂林市七星区民政局",
        served=SERVED,
        address=ADDRESS,
        ways=tuple(way.label for way in DeliveryWay),
        **_COMMON,
    )
    return coded(msgspec.structs.replace(facts, **changes))


def a_proof_of_leaving(**changes: Any) -> ProofOfDelivery:
    """留置送达: nobody would sign, a witness saw it."""
    told: dict[str, Any] = {
        "way": DeliveryWay.LEFT.label,
        "place": "韦小妹家中",
        "served_on": date(2026, 12, 12),
        "server": "湖塘村的李秀英",
        "received_by": "韦大山",
        "relation": "配偶",
        "remark": "对补助标准有意见，拒绝签收",
        "witness": "莫建国",
        "left": True,
    }
    return a_proof(**(told | changes))


def extreme() -> tuple[Any, ...]:
    """Each with the longest names, thirty papers, forty steps."""
    said = {"applicant": LONG_NAME, "issuer": LONG_NAME, "item": LONG_NAME, "item_id": "4" * 31}
    person = PartyLine(
        role="委托人", name=LONG_NAME, id_label="统一社会信用代码", id_number="9145030012345678XY",
        phone="0773-58100001234", address=LONG_NAME * 2,
    )  # fmt: skip
    back = tuple(
        BackLine(what=line.name, count=f"原件1件，复印件{line.copies}份", outcome=f"待退还，存{LONG_NAME}")
        for line in thirty_materials()
    )  # fmt: skip
    served = tuple(ServedLine(title=LONG_NAME, number=f"桂林{n:012}") for n in range(1, 11))
    steps = tuple(
        StepLine(on=date(2026, 11, 1), who=f"湖塘村的第{n}人", what=LONG_NAME) for n in range(1, 41)
    )
    return (
        a_mandate_by_fingerprint(principal=person, materials=thirty_materials(), **said),
        an_agency_ended(reason=LONG_NAME * 4, returned=back, **said),
        an_agency_closed(outcome=LONG_NAME * 4, returned=back, results=served, **said),
        a_whole_record(steps=steps, result=LONG_NAME * 4, **said),
        a_proof_of_leaving(served=served, remark=LONG_NAME * 3, place=LONG_NAME, **said),
    )
