"""办事指南: an item's guide on A4 to take home, on A3 for the wall."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from reportlab.lib.units import mm

from app.domain.papers import chinese_date
from app.domain.papers.sheets import GuideMaterial, GuideSection, Labelled, ServiceGuide
from printing.choice import Paper
from printing.fitting import fitting
from printing.form_sheet import A4_FORM, FormSheet
from printing.sheets import Block, put_on_sheets
from printing.tables import Column, field_table
from printing.words import aside, gap, kept_together, paragraph, title

_SHORT: Final = 14
"""Characters of a value that shares its row with another."""
_MATERIALS: Final = [
    Column(head="序号", width=11 * mm),
    Column(head="材料名称", centred=False),
    Column(head="是否必交", width=26 * mm),
    Column(head="形式和份数", width=26 * mm),
    Column(head="来源", width=24 * mm),
    Column(head="查验要点", width=37 * mm, centred=False),
]


def service_guide(facts: ServiceGuide, *, paper: Paper = Paper.A4) -> bytes:
    """As many A4 sheets as it needs in ordinary letters; one A3 sheet, in letters as large as it allows."""
    sheet = fitting(paper, partial(_blocks, facts)) if paper is Paper.A3 else A4_FORM
    return put_on_sheets(
        sheet.frame,
        _blocks(facts, sheet),
        copies=("",),
        reprint=0,
        document=f"{facts.title} {facts.item}",
    )


def _blocks(facts: ServiceGuide, sheet: FormSheet) -> list[Block]:
    said = f"事项编码{facts.item_id}　{facts.version}"
    return [
        *title(facts.issuer, sheet.width, sheet.text),
        *title(facts.item, sheet.width, sheet.title),
        *title(facts.title, sheet.width, sheet.station),
        *aside(said, chinese_date(facts.made_on), sheet.width, sheet.note),
        gap(4 * sheet.scale, keep=True),
        *_fields(_rows(facts.first), sheet),
        gap(6 * sheet.scale),
        *(block for section in facts.sections for block in _section(section, sheet)),
    ]


def _section(section: GuideSection, sheet: FormSheet) -> Iterator[Block]:
    """A row of a table; what has a table of its own stands over it."""
    if not section.materials:
        yield from _fields([[(section.heading, _said(section.lines))]], sheet)
        return
    yield gap(6 * sheet.scale, keep=True)
    yield from kept_together(paragraph(section.heading, sheet.width, sheet.label))
    for line in section.lines:
        yield from kept_together(paragraph(line, sheet.width, sheet.note))
    yield gap(2 * sheet.scale, keep=True)
    rows = [_material(n, one) for n, one in enumerate(section.materials, 1)]
    yield from sheet.table(_MATERIALS, rows, body=sheet.note)
    yield gap(6 * sheet.scale)


def _fields(rows: Sequence[Sequence[tuple[str, str]]], sheet: FormSheet) -> list[Block]:
    """With room for a heading and its numeral."""
    return field_table(
        rows,
        sheet.width,
        label=sheet.label,
        value=sheet.text,
        label_width=27 * mm * sheet.scale,
        padding=sheet.padding,
    )


def _said(lines: Sequence[str]) -> str:
    if len(lines) == 1:
        return lines[0]
    return "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1))


def _material(number: int, one: GuideMaterial) -> list[str]:
    return [str(number), one.name, one.need, one.brought, one.source, one.checked or "—"]


def _rows(said: Sequence[Labelled]) -> list[list[tuple[str, str]]]:
    """Short ones two in a row; a long one, or one left over, has its own."""
    rows: list[list[tuple[str, str]]] = []
    waiting: list[tuple[str, str]] = []
    for one in said:
        if len(one.words) > _SHORT:
            rows += [waiting] if waiting else []
            rows.append([(one.label, one.words)])
            waiting = []
            continue
        waiting.append((one.label, one.words))
        if len(waiting) > 1:
            rows.append(waiting)
            waiting = []
    return [*rows, waiting] if waiting else rows
