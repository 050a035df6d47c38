"""What is said of a person who was here before, and of a name under which nothing is registered here."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from app.domain.items import Handling
from app.usecases.applicants import KnownApplicant
from app.usecases.catalogue import Suggested
from ui.desktop import words


def why_not(suggested: Suggested) -> str:
    """Why nothing is registered under this name here, and where to go instead."""
    certificate, retired, item = suggested.not_issued, suggested.retired, suggested.item
    if certificate is not None:
        text = _tr("“{name}”不由村（社区）开具，请找{office}。{instead}。")
        return text.format(
            name=certificate.name,
            office=certificate.ask_instead,
            instead=certificate.alternative.rstrip("。"),
        )
    if item is None and suggested.withdrawn is not None:
        text = _tr("“{name}”从{day}起取消：{reason}")
        ended = suggested.withdrawn
        return text.format(name=suggested.called, day=words.day(ended.on), reason=ended.reason)
    if item is None:
        text = _tr("“{name}”已经取消。{now}")
        now = retired.now if retired and retired.now else ""
        return text.format(name=suggested.called, now=now).strip()
    return {
        Handling.ROSTER: _tr("“{name}”按名册成批办理，不在这里逐件登记。"),
        Handling.CONSULTATION: _tr("“{name}”属于咨询，当面答复即可，不登记办件。"),
        Handling.INFORM: _tr("“{name}”不在本站办理，请告知申请人去处：{office}。"),
    }[item.handling].format(name=item.name, office=item.external_body or item.receives.label)


def here_before(known: KnownApplicant, today: date | None) -> str:
    """What is known of somebody: 去年在朝阳村办过高龄津贴申领."""
    on, where = known.last_on, ""
    if not known.here:
        where = _tr("在{place}").format(place=known.place)
    match today.year - on.year if today is not None else None:
        case 0:
            when = _tr("{month}月").format(month=on.month)
        case 1:
            when = _tr("去年")
        case _:
            when = _tr("{year}年").format(year=on.year)
    return _tr("{when}{where}办过{item}").format(when=when, where=where, item=known.last_item)


def _tr(text: str) -> str:
    return QCoreApplication.translate("remarks", text)
