"""What is handed to the district about an entry that it refused: to be copied, printed or read over the telephone."""

from __future__ import annotations

from datetime import datetime

import msgspec

from app.domain.days import CHINA
from app.domain.masking import mask_listed_name
from app.store.store import Store
from app.usecases.repairs import Repair
from ui import wording


class WhoAsks(msgspec.Struct, frozen=True, kw_only=True):
    """The station and the computer that ask."""

    station: str
    region: str
    slot: str

    @classmethod
    def of(cls, store: Store) -> WhoAsks:
        own = store.certificate
        return cls(station=own.station, region=own.region, slot=own.slot_text)


def for_district(repair: Repair, who: WhoAsks) -> str:
    """Whole, and no more of the applicant than a list shows: it goes through other hands."""
    at = datetime.fromtimestamp(repair.at_ms / 1000, CHINA) if repair.at_ms else None
    when = f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}" if at is not None else ""
    step = wording.act_label(repair.kind) if repair.kind else "不明"
    facts = "，".join(f"{name}={value}" for name, value in sorted(repair.facts.items()))
    lines = [
        ("站点", f"{who.station}（{who.region}），电脑 {who.slot}"),
        ("收件号", repair.local_number),
        ("申请人", mask_listed_name(repair.applicant)),
        ("事项", repair.item),
        ("哪一步", "，".join(filter(None, (step, repair.operator, when)))),
        ("没有收下的原因", f"{wording.verdict(repair.code)}（{_with(repair.code, facts)}）"),
        ("记录编号", str(repair.ref)),
    ]
    told = [f"{name}：{value}" for name, value in lines if value]
    return "\n".join(
        [
            "区中心没有收下这一条，请核对原因，告诉本站怎样更正。",
            *told,
            "这一条在本站还留着，没有改动；其余的都照常上报。",
        ]
    )


def _with(code: str, facts: str) -> str:
    return f"{code}：{facts}" if facts else code
