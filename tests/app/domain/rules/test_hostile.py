"""Whatever an entry says, reading it is refused in order or has its effect: no fold ever falls over."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from enum import Enum
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import events, rules
from app.domain.case import State
from app.domain.events import KINDS, Body
from app.domain.limits import deadline
from app.domain.watching import deserved, lights_of
from app.errors import DaibanError
from app.journal.refs import Ref
from tests.app.domain.rules import lives, scene
from tests.builders import a_device

ABOUT_CASES = sorted(kind for kind, rule in KINDS.items() if not rule.publication)
PLACES = (scene.VILLAGE, scene.TOWNSHIP, scene.DISTRICT)
WORDS = st.sampled_from(
    ["", " ", "韦小妹", "听证", *PLACES, "999", "forwarding", "IT022", "materials_receipt"]
)
NUMBERS = st.sampled_from([-(2**63), -1, 0, 1, 2, 30, 10**6, 2**63 - 1])
DAYS = st.sampled_from(
    [date.min, scene.DAY, scene.LATER, lives.LATE, lives.AGES, date(9999, 12, 31)]
)
REFS = st.sampled_from(
    [*scene.PEOPLE.values(), *scene.COLLEAGUES.values(), *scene.PARTS, Ref(a_device(99), 7)]
)
LEAVES: dict[Any, st.SearchStrategy[Any]] = {
    str: WORDS, int: NUMBERS, date: DAYS, Ref: REFS, bool: st.booleans(), bytes: st.just(b""),
    NoneType: st.none(),
}  # fmt: skip


def anything_of(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a field's type, nested ones too."""
    kind = getattr(kind, "__supertype__", kind)
    if kind in LEAVES:
        return LEAVES[kind]
    parts = get_args(kind)
    if get_origin(kind) is tuple:
        return st.lists(anything_of(parts[0]), max_size=3).map(tuple)
    if parts:
        return st.one_of([anything_of(part) for part in parts])
    if issubclass(kind, Enum):
        return st.sampled_from(kind)
    hints = get_type_hints(kind)
    fields = {name: anything_of(hints[name]) for name in kind.__struct_fields__}
    return st.builds(kind, **fields)


def any_body(kind: str) -> st.SearchStrategy[Body]:
    """A body of that kind with whatever its fields may hold, as it would come off the wire."""
    (body,) = KINDS[kind].bodies
    return anything_of(body).map(lambda said: read_again(kind, said))


def read_again(kind: str, said: Body) -> Body:
    try:
        return events.decode_body(kind, 1, events.encode_body(said))
    except (events.BadBody, OverflowError):
        return said


@settings(max_examples=400)
@given(st.data())
def test_any_entry_on_any_case_is_read_or_refused(data: st.DataObject):
    case = data.draw(st.sampled_from(lives.lives()[data.draw(st.sampled_from(State))]))
    for _ in range(3):
        body = data.draw(any_body(data.draw(st.sampled_from(ABOUT_CASES))))
        setting = scene.at(data.draw(st.sampled_from(PLACES)), by=data.draw(REFS))
        with suppress(DaibanError):
            case = rules.after(case, body, setting)
        with suppress(DaibanError):
            rules.may_write(case, body, setting)
    view = scene.the_publications()
    calendar = view.calendar(case.region)
    for clock in case.clocks:
        deadline(clock.starts, clock.days + clock.extended, clock.unit, calendar, clock.pauses)
    with suppress(DaibanError):
        lights_of(case, view, lives.LATE)
        deserved(case, view, lives.LATE)


@given(st.data())
def test_any_entry_opens_a_case_or_is_refused(data: st.DataObject):
    kind = data.draw(st.sampled_from(["case.registered", "case.child_opened"]))
    told = data.draw(any_body(kind))
    named = {"item": scene.PLAIN, "item_version": 1, "station": scene.VILLAGE}
    body = msgspec.structs.replace(told, **(named if data.draw(st.booleans()) else {}))
    with suppress(DaibanError):
        rules.after(None, body, scene.at(scene.VILLAGE))
