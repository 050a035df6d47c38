"""Items and people as rows of the lists under their fields."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from app.domain.items import Handling
from app.domain.masking import mask_id, mask_phone
from app.usecases.applicants import KnownApplicant
from app.usecases.catalogue import Suggested, Why
from ui.desktop.look.mood import Mood
from ui.desktop.pages.registration.remarks import here_before
from ui.desktop.widgets.suggest_box import Suggestion


def of_item(found: Suggested) -> Suggestion:
    """An item with the name that people call it by; what is not registered here says so."""
    item = found.item
    if item is None:
        mark = _tr("不予开具") if found.not_issued is not None else _tr("已取消")
        office = found.not_issued.ask_instead if found.not_issued is not None else ""
        return Suggestion(
            title=found.called,
            detail=_tr("请找{office}").format(office=office) if office else "",
            mark=mark,
            value=found,
            mood=Mood.WARN,
        )
    called = {
        Why.ALIAS: _tr("又称 {name}"),
        Why.RETIRED: _tr("原称 {name}"),
        Why.WITHDRAWN: _tr("{name} 已并入这一项"),
    }.get(found.why, "").format(name=found.called)
    marks = {
        Handling.CASE: item.kind.label,
        Handling.ROSTER: _tr("名册"),
        Handling.CONSULTATION: _tr("咨询"),
        Handling.INFORM: _tr("告知"),
    }
    return Suggestion(
        title=item.name,
        detail=called or item.category,
        mark=marks[item.handling],
        value=found,
        mood=Mood.PLAIN,
    )


def of_person(known: KnownApplicant, today: date | None) -> Suggestion:
    """Somebody who was here before; numbers masked, since the screen faces a queue."""
    number = mask_id(known.id_number) if known.id_number else mask_phone(known.phone)
    said = [number, known.address, here_before(known, today)]
    return Suggestion(
        title=known.name,
        detail=" · ".join(part for part in said if part),
        mark="" if known.here else known.place,
        value=known,
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("suggestions", text)
