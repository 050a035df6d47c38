"""The sheet of an authority's notice, in official layout: title, number, addressee, text, seal, page number.

A4, head margin 37 mm, binding margin 28 mm, text area 156 × 225 mm,
body 三号 Song, 22 lines of 28 characters.
Source: GB/T 9704-2012, 5.2 and 7.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from reportlab.lib.units import mm

from app.domain.papers import (
    AcceptanceNotice,
    DecisionNotice,
    ExtensionNotice,
    RefusalNotice,
    ReturnNotice,
    SpecialProcedureNotice,
    SupplementNotice,
    chinese_date,
)
from printing.fonts import Style
from printing.marks import seal_place, sign_lines
from printing.sheets import A4, Block, Frame, Pen, Place, Setting, put_on_sheets
from printing.words import gap, kept_together, paragraph, title

LEFT, TOP, WIDTH, HEIGHT = 28 * mm, 37 * mm, 156 * mm, 225 * mm
LINES, CHARACTERS = 22, 28

_SIZE = 16  # 三号, in points
_LEADING = HEIGHT / LINES
_BODY = Setting(style=Style.BODY, size=_SIZE, leading=_LEADING, spacing=WIDTH / CHARACTERS - _SIZE)
_TITLE = Setting(style=Style.HEAD, size=22, leading=_LEADING * 1.25, spacing=2)
_PAGE_NUMBER = Setting(style=Style.BODY, size=14, leading=14)
_SERVED = Setting(style=Style.BODY, size=12, leading=_LEADING)
_CASE = Setting(style=Style.BODY, size=12, leading=18)
_MARK = Setting(style=Style.HEAD, size=10.5, leading=15)
_NOTE = Setting(style=Style.FORM, size=8, leading=11)
_CODE_SIDE = 29 * mm
SIGNS: Final = ("受送达人（签名）：", "联系电话：", "签收时间：")

Notice = (
    AcceptanceNotice
    | RefusalNotice
    | DecisionNotice
    | SupplementNotice
    | SpecialProcedureNotice
    | ExtensionNotice
    | ReturnNotice
)


def notice_sheets(facts: Notice, said: Sequence[str], *, torn_off: Sequence[Block] = ()) -> bytes:
    """What all notices have around their text; what is torn off has the lines to sign on."""
    indented = partial(paragraph, width=WIDTH, setting=_BODY, indent=_BODY.width("　　"))
    body = [block for text in said if text for block in indented(text)]
    return put_on_sheets(
        _OFFICIAL,
        [
            *title(facts.title, WIDTH, _TITLE),
            *title(facts.number, WIDTH, _BODY),
            gap(_LEADING / 2),
            *paragraph(_addressee(facts), WIDTH, _BODY, keep=True),
            *body[:-2],
            *kept_together(body[-2:]),
            gap(_LEADING / 4, keep=True),
            *kept_together(
                [
                    block
                    for text in _contact(facts)
                    if text
                    for block in paragraph(text, WIDTH, _CASE)
                ]
            ),
            _seal(facts),
            *(torn_off or [gap(_LEADING / 4, keep=True), sign_lines(SIGNS, WIDTH, _SERVED)]),
        ],
        copies=facts.kind.copies,
        reprint=facts.reprint,
        document=f"{facts.title} {facts.number}",
    )


def _contact(facts: Notice) -> list[str]:
    """Where the case is found and who is asked: short lines, which no long number tears."""
    return [
        _side_by_side(("收件号", facts.local_number)),
        _side_by_side(("办件编号", facts.official_number), ("经办人", facts.handler)),
        _side_by_side(("咨询电话", facts.window_phone), ("监督电话", facts.supervision_phone)),
    ]


def _side_by_side(*fields: tuple[str, str]) -> str:
    return "　".join(f"{name}：{text}" for name, text in fields if text)


def _seal(facts: Notice) -> Block:
    """Which the last lines of the text go with."""
    return seal_place(
        facts.issuer,
        chinese_date(facts.issued_on),
        WIDTH,
        _BODY,
        side=_CODE_SIDE,
        code=facts.code,
        note=_NOTE,
    )


def _addressee(facts: Notice) -> str:
    return (
        f"{facts.applicant}（证件号码：{facts.id_number}）："
        if facts.id_number
        else f"{facts.applicant}："
    )


def _dress(pen: Pen, place: Place) -> None:
    pen.text(LEFT, TOP - 10 * mm, place.copy_mark, _MARK)
    number = f"— {place.sheet} —"
    # 7 mm under the text area, a character from the outer edge. Source: GB/T 9704-2012, 7.5.
    free = WIDTH - _PAGE_NUMBER.width(number)
    x = free - _PAGE_NUMBER.size if place.sheet % 2 else _PAGE_NUMBER.size
    pen.text(LEFT + x, TOP + HEIGHT + 7 * mm, number, _PAGE_NUMBER)


_OFFICIAL = Frame(
    sheet_width=A4[0],
    sheet_height=A4[1],
    left=LEFT,
    top=TOP,
    height=HEIGHT,
    dress=_dress,
)
