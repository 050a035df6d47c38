"""Receipts on a roll, 80 or 58 mm wide and as long as they need to be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.lib.units import mm

from app.domain.papers import (
    NOT_ACCEPTANCE,
    MaterialLine,
    MaterialsReceipt,
    VisitLine,
    VisitReceipt,
    chinese_date,
)
from printing.fonts import Style
from printing.marks import code_alone, sign_lines
from printing.receipts import correction, kept_words, receipt_fields, receipt_notices, sum_words
from printing.sheets import Block, Frame, Pen, Place, Setting, put_on_sheets
from printing.visits import visit_fields, visit_notices
from printing.words import aside, gap, hanging, numbered, paragraph, rule, title, wrapped

_TITLE: Final = Setting(style=Style.HEAD, size=15, leading=22, spacing=3)
_HEAD: Final = Setting(style=Style.HEAD, size=9, leading=13)
_TEXT: Final = Setting(style=Style.FORM, size=9, leading=13)
_SMALL: Final = Setting(style=Style.FORM, size=8, leading=12)
_SIGN: Final = Setting(style=Style.FORM, size=9, leading=24)
_CODE_SIDE: Final = 34 * mm


@dataclass(frozen=True, kw_only=True)
class Roll:
    """A roll of paper: its width, what the head does not reach at each edge, and where values begin."""

    paper_width: float
    margin: float
    hang: float
    top: float  # under the name of the copy

    @property
    def width(self) -> float:
        return self.paper_width - 2 * self.margin

    @property
    def frame(self) -> Frame:
        def dress(pen: Pen, place: Place) -> None:
            y = 3 * mm
            for line in wrapped(place.copy_mark, self.width, _HEAD):
                pen.text(self.margin, y, line, _HEAD)
                y += _HEAD.leading

        return Frame(
            sheet_width=self.paper_width,
            sheet_height=None,
            left=self.margin,
            top=self.top,
            height=None,
            dress=dress,
        )

    def field(self, name: str, text: str) -> list[Block]:
        """The value beside its name; a number that does not fit there whole has its own line."""
        if text.isascii() and _TEXT.width(text) > self.width - self.hang:
            return [*paragraph(name, self.width, _HEAD), *paragraph(text, self.width, _SMALL)]
        return hanging(name, text, self.width, _TEXT, hang=self.hang, label_setting=_HEAD)


ROLL_80: Final = Roll(paper_width=80 * mm, margin=4 * mm, hang=16 * mm, top=9 * mm)
ROLL_58: Final = Roll(paper_width=58 * mm, margin=5 * mm, hang=14 * mm, top=13 * mm)


def receipt(facts: MaterialsReceipt, *, roll: Roll) -> bytes:
    """收件回执."""
    return _slip(
        facts,
        roll,
        fields=receipt_fields(facts),
        body=[
            *numbered([_in_words(material) for material in facts.materials], roll.width, _TEXT),
            *roll.field("合计", sum_words(facts)),
        ],
        notices=receipt_notices(facts),
        signs="申请人签名：",
    )


def visit(facts: VisitReceipt, *, roll: Roll) -> bytes:
    """合并收件回执."""
    shared = [
        f"{_in_words(one.line)}（用于第{'、'.join(map(str, one.cases))}件）"
        for one in facts.materials
    ]
    return _slip(
        facts,
        roll,
        fields=visit_fields(facts),
        body=[
            *(
                block
                for n, line in enumerate(facts.cases, 1)
                for block in _case(n, len(facts.cases), line, roll)
            ),
            *([rule(roll.width), *paragraph("收到的材料", roll.width, _HEAD)] if shared else ()),
            *numbered(shared, roll.width, _TEXT),
        ],
        notices=visit_notices(facts),
        signs="来访人签名：",
    )


def _slip(
    facts: MaterialsReceipt | VisitReceipt,
    roll: Roll,
    *,
    fields: Iterable[Sequence[tuple[str, str]]],
    body: Sequence[Block],
    notices: Sequence[str],
    signs: str,
) -> bytes:
    width = roll.width
    return put_on_sheets(
        roll.frame,
        [
            *title(facts.issuer, width, _HEAD),
            *title(facts.title, width, _TITLE),
            *title(facts.number, width, _TEXT),
            rule(width),
            *correction(facts, width, _HEAD),
            *(block for row in fields for field in row for block in roll.field(*field)),
            rule(width),
            *body,
            rule(width),
            *paragraph(NOT_ACCEPTANCE, width, _HEAD),
            *numbered(notices, width, _SMALL),
            gap(8),
            sign_lines([signs], width, _SIGN),
            *aside(f"收件人：{facts.handler}", chinese_date(facts.issued_on), width, _TEXT),
            code_alone(facts.code, width, side=_CODE_SIDE, note=_SMALL),
        ],
        copies=facts.kind.copies,
        reprint=facts.reprint,
        document=f"{facts.title} {facts.number}",
    )


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


def _case(n: int, of: int, line: VisitLine, roll: Roll) -> list[Block]:
    """Who and what; under it the number, whole, and the limit."""
    missing = f"；尚缺必备材料{line.missing}件" if line.missing else ""
    hang = _TEXT.width(f"{of}. ")
    room = max(0.0, roll.width - _SMALL.width(line.local_number))
    return [
        *hanging(f"{n}.", f"{line.applicant}：{line.item}", roll.width, _TEXT, hang=hang),
        *hanging("", line.local_number, roll.width, _SMALL, hang=min(hang, room)),
        *hanging("", f"{line.limit}{missing}", roll.width, _SMALL, hang=hang),
    ]
