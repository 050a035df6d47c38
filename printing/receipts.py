"""收件回执 as a form, on A4 or A5; `slips` has it as a slip, `multipart` on continuous paper."""

from __future__ import annotations

from typing import Final

from reportlab.lib.units import mm

from app.domain.papers import (
    NOT_ACCEPTANCE,
    MaterialLine,
    MaterialsReceipt,
    Paper,
    VisitReceipt,
    chinese_date,
)
from printing.form_sheet import A4_FORM, DATE, FormSheet, form_sheets
from printing.marks import sign_boxes
from printing.sheets import Block, Setting
from printing.tables import Column
from printing.words import gap, kept_together, numbered, paragraph


def receipt(facts: MaterialsReceipt, *, sheet: FormSheet = A4_FORM) -> bytes:
    """The form, each copy on its own sheets."""
    return form_sheets(
        facts,
        [
            *correction(facts, sheet.width, sheet.label),
            *sheet.fields(receipt_fields(facts)),
            gap(6),
            *sheet.table(COLUMNS, material_rows(facts)),
            gap(6, keep=True),
            *_closing(facts, sheet),
        ],
        sheet=sheet,
    )


def correction(
    facts: MaterialsReceipt | VisitReceipt, width: float, setting: Setting
) -> list[Block]:
    """What was put right, over everything else; nothing on an ordinary receipt."""
    if not facts.corrected:
        return []
    return [*kept_together(paragraph(facts.corrected, width, setting)), gap(3, keep=True)]


def receipt_fields(facts: MaterialsReceipt) -> list[list[tuple[str, str]]]:
    rows = [
        [("申请人", facts.applicant), ("证件号码", facts.id_number)],
        [("申请事项", f"{facts.item}（事项编码{facts.item_id}）")],
        [("收件号", facts.local_number), ("收件日期", chinese_date(facts.received_on))],
        [("办件编号", facts.official_number)],
        [("办理机关", facts.authority), ("办理方式", facts.mode)],
        [("递交人", facts.handed_in_by)],
        [("转报时限", _forwarding(facts))],
        [("办理时限", facts.limit_words)],
        [("收费", facts.fees_words)],
    ]
    return [known for row in rows if (known := [(name, text) for name, text in row if text])]


def _forwarding(facts: MaterialsReceipt) -> str:
    if facts.forward_by is None:
        return facts.forward_words
    last = f"最迟{chinese_date(facts.forward_by)}"
    if facts.forward_expected:
        last = f"预计{last}，以国家公布的工作日安排为准"
    return f"{facts.forward_words}（{last}）" if facts.forward_words else last


COLUMNS: Final = [
    Column(head="序号", width=13 * mm),
    Column(head="材料名称", centred=False),
    Column(head="原件", width=14 * mm),
    Column(head="复印件", width=18 * mm),
    Column(head="页数", width=14 * mm),
    Column(head="收存情况", width=35 * mm),
]


def material_rows(facts: MaterialsReceipt) -> list[list[str]]:
    return [[str(n), *_cells(material)] for n, material in enumerate(facts.materials, start=1)]


def _cells(material: MaterialLine) -> list[str]:
    name = f"{material.name}\n（{material.note}）" if material.note else material.name
    if not material.given:
        return [name, "—", "—", "—", kept_words(material)]
    return [
        name,
        f"{material.originals}份" if material.originals else "—",
        f"{material.copies}份" if material.copies else "—",
        str(material.pages or "—"),
        kept_words(material),
    ]


def kept_words(material: MaterialLine) -> str:
    """What became of a paper at the counter."""
    if not material.given:
        return "未交"
    if material.originals and material.originals_held:
        return "留存原件"
    if material.originals:
        return "原件核验后退还"
    return "留存复印件" if material.copies else "已核验"


def sum_words(facts: MaterialsReceipt) -> str:
    given = [material for material in facts.materials if material.given]
    originals = sum(material.originals for material in given)
    held = sum(material.originals for material in given if material.originals_held)
    copies = sum(material.copies for material in given)
    missing = len(facts.materials) - len(given)
    said = f"共收材料{len(given)}种：原件{originals}份，其中留存{held}份；复印件{copies}份。"
    return said + (f"未交{missing}种。" if missing else "")


def receipt_notices(facts: MaterialsReceipt) -> list[str]:
    return [
        "是否受理由办理机关审查决定，并另行告知。",
        "请妥善保管本回执，领取办理结果或者取回材料时出示。",
        *facts.remarks,
        *telephones(facts),
    ]


def telephones(facts: Paper) -> list[str]:
    """A sentence with those that are known, or none."""
    known = [
        f"咨询电话：{facts.window_phone}" if facts.window_phone else "",
        f"监督电话：{facts.supervision_phone}" if facts.supervision_phone else "",
    ]
    said = "；".join(words for words in known if words)
    return [f"{said}。"] if said else []


def _closing(facts: MaterialsReceipt, sheet: FormSheet) -> list[Block]:
    width = sheet.width
    boxes = [
        ["申请人（递交人）签名：", "联系电话：", "", DATE],
        [f"收件人：{facts.handler}", "收件单位（盖章）：", "", chinese_date(facts.issued_on)],
    ]
    said = [
        *paragraph(sum_words(facts), width, sheet.label),
        gap(4),
        *paragraph(NOT_ACCEPTANCE, width, sheet.label),
        *numbered(receipt_notices(facts), width, sheet.note),
        gap(6),
    ]
    return [*kept_together(said), sign_boxes(boxes, width, sheet.sign)]
