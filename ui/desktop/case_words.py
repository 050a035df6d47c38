"""How a case is told on screen: its state, limit, place and applicant; words, and the mood that goes with them."""

from __future__ import annotations

from typing import Final

import msgspec
from PySide6.QtCore import QCoreApplication

from app.domain import identity
from app.domain.case import State
from app.domain.lights import Light
from app.domain.limits import Unit
from app.domain.masking import mask_listed_name
from app.domain.publications import Publications
from app.domain.regions import RegionCode, UnknownRegion, place_name
from app.store.rows import CaseRow
from app.usecases.lookup import Standing, Whereabouts
from ui.desktop import words
from ui.desktop.look.mood import Mood

_STATE_MOODS: Final = {
    State.RECEIVED: Mood.INFO,
    State.ACCOMPANIED: Mood.INFO,
    State.IN_TRANSIT: Mood.INFO,
    State.UNDER_EXAMINATION: Mood.WARN,
    State.AWAITING_SUPPLEMENT: Mood.WARN,
    State.IN_PROGRESS: Mood.INFO,
    State.PAUSED: Mood.PAUSED,
    State.WITH_SUPERIOR: Mood.INFO,
    State.OUTSIDE: Mood.PAUSED,
    State.DECIDED: Mood.GOOD,
    State.DELIVERED: Mood.PLAIN,
    State.FOLLOWED_UP: Mood.PLAIN,
    State.ARCHIVED: Mood.PLAIN,
    State.CLOSED: Mood.PLAIN,
    State.REFUSED: Mood.BAD,
    State.LAPSED: Mood.BAD,
    State.WITHDRAWN: Mood.PLAIN,
    State.VOIDED: Mood.PLAIN,
    State.DESTROYED: Mood.PLAIN,
}
_STATE_ICONS: Final = {
    State.RECEIVED: "inbox",
    State.ACCOMPANIED: "users",
    State.IN_TRANSIT: "send",
    State.UNDER_EXAMINATION: "clipboard-list",
    State.AWAITING_SUPPLEMENT: "file-warning",
    State.IN_PROGRESS: "hourglass",
    State.PAUSED: "pause",
    State.WITH_SUPERIOR: "upload",
    State.OUTSIDE: "external-link",
    State.DECIDED: "stamp",
    State.DELIVERED: "package-check",
    State.FOLLOWED_UP: "phone",
    State.ARCHIVED: "archive",
    State.CLOSED: "check-check",
    State.REFUSED: "circle-x",
    State.LAPSED: "undo-2",
    State.WITHDRAWN: "log-out",
    State.VOIDED: "minus",
    State.DESTROYED: "trash-2",
}
_WHERE_ICONS: Final = {
    Whereabouts.HERE: "monitor",
    Whereabouts.AT_CENTRE: "cloud-upload",
    Whereabouts.TAKEN_OVER: "landmark",
    Whereabouts.MOVED: "external-link",
    Whereabouts.REFUSED: "circle-x",
}


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """The gravest running clock in words; empty where none runs. `tip` has the date."""

    text: str = ""
    mood: Mood = Mood.PLAIN
    icon: str = ""
    tip: str = ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("case_words", text)


def state_mood(state: State) -> Mood:
    return _STATE_MOODS[state]


def state_icon(state: State) -> str:
    return _STATE_ICONS[state]


def limit(standing: Standing) -> Limit:
    """剩余 3 个工作日, with 受理审查 2026年11月25日到期 to be read on it."""
    if standing.clock is None or standing.due is None or standing.days_left is None:
        return Limit()
    expected = _tr("（预计）") if standing.expected else ""
    mood = left_mood(standing.days_left, standing.light)
    return Limit(
        text=words.left(standing.days_left, standing.unit or Unit.WORKING),
        mood=mood,
        icon="clock" if mood is Mood.GOOD else "",
        tip=_tr("{clock}：{day}到期{expected}").format(
            clock=standing.clock.label, day=words.day(standing.due), expected=expected
        ),
    )


def left_mood(days_left: int, light: Light) -> Mood:
    if days_left < 0 or light in (Light.YELLOW, Light.RED):
        return Mood.BAD
    return Mood.WARN if light is Light.WARNING or days_left == 0 else Mood.GOOD


def where_mood(where: Whereabouts) -> Mood:
    return Mood.BAD if where is Whereabouts.REFUSED else Mood.PLAIN


def where_icon(where: Whereabouts) -> str:
    return _WHERE_ICONS[where]


def where_tip(where: Whereabouts) -> str:
    return {
        Whereabouts.HERE: _tr("只在这台电脑上，联网后自动上报"),
        Whereabouts.AT_CENTRE: _tr("区中心已经有了"),
        Whereabouts.TAKEN_OVER: _tr("办理机关已经接收"),
        Whereabouts.MOVED: _tr("这里已经划归别处，后来的情况本站不再收到"),
        Whereabouts.REFUSED: _tr("区中心没有收下其中一条，请到“同步”页查看原因"),
    }[where]


def applicant(row: CaseRow) -> str:
    """The applicant's name as a queue may see it: people masked, organisations not."""
    number = row.id_number
    # One resident number in thirty-one has a right check digit as an organisation's code, too.
    is_person = identity.check_id_number(number).birth is not None
    if not is_person and identity.check_uscc(number).fault is None:
        return row.applicant
    return mask_listed_name(row.applicant)


def place(publications: Publications, region: str) -> str:
    """湖塘村; the code where the table of regions does not have it."""
    try:
        return place_name(publications.tree.region(RegionCode(region)))
    except UnknownRegion:
        return region
