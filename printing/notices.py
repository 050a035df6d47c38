"""What the authority's notices say: acceptance, supplement, refusal, decision and those on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.papers import (
    AcceptanceNotice,
    DecisionNotice,
    DefectLine,
    ExtensionNotice,
    RefusalNotice,
    ReturnNotice,
    SpecialProcedureNotice,
    SupplementNotice,
    chinese_date,
)
from printing.notice_sheet import SIGNS, WIDTH, Notice, notice_sheets
from printing.sheets import Block
from printing.stubs import perforation, tear_off


def acceptance(facts: AcceptanceNotice) -> bytes:
    """受理通知书."""
    said = [
        f"{_application(facts)}收悉。经审查，{_by_basis(facts.basis)}本机关决定自"
        f"{chinese_date(facts.accepted_on)}起予以受理。",
        _sentence(f"办理期限：{facts.limit_words}") + _promised_day(facts),
        _listed("下列时间不计入办理期限：", facts.not_counted),
        _sentence(f"收费：{facts.fees_words}"),
    ]
    return notice_sheets(facts, said)


def _promised_day(facts: AcceptanceNotice) -> str:
    """The last day of the promise: it says that it is the promise's, and that the day is in."""
    if facts.due is None:
        return ""
    day = f"承诺最迟办结日期：{chinese_date(facts.due)}"
    return f"{day}（预计，以国家公布的工作日安排为准）。" if facts.due_expected else f"{day}。"


def refusal(facts: RefusalNotice) -> bytes:
    """不予受理通知书."""
    said = [
        f"{_application(facts)}收悉。经审查，{_sentence(facts.reason)}{_by_basis(facts.basis)}本机关决定不予受理。",
        _sentence(f"该事项请向{facts.right_authority}提出") if facts.right_authority else "",
        facts.remedies,
    ]
    return notice_sheets(facts, said)


def decision(facts: DecisionNotice) -> bytes:
    """准予决定书 or 不予决定书."""
    said = [
        f"{_application(facts)}，本机关于{chinese_date(facts.accepted_on)}受理。",
        _sentence(f"经审查：{facts.findings}"),
        _sentence(f"{_by_basis(facts.basis)}本机关决定：{facts.decision}"),
        facts.remedies,
    ]
    return notice_sheets(facts, said)


def supplement(facts: SupplementNotice) -> bytes:
    """补正材料一次性告知书; the stub and the reply are torn off a sheet of their own."""
    said = [
        f"{_application(facts)}收悉。经审查，申请材料不齐全或者不符合规定形式，"
        f"现将需要补正的全部内容一次性告知如下（本件第{facts.times}次告知）：",
        *(f"{n}．{_defect(one)}" for n, one in enumerate(facts.defects, 1)),
        f"请将上述材料补齐，最迟{_by_day(facts)}交到{facts.bring_to}。" if facts.due else "",
        "逾期不补正又不说明理由的，按退件处理，可以重新申请。",
    ]
    return notice_sheets(facts, said, torn_off=_stub_and_reply(facts))


def _by_day(facts: SupplementNotice) -> str:
    expected = "（预计）" if facts.due_expected else ""
    return f"{chinese_date(facts.due)}{expected}" if facts.due else ""


def _stub_and_reply(facts: SupplementNotice) -> list[Block]:
    who = [("受送达人", facts.applicant), ("证件号码", facts.id_number or "—")]
    case = [("收件号", facts.local_number)]
    defects = "；".join(f"{n}．{one.what.rstrip('。；')}" for n, one in enumerate(facts.defects, 1))
    stub = [
        who,
        [("申请事项", f"{facts.item}（事项编码{facts.item_id}）")],
        case,
        [("告知次数", f"第{facts.times}次"), ("补正期限", _by_day(facts) or "—")],
        [("补正内容", f"{defects}。")],
        [("送达方式", "□直接送达　　□留置送达　　□委托送达　　□邮寄送达")],
        [("经办人", facts.handler), ("告知日期", chinese_date(facts.issued_on))],
    ]
    said = (
        f"本人（单位）已收到{facts.issuer}的《{facts.title}》（{facts.number}），"
        f"需要补正的内容共{len(facts.defects)}项，已经一次告知清楚。"
    )
    first, *rest = tear_off("存根", "机关留存", facts.number, WIDTH, rows=stub)
    return [
        replace(first, fresh=True),
        *rest,
        perforation(facts.number, WIDTH),
        *tear_off(
            "送达回执",
            "受送达人签收后交回机关",
            facts.number,
            WIDTH,
            rows=[who, case],
            said=said,
            signs=SIGNS,
        ),
    ]


def _defect(one: DefectLine) -> str:
    what = one.what.rstrip("。；，、：")
    return _sentence(f"{what}：{one.standard}" if one.standard else what)


def special_procedure(facts: SpecialProcedureNotice) -> bytes:
    """特别程序告知书."""
    began, expected = chinese_date(facts.began), "（预计）" if facts.expected else ""
    length = (
        f"所需时间为{facts.days_words}，最迟{chinese_date(facts.ends_by)}{expected}结束"
        if facts.ends_by
        else "所需时间以实际需要为准，结束后另行告知"
    )
    last = (
        f"按此计算，承诺最迟办结日期顺延至{chinese_date(facts.due)}{expected}；"
        "上述程序提前结束的，相应提前。"
        if facts.due
        else ""
    )
    said = [
        f"{_application(facts)}，本机关于{chinese_date(facts.accepted_on)}受理。"
        f"{_by_basis(facts.basis)}办理该申请需要依法进行{facts.procedure}，"
        f"经{facts.approver}批准，自{began}起启动特别程序。",
        _sentence(length),
        "特别程序所需时间不计入办理期限；特别程序结束后，办理期限继续计算。" + last,
    ]
    return notice_sheets(facts, said)


def extension(facts: ExtensionNotice) -> bytes:
    """延期告知书."""
    expected = "（预计，以国家公布的工作日安排为准）" if facts.due_expected else ""
    by = f"延长后承诺最迟办结日期为{chinese_date(facts.due)}{expected}。" if facts.due else ""
    said = [
        f"{_application(facts)}，本机关于{chinese_date(facts.accepted_on)}受理，"
        "在规定的期限内不能办结。",
        _sentence(f"延期理由：{facts.reason}"),
        f"{_by_basis(facts.basis)}经本机关负责人{facts.approver}于{chinese_date(facts.extended_on)}批准，"
        f"办理期限延长{facts.days_words}。{by}",
        "本件办理期限只延长一次。特此告知。",
    ]
    return notice_sheets(facts, said)


def return_notice(facts: ReturnNotice) -> bytes:
    """退回件通知."""
    again = f"（本件第{facts.times}次告知）"
    day = chinese_date(facts.returned_on)
    if facts.defects:
        said = [
            f"{_application(facts)}收悉。经审查，申请材料不齐全或者不符合规定形式，{_by_basis(facts.basis)}"
            f"本机关于{day}将申请材料退回{facts.returned_to}。需要补正的全部内容一次性告知如下{again}：",
            *(f"{n}．{_sentence(one)}" for n, one in enumerate(facts.defects, 1)),
            f"请将上述材料补齐后交到{facts.returned_to}，由其重新报送本机关，原收件号不变。",
        ]
    else:
        said = [
            f"{_application(facts)}收悉。经审查，该事项不属于本机关职权范围，{_by_basis(facts.basis)}"
            f"本机关于{day}将申请材料退回{facts.returned_to}。",
            f"该事项请向{facts.right_authority}提出；可以到{facts.returned_to}取回材料，"
            "也可以由其协助转送。",
        ]
    return notice_sheets(facts, [*said, f"本通知不是不予受理决定。{facts.review}"])


def _application(facts: Notice) -> str:
    return (
        f"你（单位）于{chinese_date(facts.applied_on)}提出的{facts.item}申请"
        f"（事项编码{facts.item_id}）"
    )


def _by_basis(basis: Sequence[str]) -> str:
    return f"根据{'、'.join(basis)}的规定，" if basis else ""


def _listed(head: str, texts: Sequence[str]) -> str:
    return _sentence(head + "；".join(text.rstrip("。") for text in texts)) if texts else ""


def _sentence(text: str) -> str:
    return f"{text.rstrip('。；，、')}。" if text else ""
