"""Facts of documents to print, as `app` would make them."""

from datetime import date
from typing import Any, TypeVar

import msgspec

from app.domain.numbers import LocalNumber
from app.domain.papers import (
    AcceptanceNotice,
    ApplicationForm,
    BlankReceipts,
    CustodySlip,
    DecisionNotice,
    DefectLine,
    FormField,
    MaterialLine,
    MaterialsReceipt,
    OriginalLine,
    PaperFacts,
    PaperKind,
    RefusalNotice,
    SharedMaterial,
    SupplementNotice,
    VisitLine,
    VisitReceipt,
    remedies_text,
)
from app.domain.receipt_code import write_code
from app.domain.regions import RegionCode
from app.journal.keys import DeviceKeys

KEYS = DeviceKeys(sign_private=bytes(range(32)), seal_private=bytes(range(32, 64)))
LOCAL = LocalNumber(RegionCode("450305200201"), date(2026, 11, 21), "A2", 7)
LONG_NAME = "广西壮族自治区桂林市七星区朝阳乡新建村民委员会湖塘片区股份经济合作联合社（有限合伙）"
REMEDIES = remedies_text(reconsider_to="桂林市七星区人民政府", sue_in="桂林市七星区人民法院")

MATERIALS = (
    MaterialLine(name="共同生活家庭成员居民身份证", originals=1, copies=3, pages=4),
    MaterialLine(name="家庭经济状况核对授权书", originals=1, pages=2, originals_held=True),
    MaterialLine(name="中华人民共和国残疾人证", given=False, note="家庭成员有残疾人时"),
    MaterialLine(name="本人社会保障卡或银行卡（账号页）", copies=1, pages=1),
)

COMMON: dict[str, Any] = {
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


Paper = TypeVar("Paper", bound=PaperFacts)


def coded(facts: Paper) -> Paper:
    """The facts with their signed QR text, as they are issued."""
    code = write_code(facts, device=KEYS.device, local_number=LOCAL, name="韦**", sign=KEYS.sign)
    return msgspec.structs.replace(facts, code=code)


def a_receipt(**changes: Any) -> MaterialsReceipt:
    facts = MaterialsReceipt(
        number="湖政服收A2〔2026〕17号",
        issuer="湖塘村政务服务站",
        received_on=date(2026, 11, 21),
        authority="桂林市七星区民政局",
        mode="代办",
        forward_words="收件后3个工作日内转报",
        forward_by=date(2026, 11, 26),
        limit_words="自受理之日起21个工作日内办结（法定30个工作日）",
        fees_words="不收费",
        materials=MATERIALS,
        **COMMON,
    )
    return coded(msgspec.structs.replace(facts, **changes))


def a_slip(**changes: Any) -> MaterialsReceipt:
    return a_receipt(kind=PaperKind.MATERIALS_SLIP, **changes)


def thirty_materials() -> tuple[MaterialLine, ...]:
    long = "房屋所有权证、土地使用权证或者不动产权证书，以及能够证明房屋来源的其他合法有效材料"
    return tuple(
        MaterialLine(name=f"材料{n:02}：{long if n % 3 else '居民户口簿'}", copies=n, pages=n)
        for n in range(1, 31)
    )


def an_acceptance(**changes: Any) -> AcceptanceNotice:
    facts = AcceptanceNotice(
        number="七民受A5〔2026〕3号",
        issuer="桂林市七星区民政局",
        official_number="QX2026-000045",
        applied_on=date(2026, 11, 21),
        accepted_on=date(2026, 11, 24),
        basis=(
            "《社会救助暂行办法》（国务院令第649号）",
            "《最低生活保障审核确认办法》（民发〔2021〕57号）",
        ),
        limit_words="自受理之日起21个工作日内办结（承诺时限）；法定时限30个工作日",
        due=date(2026, 12, 23),
        not_counted=("依法进行听证、检验、检测、鉴定和专家评审所需时间",),
        fees_words="不收费",
        **COMMON,
    )
    return coded(msgspec.structs.replace(facts, **changes))


def a_refusal(**changes: Any) -> RefusalNotice:
    facts = RefusalNotice(
        number="七民不受A5〔2026〕1号",
        issuer="桂林市七星区民政局",
        applied_on=date(2026, 11, 21),
        reason="你的户籍所在地和经常居住地均不在桂林市七星区，该事项不属于本机关职权范围",
        right_authority="桂林市临桂区民政局",
        basis=("《最低生活保障审核确认办法》第五条",),
        remedies=REMEDIES,
        **COMMON,
    )
    return coded(msgspec.structs.replace(facts, **changes))


def a_decision(**changes: Any) -> DecisionNotice:
    facts = DecisionNotice(
        number="七民决A5〔2026〕2号",
        issuer="桂林市七星区民政局",
        official_number="QX2026-000045",
        approved=True,
        applied_on=date(2026, 11, 21),
        accepted_on=date(2026, 11, 24),
        findings="你家庭共同生活成员3人，人均月收入412.50元，低于当地低保标准，公示7日无异议",
        basis=("《社会救助暂行办法》第十一条",),
        decision="准予将你家庭纳入最低生活保障范围，自2026年12月起按月发给1,409.50元",
        **COMMON,
    )
    return coded(msgspec.structs.replace(facts, **changes))


def a_rejection(**changes: Any) -> DecisionNotice:
    return a_decision(
        approved=False,
        decision="不予确认为最低生活保障对象",
        remedies=REMEDIES,
        **changes,
    )


def a_supplement(**changes: Any) -> SupplementNotice:
    facts = SupplementNotice(
        number="朝阳政服补A3〔2026〕2号",
        issuer="朝阳乡人民政府",
        applied_on=date(2026, 11, 21),
        times=1,
        defects=(
            DefectLine(
                what="家庭经济状况核对授权书缺少配偶签名", standard="共同生活的成年家庭成员都要签名"
            ),
            DefectLine(what="户口簿复印件看不清"),
        ),
        due=date(2026, 12, 21),
        bring_to="湖塘村政务服务站",
        **COMMON,
    )
    return coded(msgspec.structs.replace(facts, **changes))


def a_visit(**changes: Any) -> VisitReceipt:
    facts = VisitReceipt(
        number="湖塘政服合收A2〔2026〕1号",
        issuer="湖塘村政务服务站",
        received_on=date(2026, 11, 21),
        cases=(
            VisitLine(applicant="韦小妹", item="最低生活保障审核确认",
                      local_number="450305200201-20261121-A2-0001", limit="自受理之日起21个工作日内办结"),
            VisitLine(applicant="韦大山", item="就业创业证申领",
                      local_number="450305200201-20261121-A2-0002", limit="自受理之日起5个工作日内办结",
                      missing=2),
        ),
        materials=(
            SharedMaterial(line=MaterialLine(name="居民户口簿", originals=1, copies=1), cases=(1, 2)),
        ),
        **COMMON,
    )  # fmt: skip
    return coded(msgspec.structs.replace(facts, **changes))


def a_custody_slip(**changes: Any) -> CustodySlip:
    facts = CustodySlip(
        number="湖塘政服交A2〔2026〕1号",
        issuer="湖塘村政务服务站",
        originals=(
            OriginalLine(what="居民户口簿", whose="韦小妹", count=1, where="朝阳乡政务服务站",
                         since=date(2026, 11, 24), receiver="莫大志"),
            OriginalLine(what="残疾人证", whose="韦大山", count=1, where="已退还",
                         since=date(2026, 11, 25), receiver="韦大山"),
        ),
        **COMMON,
    )  # fmt: skip
    return coded(msgspec.structs.replace(facts, **changes))


def an_application_form(**changes: Any) -> ApplicationForm:
    facts = ApplicationForm(
        number="湖塘政服表A2〔2026〕1号",
        issuer="湖塘村政务服务站",
        name="最低生活保障申请表",
        addressed_to="桂林市七星区民政局",
        fields=(
            FormField(label="申请人姓名", value="韦小妹"),
            FormField(label="性别", value="女"),
            FormField(label="证件号码", value="450305196203151028"),
            FormField(label="申请事项", value="最低生活保障审核确认（事项编码IT001）"),
            FormField(label="申请理由和基本情况"),
            FormField(label="收件号", value=LOCAL.text),
        ),
        members=(("韦大山", "配偶", "450305196001010011", ""),),
        materials=(MaterialLine(name="居民户口簿"), MaterialLine(name="残疾人证", given=False)),
        promise="本人对所填内容的真实性负责。",
        signing=(FormField(label="见证人", value="莫大志 13911112222"),),
        **(COMMON | {"id_number": ""}),
    )
    return coded(msgspec.structs.replace(facts, **changes))


def some_blanks(**changes: Any) -> BlankReceipts:
    facts = BlankReceipts(
        numbers=tuple(f"湖塘政服空收A2〔2026〕{n}号" for n in (17, 18, 19)),
        issuer="湖塘村政务服务站",
        reserved_on=date(2026, 11, 22),
        window_phone="0773-5810000",
        supervision_phone="0773-5812345",
    )
    return msgspec.structs.replace(facts, **changes)
