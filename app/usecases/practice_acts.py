"""How the people of a practice district act: the ordinary acts, with facts that say that they are for practice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from app.domain.case import Case
from app.domain.items import Item
from app.errors import Refused
from app.store.store import Store
from app.usecases import acts
from app.usecases.materials import missing_materials
from app.usecases.practice_district import ASIDE, Seat
from app.usecases.today import shown_today

REJECT: Final = "reject"
"""To decide against the applicant: not a verb of its own."""
_SAID: Final[dict[str, dict[str, Any]]] = {
    "return": {"reason": "defects", "defects": [f"申请表没有签名，请补签。{ASIDE}"]},
    "ask_supplement": {"defects": [{"what": f"照片不清楚，请换一张。{ASIDE}"}]},
    "refuse": {"reason": f"不属于本机关的职权范围。{ASIDE}"},
    "decide": {"approved": True, "result": f"同意。{ASIDE}"},
    REJECT: {"approved": False, "reason": f"经核对，不符合规定的条件。{ASIDE}"},
    "complete": {"result": f"当场办结。{ASIDE}"},
    "pass_up": {"opinion": f"初审同意，请审定。{ASIDE}"},
    "send_down": {"opinion": f"同意初审意见。{ASIDE}"},
    "extend": {"days": 5, "reason": f"情况复杂，需要再核实。{ASIDE}"},
    "outside_answer": {"result": f"对方已经办好。{ASIDE}"},
    "certify": {"name": f"证件{ASIDE}"},
    "follow_up": {"grade": "good", "opinion": f"都办好了，满意。{ASIDE}"},
    "withdraw": {"reason": f"申请人说不办了。{ASIDE}"},
    "conclude": {"outcome": f"已在窗口办好。{ASIDE}"},
}


def may(seat: Seat, case: Case) -> list[str]:
    """The verbs of what this seat may do with the case now, the ordinary next one first."""
    return [act.verb for act in acts.available(seat.store, case, seat.card)]


def perform(seat: Seat, case: Case, verb: str) -> bool:
    """Do it, if this seat may; False if not."""
    name = "decide" if verb == REJECT else verb
    if name not in may(seat, case):
        return False
    try:
        acts.perform(seat.store, case.subject, name, _facts(seat.store, case, verb), by=seat.card)
    except Refused:
        return False
    return True


def _facts(store: Store, case: Case, verb: str) -> dict[str, Any]:
    item = store.publications.item(case.item, case.item_version)
    match verb:
        case "supply" | "receive_supplement":
            return {"materials": _papers(item, case)}
        case "pause":
            return {"procedure": item.stops_clock[0].type}
        case "appoint":
            day = shown_today(store) + timedelta(days=3)
            return {"day": day.isoformat(), "where": f"办理窗口{ASIDE}"}
        case "archive":
            return {"number": f"LX-{case.local_number.text}"}
        case _:
            return _SAID.get(verb, {})


def _papers(item: Item, case: Case) -> list[dict[str, Any]]:
    """What is missing, else the first that the item asks for, once more."""
    names = missing_materials(item, case.materials) or tuple(
        material.name for material in item.materials[:1]
    )
    return [{"name": name, "copies": 1} for name in names]
