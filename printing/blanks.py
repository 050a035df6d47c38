"""空白收件回执: a number, and room to write everything else by hand."""

from __future__ import annotations

from typing import Final

from app.domain.papers import NOT_ACCEPTANCE, BlankReceipts, PaperKind, chinese_date
from printing.form_sheet import A4_FORM, DATE, FormSheet
from printing.marks import sign_boxes
from printing.sheets import Block, put_several
from printing.tables import Column
from printing.words import gap, kept_together, numbered, paragraph, title

_ROWS, _FEW_ROWS = 8, 6
"""Materials on a large sheet and on a small one: more go on the back, or on a second receipt."""
_HIGH, _LOW = " \n ", " "
"""Room to write in."""


def blank_receipts(facts: BlankReceipts, *, sheet: FormSheet = A4_FORM) -> bytes:
    """Each receipt of the block, both of its copies; what all of them share is laid out once."""
    head = [
        *title(facts.issuer, sheet.width, sheet.station),
        *title("收件回执", sheet.width, sheet.title),
    ]
    to_fill_in = _to_fill_in(facts, sheet)
    return put_several(
        sheet.frame,
        [
            (
                f"{facts.title} {number}",
                [*head, *title(number, sheet.width, sheet.text), *to_fill_in],
            )
            for number in facts.numbers
        ],
        copies=PaperKind.MATERIALS_RECEIPT.copies,
        title=f"{facts.title} {facts.numbers[0]}",
    )


def _to_fill_in(facts: BlankReceipts, sheet: FormSheet) -> list[Block]:
    width = sheet.width
    roomy = sheet is A4_FORM
    high = _HIGH if roomy else _LOW
    boxes = [
        ["申请人（递交人）签名：", "联系电话：", "", DATE],
        ["收件人签名：", "收件单位（盖章）：", "", DATE],
    ]
    rows = [
        [str(n), " ", " ", " ", " ", "□留存　□退还"]
        for n in range(1, (_ROWS if roomy else _FEW_ROWS) + 1)
    ]
    return [
        gap(6),
        *sheet.fields(
            [
                [("申请人", high), ("证件号码", " ")],
                [("联系电话", high), ("收件日期", " ")],
                [("住址", high)],
                [("申请事项", high)],
                [("递交人", high), ("关系", " ")],
            ]
        ),
        gap(6),
        *sheet.table(_COLUMNS, rows, body=sheet.text),
        gap(6, keep=True),
        *kept_together(
            [
                *paragraph("共收材料＿＿＿种：原件＿＿＿份，复印件＿＿＿份。", width, sheet.label),
                gap(4),
                *paragraph(NOT_ACCEPTANCE, width, sheet.label),
                *numbered(_notices(facts), width, sheet.note),
                gap(6),
            ]
        ),
        sign_boxes(boxes, width, sheet.sign),
    ]


def _notices(facts: BlankReceipts) -> list[str]:
    telephones = [
        f"咨询电话：{facts.window_phone}" if facts.window_phone else "",
        f"监督电话：{facts.supervision_phone}" if facts.supervision_phone else "",
    ]
    known = "；".join(words for words in telephones if words)
    return [
        "停电、设备不能使用时手写收件用，恢复后补录进系统，收件日期以本回执为准。",
        "是否受理由办理机关审查决定，并另行告知。",
        "请妥善保管本回执，领取办理结果或者取回材料时出示。",
        f"本回执于{chinese_date(facts.reserved_on)}预先编号印制，涂改无效。",
        *([f"{known}。"] if known else []),
    ]


_COLUMNS: Final = [
    Column(head="序号", width=38),
    Column(head="材料名称", centred=False),
    Column(head="原件（份）", width=58),
    Column(head="复印件（份）", width=66),
    Column(head="页数", width=40),
    Column(head="收存情况", width=126),
]
