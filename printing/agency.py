"""The agent's papers: the mandate, how it ended or what came of it, and the record of the whole way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportlab.lib.units import mm

from app.domain.papers import (
    AgencyClosed,
    AgencyEnded,
    BackLine,
    CaseRecord,
    Mandate,
    Paper,
    PartyLine,
    SignedFor,
    chinese_date,
)
from printing.form_sheet import DATE, LABEL, NOTE, SIGN, TEXT, WIDTH, form_sheets
from printing.marks import sign_boxes
from printing.receipts import kept_words
from printing.sheets import Block
from printing.tables import Column, field_table, table
from printing.words import gap, hanging, kept_together, paragraph

Rows = Sequence[Sequence[tuple[str, str]]]
_LABEL_WIDTH: Final = 24 * mm
_HANG: Final = 25 * mm
_GRADES: Final = "□非常满意　□满意　□基本满意　□不满意　□非常不满意"


def mandate(facts: Mandate) -> bytes:
    """代办委托书: the parties, what is entrusted, the notices, and where each signs.

    Nobody signs a sheet on which nothing is said: the last notice stays with the signatures.
    """
    parties = (facts.principal, *facts.acting, facts.agent)
    matter = [
        [("委托事项", f"{facts.item}（事项编码{facts.item_id}）")],
        [("办理机关", facts.authority)],
        [("收件号", facts.local_number), ("委托日期", chinese_date(facts.signed_on))],
    ]
    return form_sheets(
        facts,
        [
            *fields([*(row for party in parties for row in _party(party)), *matter]),
            gap(6),
            *_part("一、委托权限", facts.powers),
            *_part("二、除外事项", facts.reserved),
            *_part("三、委托期限", [facts.term]),
            *_handed_in(facts),
            *_part("五、费用", [facts.fees]),
            *kept_together(
                [
                    *_part("六、个人信息", [facts.data_notice]),
                    *_read_aloud(facts),
                    gap(4),
                    *_hands(facts),
                ]
            ),
            *contact(facts),
        ],
    )


def ended(facts: AgencyEnded) -> bytes:
    """终止代办单: why, what follows, what goes back, signed by both."""
    about = [
        [("终止日期", chinese_date(facts.ended_on)), ("代办员", facts.handler)],
        [("终止原因", "：".join(words for words in (facts.ending, facts.reason) if words))],
    ]
    return form_sheets(
        facts,
        [
            *fields([*case_fields(facts), *about]),
            gap(6),
            *_back(facts.returned),
            *_said(facts.consequence, "标明退还的材料，委托人已当面点清收回。"),
            *_signed(facts, "委托人签名（捺指印）："),
        ],
    )


def closed(facts: AgencyClosed) -> bytes:
    """代办办结单: what came of it, what was handed over and by whom to whom, what went back."""
    relation = f"（{facts.relation}）" if facts.relation else ""
    about = [
        [("办理结果", facts.outcome)],
        [("交付人", facts.handed_by), ("领取人", facts.received_by + relation)],
        [("交付方式", facts.way), ("交付日期", chinese_date(facts.closed_on))],
        [("交付凭证", facts.proof), ("代办员", facts.handler)],
    ]
    results = [
        [str(n), one.title, one.number, f"{one.count}份"] for n, one in enumerate(facts.results, 1)
    ]
    return form_sheets(
        facts,
        [
            *fields([*case_fields(facts), *about]),
            gap(6),
            *(table(SERVED, results, WIDTH, head=LABEL, body=TEXT) if results else ()),
            gap(6),
            *_back(facts.returned),
            *_said("上列结果和标明退还的材料，领取人已当面点清收到。", facts.follow_up),
            *_signed(facts, "领取人签名（捺指印）："),
        ],
    )


def record(facts: CaseRecord) -> bytes:
    """全程代理承办和跟踪回访登记表: every step, then what was asked and answered afterwards."""
    about = [
        [("收件日期", chinese_date(facts.received_on)), ("办理方式", facts.mode)],
        [("办理机关", facts.authority)],
        [("办理时限", facts.limit_words)],
        [("经办人", facts.handler), ("联系电话", facts.phone)],
        [("档号", facts.archive_number)],
    ]
    steps = [
        [str(n), chinese_date(one.on), one.who, one.what] for n, one in enumerate(facts.steps, 1)
    ]
    after = fields([[("办理结果", facts.result)], *_followed_up(facts)])
    boxes = [
        ["经办人签名：", "", chinese_date(facts.issued_on)],
        ["服务站负责人签名（盖章）：", "", DATE],
    ]
    return form_sheets(
        facts,
        [
            *fields([*case_fields(facts), *about]),
            gap(6),
            *table(_STEPS, steps, WIDTH, head=LABEL, body=NOTE),
            gap(6),
            *kept_together([*after, gap(4), sign_boxes(boxes, WIDTH, SIGN)]),
            *contact(facts),
        ],
    )


# --- pieces -----------------------------------------------------------------------------------------


SERVED: Final = [
    Column(head="序号", width=12 * mm),
    Column(head="文书、证照名称", centred=False),
    Column(head="编号", width=62 * mm),
    Column(head="份数", width=16 * mm),
]
_MATERIALS: Final = [
    Column(head="序号", width=12 * mm),
    Column(head="移交的材料", centred=False),
    Column(head="原件", width=14 * mm),
    Column(head="复印件", width=16 * mm),
    Column(head="收存情况", width=32 * mm),
]
_BACK: Final = [
    Column(head="序号", width=12 * mm),
    Column(head="材料名称", centred=False),
    Column(head="件数", width=36 * mm),
    Column(head="退还情况", width=58 * mm, centred=False),
]
_STEPS: Final = [
    Column(head="序号", width=12 * mm),
    Column(head="日期", width=28 * mm),
    Column(head="承办人", width=34 * mm, centred=False),
    Column(head="办理情况和结果", centred=False),
]


def fields(rows: Rows) -> list[Block]:
    """The rows of which something is known."""
    known = [found for row in rows if (found := [field for field in row if field[1]])]
    return field_table(known, WIDTH, label=LABEL, value=TEXT, label_width=_LABEL_WIDTH)


def case_fields(facts: AgencyEnded | AgencyClosed | CaseRecord) -> list[list[tuple[str, str]]]:
    return [
        [("申请人", facts.applicant), ("证件号码", facts.id_number)],
        [("申请事项", f"{facts.item}（事项编码{facts.item_id}）")],
        [("收件号", facts.local_number), ("办件编号", facts.official_number)],
    ]


def contact(facts: Paper) -> list[Block]:
    """The telephones, on the sheet of what stands before them."""
    telephones = (
        f"咨询电话：{facts.window_phone}" if facts.window_phone else "",
        f"监督电话：{facts.supervision_phone}" if facts.supervision_phone else "",
    )
    known = "　".join(words for words in telephones if words)
    return [gap(4, keep=True), *paragraph(known, WIDTH, NOTE)] if known else []


def _part(head: str, texts: Sequence[str]) -> list[Block]:
    """A head at the left, what it says at its right, with numbers if there are several."""
    several = len(texts) > 1
    blocks = [
        block
        for n, text in enumerate(texts, 1)
        for block in hanging(
            head if n == 1 else "",
            f"{n}．{text}" if several else text,
            WIDTH,
            TEXT,
            hang=_HANG,
            label_setting=LABEL,
        )
    ]
    return [*kept_together(blocks), gap(3)]


def _party(party: PartyLine) -> list[list[tuple[str, str]]]:
    name = f"{party.name}（{party.basis}）" if party.basis else party.name
    number = " ".join(words for words in (party.id_label, party.id_number) if words)
    phone = ("联系电话", party.phone)
    if not number:  # the agent, for the station
        return [[(party.role, name), phone], [("服务站", party.address)]]
    return [[(party.role, name), ("证件", number)], [("住址", party.address), phone]]


def _handed_in(facts: Mandate) -> list[Block]:
    rows = [
        [
            str(n),
            one.name,
            f"{one.originals}份" if one.originals else "—",
            f"{one.copies}份" if one.copies else "—",
            kept_words(one),
        ]
        for n, one in enumerate(facts.materials, 1)
    ]
    if not rows:
        return _part("四、移交材料", ["签订时没有移交材料，以后收到的以收件回执为准。"])
    head = kept_together(_part("四、移交材料", [f"共{len(rows)}种："]))
    return [*head, *table(_MATERIALS, rows, WIDTH, head=LABEL, body=TEXT), gap(4)]


def _read_aloud(facts: Mandate) -> list[Block]:
    """That the contents were understood, of somebody who cannot write by whose help."""
    said = "委托人已阅读并同意以上内容。"
    for one in facts.signing:
        said = (
            f"委托人不能书写，本委托书按其本人意思由{one.written_by}代书，由{one.read_by}向其逐条宣读，"
            f"委托人表示听清、同意，{'捺指印' if one.fingerprint else '亲自签名'}确认；"
            f"{one.witness}在场见证（见证人不是本件经办人）。"
        )
    return paragraph(said, WIDTH, TEXT, indent=TEXT.width("　　"))


def _hands(facts: Mandate) -> list[Block]:
    """Who signs where: the two sides, then those who wrote, read and saw."""
    by_print = any(one.fingerprint for one in facts.signing)
    own = "委托人捺指印：" if by_print else "委托人签名（盖章、捺指印）："
    sides = [own, *(f"{one.role}签名：" for one in facts.acting), "受托人签名（服务站盖章）："]
    rows = [sides, *map(_helpers, facts.signing)]
    boxes = [sign_boxes([[label, "", DATE] for label in row], WIDTH, SIGN) for row in rows]
    return kept_together(boxes)


def _helpers(one: SignedFor) -> list[str]:
    phone = f"（{one.witness_phone}）" if one.witness_phone else ""
    return ["代书人签名：", "宣读人签名：", f"见证人签名{phone}："]


def _back(lines: Sequence[BackLine]) -> list[Block]:
    if not lines:
        return paragraph("没有需要退还的材料。", WIDTH, TEXT)
    rows = [[str(n), one.what, one.count, one.outcome] for n, one in enumerate(lines, 1)]
    return [*table(_BACK, rows, WIDTH, head=LABEL, body=TEXT), gap(6)]


def _said(*texts: str) -> list[Block]:
    """Sentences that stay with the signatures under them."""
    indent = TEXT.width("　　")
    said = [block for text in texts for block in paragraph(text, WIDTH, TEXT, indent=indent)]
    return kept_together([*said, gap(4)])


def _signed(facts: AgencyEnded | AgencyClosed, receiver: str) -> list[Block]:
    boxes = [
        [receiver, "", "联系电话：", DATE],
        ["代办员签名：", "", "服务站（盖章）：", chinese_date(facts.issued_on)],
    ]
    return [*kept_together([sign_boxes(boxes, WIDTH, SIGN)]), *contact(facts)]


def _followed_up(facts: CaseRecord) -> list[list[tuple[str, str]]]:
    """What was asked and answered; room to write where nobody asked yet."""
    if not facts.followed_up:
        return [
            [("回访日期", " "), ("回访人", " ")],
            [("回访方式", "□电话　□上门　□到站"), ("满意度", _GRADES)],
            [("意见建议", "\n ")],
            [("整改情况", "\n ")],
        ]
    said = [
        row
        for one in facts.followed_up
        for row in (
            [("回访日期", chinese_date(one.on)), ("回访人", one.who)],
            [("回访方式", one.way or "—"), ("满意度", one.grade)],
            [("意见建议", one.opinion or "无")],
        )
    ]
    mended = [
        [("整改情况", f"{chinese_date(one.on)}，{one.who}：{one.what}")] for one in facts.rectified
    ]
    return [*said, *(mended or [[("整改情况", "无")]])]
