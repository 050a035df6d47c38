"""Forms of the counter: the custody slip, the application form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportlab.lib.units import mm

from app.domain.papers import (
    ApplicationForm,
    CustodySlip,
    OriginalLine,
    chinese_date,
)
from printing.fonts import Style
from printing.form_sheet import (
    A4_FORM,
    DATE,
    LABEL,
    NOTE,
    SIGN,
    TEXT,
    WIDTH,
    FormSheet,
    form_sheets,
)
from printing.marks import sign_boxes
from printing.receipts import telephones
from printing.sheets import Block, Setting
from printing.tables import Column, field_table, table
from printing.words import gap, kept_together, numbered, paragraph


def custody_slip(facts: CustodySlip, *, sheet: FormSheet = A4_FORM) -> bytes:
    """证件交接单: what is held, for whom, where; room to sign for each hand-over and for the return."""
    fields = [
        [("申请人", facts.applicant), ("证件号码", facts.id_number)],
        [("申请事项", f"{facts.item}（事项编码{facts.item_id}）")],
        [("收件号", facts.local_number)],
        [("经办人", facts.handler), ("制单日期", chinese_date(facts.issued_on))],
    ]
    rows = [[str(n), *_original(one)] for n, one in enumerate(facts.originals, 1)]
    signed = [[label, "", "", ""] for label in ("收存", "移交", "移交", "移交", "退还")]
    notices = [
        "本单位只收存办理本事项必须使用的原件，用毕即退；银行卡、存折、密码一律不收存。",
        "每次交接由交出人、接收人当面清点并签名；退还时由本人或者其委托的人签收。",
        *telephones(facts),
    ]
    return form_sheets(
        facts,
        [
            *sheet.fields(_known(fields)),
            gap(6),
            *sheet.table(_ORIGINALS, rows),
            gap(6),
            *sheet.table(_HAND_OVERS, signed, body=sheet.sized(_ROOMY)),
            gap(6, keep=True),
            *numbered(notices, sheet.width, sheet.note),
        ],
        sheet=sheet,
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
            *kept_together(
                [*paragraph(facts.promise, WIDTH, TEXT, indent=TEXT.width("　　")), gap(4)]
            ),
            *field_table(signing, WIDTH, label=LABEL, value=TEXT, label_width=20 * mm),
            gap(4, keep=True),
            sign_boxes(boxes, WIDTH, SIGN),
            *_of_the_window(facts),
        ],
    )


def _of_the_window(facts: ApplicationForm) -> list[Block]:
    """Small, under the form: who filled it in from the case and when; nothing on a blank one."""
    made = f"经办人：{facts.handler}　制表日期：{chinese_date(facts.issued_on)}"
    said = "　".join([*([made] if facts.handler else []), *telephones(facts)])
    return [gap(3), *paragraph(said, WIDTH, NOTE)] if said else []


_ROOMY: Final = Setting(style=Style.FORM, size=10, leading=26)
_ORIGINALS: Final = [
    Column(head="序号", width=13 * mm),
    Column(head="原件名称", centred=False),
    Column(head="所有人", width=22 * mm),
    Column(head="件数", width=14 * mm),
    Column(head="现在何处", width=42 * mm),
    Column(head="自何日起", width=39 * mm),
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
