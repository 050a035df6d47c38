"""The authority's notices in official layout: acceptance, refusal, decision.

A4, head margin 37 mm, binding margin 28 mm, text area 156 × 225 mm,
body 三号 Song, 22 lines of 28 characters.
Source: GB/T 9704-2012, 5.2 and 7.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from reportlab.lib.units import mm

from app.domain.papers import (
    AcceptanceNotice,
    DecisionNotice,
    DefectLine,
    RefusalNotice,
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


def acceptance(facts: AcceptanceNotice) -> bytes:
    """受理通知书."""
    said = [
        f"{_application(facts)}收悉。经审查，{_by_basis(facts.basis)}本机关决定自"
        f"{chinese_date(facts.accepted_on)}起予以受理。",
        _sentence(f"办理期限：{facts.limit_words}") + _promised_day(facts),
        _listed("下列时间不计入办理期限：", facts.not_counted),
        _sentence(f"收费：{facts.fees_words}"),
    ]
    return _notice(facts, said)


def _promised_day(facts: AcceptanceNotice) -> str:
    """The last day of the promise: it says that it is the promise's, and that the day is in."""
    if facts.due is None:
        return ""
    day = f"承诺最迟办结日期：{chinese_date(facts.due)}"
    return f"{day}（预计，以国家公布的工作日安排为准）。" if facts.due_expected else f"{day}。"


def refusal(facts: RefusalNotice) -> bytes:
    """不予受理通知书."""
    said = [
        f"{_application(facts)}收悉。经审查，{_sentence(facts.reason)}{_by_basis(facts.basis)}本机关决定不予受理。",
        _sentence(f"该事项请向{facts.right_authority}提出") if facts.right_authority else "",
        facts.remedies,
    ]
    return _notice(facts, said)


def decision(facts: DecisionNotice) -> bytes:
    """准予决定书 or 不予决定书."""
    said = [
        f"{_application(facts)}，本机关于{chinese_date(facts.accepted_on)}受理。",
        _sentence(f"经审查：{facts.findings}"),
        _sentence(f"{_by_basis(facts.basis)}本机关决定：{facts.decision}"),
        facts.remedies,
    ]
    return _notice(facts, said)


def supplement(facts: SupplementNotice) -> bytes:
    """补正材料一次性告知书."""
    again = f"（本件第{facts.times}次告知）" if facts.times > 1 else ""
    by = chinese_date(facts.due) if facts.due is not None else ""
    expected = "（预计）" if facts.due_expected else ""
    said = [
        f"{_application(facts)}收悉。经审查，申请材料不齐全或者不符合规定形式，"
        f"现将需要补正的全部内容一次性告知如下{again}：",
        *(f"{n}．{_defect(one)}" for n, one in enumerate(facts.defects, 1)),
        f"请将上述材料补齐，最迟{by}{expected}交到{facts.bring_to}。" if by else "",
        "逾期不补正又不说明理由的，按退件处理，可以重新申请。",
    ]
    return _notice(facts, said)


def _defect(one: DefectLine) -> str:
    return _sentence(f"{one.what}：{one.standard}" if one.standard else one.what)


_Notice = AcceptanceNotice | RefusalNotice | DecisionNotice | SupplementNotice


def _notice(facts: _Notice, said: Sequence[str]) -> bytes:
    """What all notices have around their text."""
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
            *_closing(facts),
        ],
        copies=facts.kind.copies,
        reprint=facts.reprint,
        document=f"{facts.title} {facts.number}",
    )


def _contact(facts: _Notice) -> list[str]:
    """Where the case is found and who is asked: short lines, which no long number tears."""
    return [
        _side_by_side(("收件号", facts.local_number)),
        _side_by_side(("办件编号", facts.official_number), ("经办人", facts.handler)),
        _side_by_side(("咨询电话", facts.window_phone), ("监督电话", facts.supervision_phone)),
    ]


def _side_by_side(*fields: tuple[str, str]) -> str:
    return "　".join(f"{name}：{text}" for name, text in fields if text)


def _closing(facts: _Notice) -> list[Block]:
    """The seal, which the last lines of the text go with, and the recipient's signature."""
    seal = seal_place(
        facts.issuer,
        chinese_date(facts.issued_on),
        WIDTH,
        _BODY,
        side=_CODE_SIDE,
        code=facts.code,
        note=_NOTE,
    )
    served = sign_lines(["受送达人（签名）：", "联系电话：", "签收时间："], WIDTH, _SERVED)
    return [*kept_together([seal, gap(_LEADING / 4)]), served]


def _addressee(facts: _Notice) -> str:
    return (
        f"{facts.applicant}（证件号码：{facts.id_number}）："
        if facts.id_number
        else f"{facts.applicant}："
    )


def _application(facts: _Notice) -> str:
    return (
        f"你（单位）于{chinese_date(facts.applied_on)}提出的{facts.item}申请"
        f"（事项编码{facts.item_id}）"
    )


def _by_basis(basis: Sequence[str]) -> str:
    return f"根据{'、'.join(basis)}的规定，" if basis else ""


def _listed(head: str, texts: Sequence[str]) -> str:
    return _sentence(head + "；".join(text.rstrip("。") for text in texts)) if texts else ""


def _sentence(text: str) -> str:
    return f"{text.rstrip('。；，、')}。" if text else ""


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
