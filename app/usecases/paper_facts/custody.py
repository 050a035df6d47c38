"""Originals that are held."""

from __future__ import annotations

from app.domain.papers import CustodySlip, OriginalLine
from app.domain.regions import RegionCode
from app.usecases.paper_facts.asked import Asked


def custody_due(asked: Asked) -> bool:
    return bool(asked.case.originals)


def custody_slip(asked: Asked) -> CustodySlip:
    names = asked.store.publications.station_name
    return CustodySlip(
        **asked.common(issuer=asked.station),
        originals=tuple(
            OriginalLine(
                what=one.what,
                whose=one.whose,
                count=one.count,
                where=names(RegionCode(one.at)) if one.at else "已退还",
                since=one.since,
                receiver=one.receiver,
            )
            for one in asked.case.originals
        ),
    )
