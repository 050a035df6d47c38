"""Lists of the archive, on A4 laid across: 归档文件目录, 证明出具登记簿, 档案销毁清册, with room to sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from reportlab.lib.units import mm

from app.domain.papers import chinese_date
from app.domain.papers.sheets import (
    ArchiveCatalogue,
    CertificateRegister,
    DestructionRegister,
)
from printing.fonts import Style
from printing.form_sheet import A4_FORM, DATE, WIDTH, FormSheet
from printing.marks import sign_boxes
from printing.sheets import Block, Setting, put_on_sheets
from printing.tables import Column
from printing.words import aside, gap, title

_WIDE: Final = FormSheet(
    sheet_width=A4_FORM.sheet_height,
    sheet_height=A4_FORM.sheet_width,
    left=20 * mm,
    right=20 * mm,
    top=22 * mm,  # bound at the upper edge
    bottom=12 * mm,
    padding=1.2 * mm,
)
_SHARE: Final = WIDTH / _WIDE.width
"""Columns are made for an upright A4 sheet, and widened with it."""


def _column(head: str, width_mm: float | None = None, *, centred: bool = True) -> Column:
    """`width_mm` as it is on the sheet that lies across."""
    width = None if width_mm is None else width_mm * mm * _SHARE
    return Column(head=head, width=width, centred=centred)


_BODY: Final = Setting(style=Style.FORM, size=8, leading=12)
"""A local number and a date stay on one line."""

_FILES: Final = [
    _column("序号", 11),
    _column("档号", 33),
    _column("收件号", 51),
    _column("责任者", 36),
    _column("题名", centred=False),
    _column("日期", 27),
    _column("期限", 14),
    _column("页数", 12),
    _column("备注", 20),
]
_CERTIFICATES: Final = [
    _column("序号", 11),
    _column("编号", 51),
    _column("证明名称", centred=False),
    _column("申请人", 17),
    _column("用途", 36, centred=False),
    _column("依据", 44, centred=False),
    _column("出具日期", 27),
    _column("经办人", 16),
    _column("领取人签名", 23),
]
_DESTROYED: Final = [
    _column("序号", 11),
    _column("档号、收件号", 51),
    _column("事项", centred=False),
    _column("收件站点", 27),
    _column("年度", 12),
    _column("期限", 13),
    _column("归档日期", 27),
    _column("页数", 12),
    _column("鉴定人、理由", 34, centred=False),
    _column("批准人", 17),
    _column("销毁日期", 27),
]


def archive_catalogue(facts: ArchiveCatalogue) -> bytes:
    rows = [
        [
            str(n), one.archive_number, one.local_number, one.responsible, one.subject,
            chinese_date(one.ended_on), one.period, str(one.pages or "—"), one.remark,
        ]
        for n, one in enumerate(facts.lines, 1)
    ]  # fmt: skip
    pages = sum(one.pages for one in facts.lines)
    boxes = [["整理人：", "", DATE], ["检查人：", "", DATE]]
    return _list(facts, _FILES, rows, f"共{len(rows)}件{pages}页", boxes)


def certificate_register(facts: CertificateRegister) -> bytes:
    rows = [
        [
            str(n), one.number, one.name, one.holder, one.purpose, one.basis,
            chinese_date(one.issued_on), one.handler, "",
        ]
        for n, one in enumerate(facts.lines, 1)
    ]  # fmt: skip
    boxes = [["登记人：", "", DATE], ["负责人：", "", DATE]]
    return _list(facts, _CERTIFICATES, rows, f"共{len(rows)}件", boxes)


def destruction_register(facts: DestructionRegister) -> bytes:
    rows = [
        [
            str(n), f"{one.archive_number}\n{one.local_number}", one.item, one.station,
            str(one.year), one.period, chinese_date(one.archived_on), str(one.pages or "—"),
            f"{one.appraiser}：{one.reason}", one.approver,
            f"{chinese_date(one.destroyed_on)}\n{one.state}",
        ]
        for n, one in enumerate(facts.lines, 1)
    ]  # fmt: skip
    pages = sum(one.pages for one in facts.lines)
    boxes = [
        ["鉴定人：", "", DATE],
        ["批准人：", "", DATE],
        ["销毁人：", "", DATE],
        ["监销人（两人）：", "", DATE],
    ]
    return _list(facts, _DESTROYED, rows, f"共{len(rows)}件{pages}页", boxes)


def _list(
    facts: ArchiveCatalogue | CertificateRegister | DestructionRegister,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    total: str,
    boxes: Sequence[Sequence[str]],
) -> bytes:
    sheet = _WIDE
    scope, day = f"{facts.scope}　{total}", chinese_date(facts.made_on)
    *lines, last = sheet.table(columns, rows, body=_BODY)
    blocks: list[Block] = [
        *title(facts.issuer, sheet.width, sheet.text),
        *title(facts.title, sheet.width, sheet.title),
        *aside(scope, day, sheet.width, sheet.text),
        gap(3, keep=True),
        *lines,
        replace(last, keep=True),  # nobody signs a sheet without a line of the list
        gap(8, keep=True),
        sign_boxes(boxes, sheet.width, sheet.sign),
    ]
    return put_on_sheets(
        sheet.frame, blocks, copies=("",), reprint=0, document=f"{facts.title} {facts.scope}"
    )
