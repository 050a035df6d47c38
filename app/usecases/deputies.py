"""Who acted in whose place: while somebody is away their deputy's acts are recorded as B for A (domain.md §1)."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from app.domain import events, rules
from app.domain.case import Case
from app.domain.events import Body
from app.domain.history import setting_of
from app.domain.publications import Publications
from app.domain.rules import Setting
from app.errors import DaibanError
from app.journal.entry import Entry
from app.journal.refs import Ref


def stood_in(entries: Sequence[Entry], publications: Publications) -> dict[Ref, Ref]:
    """For each entry of a case that a deputy wrote as one: the person in whose place.

    `entries` are those that have effect, in reading order.
    It is A's act if the case was A's matter, or if B alone could not have done it.
    """
    settings = [_setting(one, publications) for one in entries]
    if not any(one is not None and one.writer.stands_for for one in settings):
        return {}
    found: dict[Ref, Ref] = {}
    case: Case | None = None
    for one, setting in zip(entries, settings, strict=True):
        body = _body(one)
        if setting is None or body is None:
            continue
        absent = _absent(case, body, setting)
        if absent is not None:
            found[one.ref] = absent
        case = _after(case, body, setting) or case
    return found


def _absent(case: Case | None, body: Body, setting: Setting) -> Ref | None:
    writer = setting.writer
    if not writer.stands_for:
        return None
    if case is not None and case.owner in writer.stands_for:
        return case.owner
    staff = setting.publications.staff
    own = staff.at(writer.actor, setting.at) if writer.actor is not None else None
    roles = frozenset(own.roles) if own is not None else frozenset()
    alone = replace(writer, roles=roles, stands_for=())
    if _after(case, body, replace(setting, writer=alone)) is not None:
        return None
    for one in writer.stands_for:
        other = staff.at(one, setting.at)
        theirs = frozenset(other.roles) if other is not None else frozenset()
        together = replace(writer, roles=roles | theirs, stands_for=(one,))
        if _after(case, body, replace(setting, writer=together)) is not None:
            return one
    return None


def _after(case: Case | None, body: Body, setting: Setting) -> Case | None:
    try:
        return rules.after(case, body, setting)
    except DaibanError:
        return None


def _setting(one: Entry, publications: Publications) -> Setting | None:
    try:
        return setting_of(one, publications)
    except DaibanError:
        return None


def _body(one: Entry) -> Body | None:
    if one.body is None or not events.is_known(one.kind, one.version):
        return None
    try:
        return events.decode_body(one.kind, one.version, one.body)
    except events.BadBody:
        return None
