"""The month in words: what was done, how its cases stand, what supervision saw."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.lights import Light
from app.domain.regions import Tier
from app.usecases import supervision
from app.usecases.acts import ACTS
from app.usecases.supervision import Which
from app.usecases.today import shown_today
from ui.demo.month.month import Month, Told


def lines(month: Month, told: Told) -> list[str]:
    """For a terminal, and for the file beside the stores."""
    return list(_said(month, told))


def _said(month: Month, told: Told) -> Iterator[str]:
    stations = month.district.stations
    towns, villages = (len(month.district.at(tier)) for tier in (Tier.TOWNSHIP, Tier.VILLAGE))
    yield f"一个区、{towns} 个镇街、{villages} 个村的一个月：登记 {told.registered} 件，流水 {told.entries} 条。"
    yield "办件现在：" + "，".join(
        f"{label} {number}" for label, number in sorted(told.states.items())
    )
    words = {verb: act.label for verb, act in ACTS.items()} | {"register": "登记"}
    yield "做过的事：" + "，".join(
        f"{words.get(verb, verb)} {number}"
        for verb, number in sorted(told.acts.items(), key=lambda done: -done[1])
    )
    yield f"扫描件：附上 {told.scanned} 页，审查时下载 {told.looked_at} 页。"
    store = stations[0].store
    seen = supervision.lights(store, shown_today(store))
    yield "效能监督：" + "，".join(f"{light.label} {seen.lights[light]}" for light in Light)
    yield "牌：" + "，".join(f"{which.label} {seen.cards[which]}" for which in Which)
    refused = sum(told.refused.values())
    yield f"规则没有让做的：{refused} 次" + (
        ""
        if not refused
        else "（"
        + "；".join(
            f"{why.rstrip('。')}，{times} 次" for why, times in sorted(told.refused.items())
        )
        + "）"
    )
    whole = "全部核对无误" if not told.problems else "；".join(told.problems)
    yield f"{len(stations)} 个站点的数据：{whole}。"
