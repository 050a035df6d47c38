"""合并收件回执, the receipt for a whole visit, as a form; `slips` has it as a slip."""

from __future__ import annotations

from typing import Final

from reportlab.lib.units import mm

from app.domain.papers import NOT_ACCEPTANCE, SharedMaterial, VisitReceipt, chinese_date
from printing.form_sheet import A4_FORM, DATE, FormSheet, form_sheets
from printing.marks import sign_boxes
from printing.receipts import correction, kept_words, telephones
from printing.tables import Column
from printing.words import gap, kept_together, numbered, paragraph


def visit_receipt(facts: VisitReceipt, *, sheet: FormSheet = A4_FORM) -> bytes:
    """Every case with its number, every paper once."""
    width = sheet.width
    shared = shared_rows(facts)
    boxes = [
        ["来访人签名：", "联系电话：", "", DATE],
        [f"收件人：{facts.handler}", "收件单位（盖章）：", "", chinese_date(facts.issued_on)],
    ]
    said = [
        *paragraph(NOT_ACCEPTANCE, width, sheet.label),
        *numbered(visit_notices(facts), width, sheet.note),
        gap(6),
    ]
    return form_sheets(
        facts,
        [
            *correction(facts, sheet.width, sheet.label),
            *sheet.fields(visit_fields(facts)),
            gap(6),
            *sheet.table(CASES, case_rows(facts), body=sheet.note),
            gap(6),
            *(sheet.table(SHARED, shared) if shared else ()),
            gap(6, keep=True),
            *kept_together(said),
            sign_boxes(boxes, width, sheet.sign),
        ],
        sheet=sheet,
    )


def visit_fields(facts: VisitReceipt) -> list[list[tuple[str, str]]]:
    return [
        [("来访人", facts.applicant), ("收件日期", chinese_date(facts.received_on))],
        *([[("证件号码", facts.id_number)]] if facts.id_number else []),
        [("办件", f"{len(facts.cases)}件，各有收件号，分别办理")],
    ]


def visit_notices(facts: VisitReceipt) -> list[str]:
    return [
        "每件是否受理由办理机关审查决定，并另行告知。",
        "同一份材料只收一次，供所列各件共用。",
        *facts.remarks,
        *telephones(facts),
    ]


CASES: Final = [
    Column(head="序号", width=13 * mm),
    Column(head="申请人", width=28 * mm),
    Column(head="申请事项、收件号", centred=False),
    Column(head="办理时限", width=54 * mm, centred=False),
]
SHARED: Final = [
    Column(head="序号", width=13 * mm),
    Column(head="材料名称", centred=False),
    Column(head="份数", width=38 * mm),
    Column(head="用于第几件", width=26 * mm),
    Column(head="收存情况", width=36 * mm),
]


def case_rows(facts: VisitReceipt) -> list[list[str]]:
    return [
        [
            str(n),
            line.applicant,
            f"{line.item}\n{line.local_number}",
            f"{line.limit}\n尚缺必备材料{line.missing}件" if line.missing else line.limit,
        ]
        for n, line in enumerate(facts.cases, 1)
    ]


def shared_rows(facts: VisitReceipt) -> list[list[str]]:
    return [
        [str(n), one.line.name, _counts(one), "、".join(map(str, one.cases)), kept_words(one.line)]
        for n, one in enumerate(facts.materials, 1)
    ]


def _counts(one: SharedMaterial) -> str:
    line = one.line
    said = [
        f"原件{line.originals}份" if line.originals else "",
        f"复印件{line.copies}份" if line.copies else "",
    ]
    return "，".join(words for words in said if words) or "—"
