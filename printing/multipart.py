"""Receipts for needle printers: continuous paper of several layers, 241 mm wide, half a page high.

What the needles strike goes through the carbon: one set of pages, which names all its 联.
No letter under 10.5 points, no grey, no fine line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from reportlab.lib.units import mm

from app.domain.papers import NOT_ACCEPTANCE, MaterialsReceipt, VisitReceipt, chinese_date
from printing.choice import Paper
from printing.fonts import Style
from printing.form_sheet import A4_FORM
from printing.marks import beside_code, sign_lines
from printing.receipts import (
    COLUMNS,
    correction,
    material_rows,
    receipt_fields,
    receipt_notices,
    sum_words,
)
from printing.sheets import Block, Frame, Pen, Place, Setting, put_on_sheets
from printing.tables import Column, field_table, table, widened
from printing.visits import CASES, SHARED, case_rows, shared_rows, visit_fields, visit_notices
from printing.words import aside, gap, kept_together, paragraph, title

_TITLE: Final = Setting(style=Style.HEAD, size=15, leading=22, spacing=2)
_LABEL: Final = Setting(style=Style.HEAD, size=10.5, leading=15)
_TEXT: Final = Setting(style=Style.FORM, size=10.5, leading=15)
_SIGN: Final = Setting(style=Style.FORM, size=10.5, leading=26)
_WIDTH: Final = 203.2 * mm
"""The eighty columns that every such head reaches."""
_LEFT: Final = (Paper.MULTIPART.width_mm * mm - _WIDTH) / 2
_TOP, _BOTTOM = 10.5 * mm, 4.5 * mm
_CODE_SIDE: Final = 34 * mm
_PADDING: Final = 0.4 * mm


def receipt(facts: MaterialsReceipt) -> bytes:
    """收件回执."""
    return _sheets(
        facts,
        receipt_fields(facts),
        _table(COLUMNS, material_rows(facts)),
        said=sum_words(facts),
        notices=receipt_notices(facts),
        signs="申请人（递交人）签名：",
    )


def visit(facts: VisitReceipt) -> bytes:
    """合并收件回执."""
    shared = shared_rows(facts)
    return _sheets(
        facts,
        visit_fields(facts),
        [
            *_table(CASES, case_rows(facts)),
            *([gap(4), *_table(SHARED, shared)] if shared else []),
        ],
        said="",
        notices=visit_notices(facts),
        signs="来访人签名：",
    )


def _sheets(
    facts: MaterialsReceipt | VisitReceipt,
    fields: Sequence[Sequence[tuple[str, str]]],
    body: Sequence[Block],
    *,
    said: str,
    notices: Sequence[str],
    signs: str,
) -> bytes:
    beside = _WIDTH - _CODE_SIDE - 2 * mm
    head = [
        *title(f"{facts.issuer}　{facts.title}", beside, _TITLE),
        *title(facts.number, beside, _TEXT),
        *correction(facts, beside, _LABEL),
        *field_table(
            fields, beside, label=_LABEL, value=_TEXT, label_width=22 * mm, padding=_PADDING
        ),
    ]
    not_acceptance = paragraph(NOT_ACCEPTANCE, _WIDTH, _LABEL)
    closing = [
        gap(3),
        *(aside(said, NOT_ACCEPTANCE, _WIDTH, _LABEL) if said else not_acceptance),
        *paragraph(
            "".join(f"{n}．{one}" for n, one in enumerate(notices, 1)), _WIDTH, _TEXT, keep=True
        ),
    ]
    return put_on_sheets(
        _FRAME,
        [
            beside_code(head, _WIDTH, side=_CODE_SIDE, code=facts.code, note=_TEXT),
            gap(3, keep=True),
            *body,
            *kept_together(closing),
            *_signed(signs, facts.handler, chinese_date(facts.issued_on)),
        ],
        copies=["　".join(facts.kind.copies)],
        reprint=facts.reprint,
        document=f"{facts.title} {facts.number}",
    )


def _signed(signs: str, receiver: str, day: str) -> list[Block]:
    """Who handed in signs on a rule; who received stands at the right, or under it if that is long."""
    received = f"收件人（盖章）：{receiver}"
    room = _WIDTH - _SIGN.width(f"{received}　{day}")
    if room < _WIDTH / 2:
        rules = sign_lines([signs, "电话："], _WIDTH, _SIGN)
        return [replace(rules, keep=True), *aside(received, day, _WIDTH, _TEXT)]
    rules = sign_lines([signs, "电话："], room, _SIGN)

    def draw(pen: Pen, x: float, y: float) -> None:
        rules.draw(pen, x, y)
        pen.text(x + room, y, f"{received}　{day}", _SIGN)

    return [Block(height=_SIGN.leading, draw=draw)]


def _table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[Block]:
    wide = widened(columns, _WIDTH / A4_FORM.width)
    one_line = [[cell.replace("\n（", "（") for cell in row] for row in rows]
    return table(wide, one_line, _WIDTH, head=_LABEL, body=_TEXT, padding=_PADDING)


def _dress(pen: Pen, place: Place) -> None:
    pages = f"第{place.sheet}页　共{place.sheets}页"
    right = f"{place.document}　{pages}"
    if _LABEL.width(place.copy_mark) + _TEXT.width(right) > _WIDTH - _TEXT.size:
        right = pages
    pen.text(_LEFT, 5 * mm, place.copy_mark, _LABEL)
    pen.text(_LEFT + _WIDTH - _TEXT.width(right), 5 * mm, right, _TEXT)


_FRAME: Final = Frame(
    sheet_width=Paper.MULTIPART.width_mm * mm,
    sheet_height=139.7 * mm,
    left=_LEFT,
    top=_TOP,
    height=139.7 * mm - _TOP - _BOTTOM,
    dress=_dress,
    coarse=True,
)
