"""送达回证: what was handed over to whom, or room to write it at somebody's door."""

from __future__ import annotations

from typing import Final

from reportlab.lib.units import mm

from app.domain.papers import ProofOfDelivery, chinese_date
from printing.agency import SERVED, contact
from printing.fonts import Style
from printing.form_sheet import DATE, LABEL, NOTE, SIGN, TEXT, WIDTH, form_sheets
from printing.marks import sign_boxes
from printing.sheets import Setting
from printing.tables import field_table, table
from printing.words import gap, kept_together, numbered

_LABEL_WIDTH: Final = 26 * mm
_ROOMY: Final = Setting(style=Style.FORM, size=10, leading=20)
_HINTS: Final = (
    "受送达人不在的，由其同住的成年家属签收，写明与受送达人的关系；单位由法定代表人或者负责收件的人签收。",
    "受送达人或者其同住成年家属拒绝签收的，邀请见证人到场，写明拒收的事由和日期，由送达人、见证人签名，"
    "把文书留在其住所，视为送达；见证人不能是送达人。",
    "本回证签收后交回存档。",
)


def proof(facts: ProofOfDelivery) -> bytes:
    """送达回证: what is served, how it was done, and who signs for it, on one sheet with it."""
    about = [
        [("发文机关", facts.sender)],
        [("受送达人", facts.applicant), ("证件号码", facts.id_number)],
        [("住址", facts.address)],
        [("事项", f"{facts.item}（事项编码{facts.item_id}）")],
        [("收件号", facts.local_number), ("经办人", facts.handler)],
        [("办件编号", facts.official_number)],
    ]
    known = [found for row in about if (found := [field for field in row if field[1]])]
    served = [
        [str(n), one.title, one.number or " ", f"{one.count}份"]
        for n, one in enumerate(facts.served, 1)
    ]
    how = field_table(_how(facts), WIDTH, label=LABEL, value=_ROOMY, label_width=_LABEL_WIDTH)
    return form_sheets(
        facts,
        [
            *field_table(known, WIDTH, label=LABEL, value=TEXT, label_width=_LABEL_WIDTH),
            gap(6),
            *table(SERVED, served, WIDTH, head=LABEL, body=TEXT),
            gap(6),
            *kept_together([*how, gap(6)]),
            sign_boxes(_hands(facts), WIDTH, SIGN),
            gap(6),
            *kept_together(numbered(_HINTS, WIDTH, NOTE)),
            *contact(facts),
        ],
    )


def _how(facts: ProofOfDelivery) -> list[list[tuple[str, str]]]:
    """What is known of the delivery; a blank where it is to be written."""
    ways = "　".join(("√" if way == facts.way else "□") + way for way in facts.ways)
    day = chinese_date(facts.served_on) if facts.served_on else DATE
    who, why = ("拒收人", "拒收事由") if facts.left else ("签收人", "凭证、备注")
    return [
        [("送达方式", ways)],
        [("送达地点", facts.place or " ")],
        [("送达日期", day), ("送达人", facts.server or " ")],
        [(who, facts.received_by or " "), ("与其关系", facts.relation or " ")],
        [(why, facts.remark or " ")],
        [("见证人", facts.witness or " ")],
    ]


def _hands(facts: ProofOfDelivery) -> list[list[str]]:
    receiver = "受送达人（拒绝签收）：" if facts.left else "受送达人（签收人）签名："
    return [
        [receiver, "", "联系电话：", DATE],
        ["送达人签名：", "", "", DATE],
        ["见证人签名：", "", "联系电话：", DATE],
    ]
