"""What practice mode says, in a person's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from app.domain.regions import Tier
from app.usecases.acts import ACTS
from app.usecases.practice_district import ASIDE
from app.usecases.practice_turns import Done

_NAMED_AT_MOST = 4


def partners(tier: Tier) -> str:
    """The button that lets the other tiers go on."""
    return {
        Tier.VILLAGE: _tr("让镇街接着办"),
        Tier.TOWNSHIP: _tr("让村里和区里接着办"),
        Tier.DISTRICT: _tr("让村里和镇街接着办"),
    }[tier]


def told(done: Sequence[Done]) -> str:
    """朝阳乡政务服务中心：接收 2 件，受理 1 件."""
    if not done:
        return _tr("现在没有等他们办的件。先转报一件，再按一次。")
    counts = Counter((one.station.removesuffix(ASIDE), _act(one.verb)) for one in done)
    stations: dict[str, list[str]] = {}
    for (station, act), n in counts.most_common():
        stations.setdefault(station, []).append(_tr("{act} {n} 件").format(act=act, n=n))
    return "；".join(
        f"{station}：{'，'.join(acts[:_NAMED_AT_MOST])}" for station, acts in stations.items()
    )


def _act(verb: str) -> str:
    return ACTS[verb].label if verb in ACTS else _tr("新来登记")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Practice", text)
