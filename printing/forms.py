"""Forms of the counter: the receipt for a whole visit, the custody slip, the application form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportlab.lib.units import mm

from app.domain.papers import (
    NOT_ACCEPTANCE,
    ApplicationForm,
    CustodySlip,
    OriginalLine,
    SharedMaterial,
    VisitReceipt,
    chinese_date,
)
from printing.fonts import Style
from printing.form_sheet import DATE, LABEL, NOTE, SIGN, TEXT, WIDTH, form_sheets
from printing.marks import sign_boxes
from printing.receipts import kept_words
from printing.sheets import Setting
from printing.tables import Column, field_table, table
from printing.words import gap, kept_together, numbered, paragraph


def visit_receipt(facts: VisitReceipt) -> bytes:
    """合并收件回执: every case with its number, every paper once."""
    fields = [
        [("来访人", facts.applicant), ("收件日期", chinese_date(facts.received_on))],
        [("办件", f"{len(facts.cases)}件，各有收件号，分别办理")],
    ]
    cases = [
        [
            str(n),
            line.applicant,
            line.item,
            line.local_number,
            _with_missing(line.limit, line.missing),
        ]
        for n, line in enumerate(facts.cases, 1)
    ]
    shared = [
        [str(n), one.line.name, _counts(one), "、".join(map(str, one.cases)), kept_words(one.line)]
        for n, one in enumerate(facts.materials, 1)
    ]
    notices = [
        "每件是否受理由办理机关审查决定，并另行告知。",
        "同一份材料只收一次，供所列各件共用。",
        *facts.remarks,
    ]
    boxes = [
        ["来访人签名：", "联系电话：", "", DATE],
        [f"收件人：{facts.handler}", "收件单位（盖章）：", "", chinese_date(facts.issued_on)],
    ]
    return form_sheets(
        facts,
        [
            *field_table(fields, WIDTH, label=LABEL, value=TEXT, label_width=22 * mm),
            gap(6),
            *table(_CASES, cases, WIDTH, head=LABEL, body=NOTE),
            gap(6),
            *(table(_SHARED, shared, WIDTH, head=LABEL, body=TEXT) if shared else ()),
            gap(6, keep=True),
            *kept_together(
                [
                    *paragraph(NOT_ACCEPTANCE, WIDTH, LABEL),
                    *numbered(notices, WIDTH, NOTE),
                    gap(6),
                ]
            ),
            sign_boxes(boxes, WIDTH, SIGN),
        ],
    )


def custody_slip(facts: CustodySlip) -> bytes:
    """证件交接单: what is held, for whom, where; room to sign for each hand-over and for the return."""
    fields = [
        [("申请人", facts.applicant), ("证件号码", facts.id_number)],
        [("申请事项", f"{facts.item}（事项编码{facts.item_id}）")],
        [("收件号", facts.local_number)],
    ]
    rows = [[str(n), *_original(one)] for n, one in enumerate(facts.originals, 1)]
    signed = [[label, "", "", ""] for label in ("收存", "移交", "退还")]
    notices = [
        "本单位只收存办理本事项必须使用的原件，用毕即退；银行卡、存折、密码一律不收存。",
        "每次交接由交出人、接收人当面清点并签名；退还时由本人或者其委托的人签收。",
    ]
    return form_sheets(
        facts,
        [
            *field_table(_known(fields), WIDTH, label=LABEL, value=TEXT, label_width=22 * mm),
            gap(6),
            *table(_ORIGINALS, rows, WIDTH, head=LABEL, body=TEXT),
            gap(6),
            *table(_HAND_OVERS, signed, WIDTH, head=LABEL, body=_ROOMY),
            gap(6, keep=True),
            *numbered(notices, WIDTH, NOTE),
        ],
    )


def application_form(facts: ApplicationForm) -> bytes:
    """申请表: label and value, household members, materials, the applicant's promise and signature."""
    fields = [[(field.label, field.value or " ")] for field in facts.fields]
    materials = [
        [str(n), f"{one.name}\n（{one.note}）" if one.note else one.name, "√" if one.given else "□"]
        for n, one in enumerate(facts.materials, 1)
    ]
    signing = [[(field.label, field.value) for field in facts.signing]] if facts.signing else []
    boxes = [
        ["申请人签名（盖章、指印）：", "", "", DATE],
        ["受理窗口意见：", "", "", DATE],
    ]
    return form_sheets(
        facts,
        [
            *paragraph(f"致：{facts.addressed_to}", WIDTH, LABEL),
            gap(4),
            *field_table(_paired(fields), WIDTH, label=LABEL, value=TEXT, label_width=26 * mm),
            gap(6),
            *table(_MEMBERS, facts.members, WIDTH, head=LABEL, body=TEXT),
            gap(6),
            *(table(_MATERIALS, materials, WIDTH, head=LABEL, body=TEXT) if materials else ()),
            gap(6, keep=True),
            *kept_together([*paragraph(facts.promise, WIDTH, TEXT, indent=TEXT.width("　　"))]),
            *field_table(signing, WIDTH, label=LABEL, value=TEXT, label_width=20 * mm),
            gap(4, keep=True),
            sign_boxes(boxes, WIDTH, SIGN),
        ],
    )


_ROOMY: Final = Setting(style=Style.FORM, size=10, leading=26)
_CASES: Final = [
    Column(head="序号", width=10 * mm),
    Column(head="申请人", width=20 * mm),
    Column(head="申请事项", centred=False),
    Column(head="收件号", width=53 * mm),
    Column(head="办理时限", width=42 * mm, centred=False),
]
_SHARED: Final = [
    Column(head="序号", width=12 * mm),
    Column(head="材料名称", centred=False),
    Column(head="份数", width=38 * mm),
    Column(head="用于第几件", width=24 * mm),
    Column(head="收存情况", width=32 * mm),
]
_ORIGINALS: Final = [
    Column(head="序号", width=12 * mm),
    Column(head="原件名称", centred=False),
    Column(head="所有人", width=24 * mm),
    Column(head="件数", width=14 * mm),
    Column(head="现在何处", width=40 * mm),
    Column(head="自", width=34 * mm),
]
_HAND_OVERS: Final = [
    Column(head="交接", width=20 * mm),
    Column(head="交出人签名", width=56 * mm),
    Column(head="接收人签名", width=56 * mm),
    Column(head="日期", width=36 * mm),
]
_MEMBERS: Final = [
    Column(head="家庭成员姓名", width=36 * mm),
    Column(head="与申请人关系", width=30 * mm),
    Column(head="身份证号码"),
    Column(head="备注", width=36 * mm),
]
_MATERIALS: Final = [
    Column(head="序号", width=12 * mm),
    Column(head="随表提交的材料", centred=False),
    Column(head="已交", width=16 * mm),
]


def _with_missing(limit: str, missing: int) -> str:
    return f"{limit}\n尚缺必备材料{missing}件" if missing else limit


def _counts(one: SharedMaterial) -> str:
    line = one.line
    said = [
        f"原件{line.originals}份" if line.originals else "",
        f"复印件{line.copies}份" if line.copies else "",
    ]
    return "，".join(words for words in said if words) or "—"


def _original(one: OriginalLine) -> list[str]:
    where = f"{one.where}\n（{one.receiver}签收）" if one.receiver else one.where
    return [one.what, one.whose, str(one.count), where, chinese_date(one.since)]


def _known(rows: Sequence[Sequence[tuple[str, str]]]) -> list[list[tuple[str, str]]]:
    return [known for row in rows if (known := [field for field in row if field[1]])]


_SHORT: Final = 12  # characters of a value that shares its row


def _paired(rows: Sequence[Sequence[tuple[str, str]]]) -> list[list[tuple[str, str]]]:
    """Short fields two in a row; a long one, or one with much to write in, has its own."""
    paired: list[list[tuple[str, str]]] = []
    for (field,) in rows:
        label, value = field
        is_short = len(value) <= _SHORT and label not in _WIDE
        before = paired[-1] if paired else []
        if (
            is_short
            and len(before) == 1
            and len(before[0][1]) <= _SHORT
            and before[0][0] not in _WIDE
        ):
            before.append(field)
        else:
            paired.append([field if is_short else (label, value + _ROOM.get(label, ""))])
    return paired


_WIDE: Final = frozenset({"证件号码", "住址", "申请事项", "申请理由和基本情况", "收件号"})
_ROOM: Final = {"申请理由和基本情况": "\n \n "}
