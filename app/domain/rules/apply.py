"""The table of rules: one function for each kind of entry, found by its body."""

from __future__ import annotations

from functools import singledispatch

from app.domain.case import Case
from app.domain.events import Body
from app.domain.rules.powers import OutOfPlace, Setting, act_of


@singledispatch
def apply(body: Body, case: Case, setting: Setting) -> Case:
    """The case once this has happened to it; the modules beside this one register themselves here.

    They name the body: told by the annotation, Python would read those of a hundred functions at every start.
    """
    raise OutOfPlace(act=act_of(body), state=case.state)


@singledispatch
def check_today(body: Body, case: Case, setting: Setting) -> None:
    """What an act needs of the day and of the tree as they are when it is written; nothing, for most."""
