"""收件回执: the A4 form and the 80 mm slip, from the same facts."""

from __future__ import annotations

from reportlab.lib.units import mm

from app.domain.papers import NOT_ACCEPTANCE, MaterialLine, MaterialsReceipt, chinese_date
from printing.fonts import Style
from printing.form_sheet import DATE, LABEL, NOTE, SIGN, TEXT, WIDTH, form_sheets
from printing.marks import code_alone, sign_boxes, sign_lines
from printing.sheets import Block, Frame, Pen, Place, Setting, put_on_sheets
from printing.tables import Column, field_table, table
from printing.words import aside, gap, hanging, kept_together, numbered, paragraph, rule, title

_SLIP_WIDTH = 72 * mm
_SLIP_TITLE = Setting(style=Style.HEAD, size=15, leading=22, spacing=3)
_SLIP_HEAD = Setting(style=Style.HEAD, size=9, leading=13)
_SLIP = Setting(style=Style.FORM, size=9, leading=13)
_SLIP_SMALL = Setting(style=Style.FORM, size=8, leading=12)
_SLIP_SIGN = Setting(style=Style.FORM, size=9, leading=24)
_SLIP_CODE_SIDE = 34 * mm
_SLIP_HANG = 16 * mm


def receipt(facts: MaterialsReceipt) -> bytes:
    """The A4 form, one copy on its own sheets."""
    return form_sheets(
        facts,
        [
            *field_table(_fields(facts), WIDTH, label=LABEL, value=TEXT, label_width=22 * mm),
            gap(6),
            *table(_COLUMNS, _material_rows(facts), WIDTH, head=LABEL, body=TEXT),
            gap(6, keep=True),
            *_closing(facts),
        ],
    )


def slip(facts: MaterialsReceipt) -> bytes:
    """The 80 mm slip: as long as it needs to be."""
    width = _SLIP_WIDTH
    fields = [field for row in _fields(facts) for field in row]
    return put_on_sheets(
        _ROLL,
        [
            *title(facts.issuer, width, _SLIP_HEAD),
            *title(facts.title, width, _SLIP_TITLE),
            *title(facts.number, width, _SLIP),
            rule(width),
            *(block for name, text in fields for block in _slip_field(name, text)),
            rule(width),
            *numbered([_in_words(material) for material in facts.materials], width, _SLIP),
            *_slip_field("合计", _sum(facts)),
            rule(width),
            *paragraph(NOT_ACCEPTANCE, width, _SLIP_HEAD),
            *numbered(_notices(facts), width, _SLIP_SMALL),
            gap(8),
            sign_lines(["申请人签名："], width, _SLIP_SIGN),
            *aside(f"收件人：{facts.handler}", chinese_date(facts.issued_on), width, _SLIP),
            code_alone(facts.code, width, side=_SLIP_CODE_SIDE, note=_SLIP_SMALL),
        ],
        copies=facts.kind.copies,
        reprint=facts.reprint,
        document=f"{facts.title} {facts.number}",
    )


def _fields(facts: MaterialsReceipt) -> list[list[tuple[str, str]]]:
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


_COLUMNS = [
    Column(head="序号", width=12 * mm),
    Column(head="材料名称", centred=False),
    Column(head="原件", width=14 * mm),
    Column(head="复印件", width=16 * mm),
    Column(head="页数", width=14 * mm),
    Column(head="收存情况", width=32 * mm),
]


def _material_rows(facts: MaterialsReceipt) -> list[list[str]]:
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


def _in_words(material: MaterialLine) -> str:
    name = f"{material.name}（{material.note}）" if material.note else material.name
    if not material.given:
        return f"{name}：{kept_words(material)}"
    counts = [
        f"原件{material.originals}份" if material.originals else "",
        f"复印件{material.copies}份" if material.copies else "",
        f"共{material.pages}页" if material.pages else "",
        kept_words(material),
    ]
    return f"{name}：{'，'.join(words for words in counts if words)}"


def _sum(facts: MaterialsReceipt) -> str:
    given = [material for material in facts.materials if material.given]
    originals = sum(material.originals for material in given)
    held = sum(material.originals for material in given if material.originals_held)
    copies = sum(material.copies for material in given)
    missing = len(facts.materials) - len(given)
    said = f"共收材料{len(given)}种：原件{originals}份，其中留存{held}份；复印件{copies}份。"
    return said + (f"未交{missing}种。" if missing else "")


def _notices(facts: MaterialsReceipt) -> list[str]:
    telephones = [
        f"咨询电话：{facts.window_phone}" if facts.window_phone else "",
        f"监督电话：{facts.supervision_phone}" if facts.supervision_phone else "",
    ]
    known = "；".join(words for words in telephones if words)
    return [
        "是否受理由办理机关审查决定，并另行告知。",
        "请妥善保管本回执，领取办理结果或者取回材料时出示。",
        *facts.remarks,
        *([f"{known}。"] if known else []),
    ]


def _closing(facts: MaterialsReceipt) -> list[Block]:
    boxes = [
        ["申请人（递交人）签名：", "联系电话：", "", DATE],
        [f"收件人：{facts.handler}", "收件单位（盖章）：", "", chinese_date(facts.issued_on)],
    ]
    said = [
        *paragraph(_sum(facts), WIDTH, LABEL),
        gap(4),
        *paragraph(NOT_ACCEPTANCE, WIDTH, LABEL),
        *numbered(_notices(facts), WIDTH, NOTE),
        gap(6),
    ]
    return [*kept_together(said), sign_boxes(boxes, WIDTH, SIGN)]


def _slip_field(name: str, text: str) -> list[Block]:
    return hanging(name, text, _SLIP_WIDTH, _SLIP, hang=_SLIP_HANG, label_setting=_SLIP_HEAD)


def _dress_roll(pen: Pen, place: Place) -> None:
    pen.text(4 * mm, 3 * mm, place.copy_mark, _SLIP_HEAD)


_ROLL = Frame(
    sheet_width=80 * mm,
    sheet_height=None,
    left=4 * mm,
    top=9 * mm,
    height=None,
    dress=_dress_roll,
)
