"""The acts as buttons: what may be done now, in the order of use, each with its word and icon.

A return says on its button which of two things it is: everything that has to be mended, told once,
or a case that belongs to another authority.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

import msgspec
from PySide6.QtCore import QCoreApplication

from app.domain.events import ReturnReason
from app.usecases.acts import Act

_ICONS: Final = {
    "supply": "file-plus",
    "forward": "send",
    "take_over": "inbox",
    "accept": "check",
    "refuse": "x",
    "decide": "stamp",
    "complete": "check-check",
    "deliver": "package-check",
}
_WITHOUT_FACTS: Final = frozenset({"take_over", "accept"})


class ActForm(StrEnum):
    """Which form asks for the facts of an act; NONE: it is done at once."""

    NONE = "none"
    SUPPLY = "supply"
    FORWARD = "forward"
    DEFECTS = "defects"
    WRONG_AUTHORITY = "wrong_authority"
    REFUSE = "refuse"
    DECIDE = "decide"
    COMPLETE = "complete"
    DELIVER = "deliver"


class ActChoice(msgspec.Struct, frozen=True, kw_only=True):
    """One button. `verb` is the use case's; `done` is what is said once it has been done."""

    verb: str
    label: str
    done: str
    icon: str
    form: ActForm


def _tr(text: str) -> str:
    return QCoreApplication.translate("act_choices", text)


def choices(acts: Iterable[Act]) -> tuple[ActChoice, ...]:
    """The buttons for these acts; the return to another authority, seldom needed, comes last."""
    first: list[ActChoice] = []
    last: list[ActChoice] = []
    for act in acts:
        if act.verb == "return":
            first.append(_return(ReturnReason.DEFECTS))
            last.append(_return(ReturnReason.WRONG_AUTHORITY))
        else:
            first.append(_ordinary(act))
    return (*first, *last)


def _return(reason: ReturnReason) -> ActChoice:
    if reason is ReturnReason.DEFECTS:
        return ActChoice(
            verb="return",
            label=_tr("一次性告知补正"),
            done=_tr("已告知补正"),
            icon="file-warning",
            form=ActForm.DEFECTS,
        )
    return ActChoice(
        verb="return",
        label=_tr("退回"),
        done=_tr("已退回"),
        icon="undo-2",
        form=ActForm.WRONG_AUTHORITY,
    )


def _ordinary(act: Act) -> ActChoice:
    return ActChoice(
        verb=act.verb,
        label=act.label,
        done=_DONE.get(act.verb, _tr("已{label}")).format(label=act.label),
        icon=_ICONS.get(act.verb, "check"),
        form=ActForm.NONE if act.verb in _WITHOUT_FACTS else ActForm(act.verb),
    )


_DONE: Final = {"complete": "已当场办结", "refuse": "已决定不予受理", "supply": "已补收材料"}
