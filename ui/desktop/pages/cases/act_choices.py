"""The acts as buttons: what may be done now, in the order of use, each with its word, icon and place in the menu."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, Final

import msgspec
from PySide6.QtCore import QCoreApplication

from app.usecases.acts import Act

_ICONS: Final = {
    "supply": "file-plus",
    "forward": "send",
    "appoint": "calendar-clock",
    "visit": "users",
    "conclude": "clipboard-check",
    "take_over": "inbox",
    "ask_supplement": "file-warning",
    "receive_supplement": "file-check",
    "return": "undo-2",
    "lapse": "file-clock",
    "accept": "check",
    "deem_accepted": "check",
    "refuse": "x",
    "pause": "pause",
    "resume": "rotate-ccw",
    "extend": "calendar-clock",
    "split": "layers",
    "end_parts": "layers",
    "pass_up": "upload",
    "send_down": "corner-up-left",
    "send_outside": "external-link",
    "outside_answer": "landmark",
    "decide": "stamp",
    "complete": "check-check",
    "certify": "badge-check",
    "deliver": "package-check",
    "follow_up": "phone",
    "rectify": "list-checks",
    "archive": "archive",
    "appraise": "search",
    "destroy": "trash-2",
    "correct": "pencil",
    "mark": "zap",
    "hand_over": "user-round",
    "take_hand_over": "user-plus",
    "take_originals": "id-card",
    "hand_on_originals": "forward",
    "return_originals": "corner-up-left",
    "compare": "git-compare",
    "issue_card": "flag",
    "confirm_card": "flag",
    "appeal_card": "flag",
    "uphold_card": "flag",
    "withdraw_card": "flag",
    "task_card": "flag",
    "withdraw": "log-out",
    "void": "circle-x",
}


class ActGroup(StrEnum):
    """Where an act stands in the menu."""

    HANDLING = "handling"
    PAPERS = "papers"
    CARE = "care"
    ENDING = "ending"

    @property
    def label(self) -> str:
        return {
            "handling": _tr("办理"),
            "papers": _tr("材料和原件"),
            "care": _tr("责任和效能"),
            "ending": _tr("更正和结束"),
        }[self.value]


_GROUPS: Final = {
    ActGroup.PAPERS: ("supply", "take_originals", "hand_on_originals", "return_originals"),
    ActGroup.CARE: (
        "hand_over", "take_hand_over", "mark", "compare", "issue_card", "confirm_card", "appeal_card",
        "uphold_card", "withdraw_card", "task_card",
    ),
    ActGroup.ENDING: ("correct", "withdraw", "void", "lapse", "appraise", "destroy"),
}  # fmt: skip
_GROUP_OF: Final = {verb: group for group, verbs in _GROUPS.items() for verb in verbs}
_NEVER_NEXT: Final = frozenset(
    {"correct", "mark", "hand_over", "compare", "withdraw", "void", "take_originals"}
)
"""What may be done almost always, and is hardly ever what a case waits for."""
_BESIDE: Final = frozenset(
    {"send_outside", "pause", "extend", "split", "return", "refuse", "lapse"}
)
"""What turns a case off its ordinary way: a button, but never the large one."""


class ActChoice(msgspec.Struct, frozen=True, kw_only=True):
    """One button. `verb` is the use case's; `done` is what is said once it has been done.

    `asks`: it wants facts, or an answer to a question, before it is done.
    """

    verb: str
    label: str
    done: str
    icon: str
    group: ActGroup
    asks: bool

    @property
    def has_button(self) -> bool:
        """Whether it may stand among the buttons; the others are in the menu."""
        return self.verb not in _NEVER_NEXT

    @property
    def may_be_next(self) -> bool:
        """Whether it can be the large button, and what Ctrl+Enter does."""
        return self.has_button and self.verb not in _BESIDE


def _tr(text: str) -> str:
    return QCoreApplication.translate("act_choices", text)


def choices(acts: Iterable[Act[Any]]) -> tuple[ActChoice, ...]:
    """The buttons for these acts, in their order."""
    return tuple(map(choice_of, acts))


def choice_of(act: Act[Any]) -> ActChoice:
    return ActChoice(
        verb=act.verb,
        label=act.label,
        done=_done(act),
        icon=_ICONS.get(act.verb, "check"),
        group=_GROUP_OF.get(act.verb, ActGroup.HANDLING),
        asks=act.outward or bool(act.facts.__struct_fields__),
    )


def _done(act: Act[Any]) -> str:
    said = {
        "complete": _tr("已当场办结"),
        "refuse": _tr("已决定不予受理"),
        "supply": _tr("已补收材料"),
        "visit": _tr("已登记陪同前往"),
        "ask_supplement": _tr("已告知补正"),
        "resume": _tr("特别程序已结束"),
        "pause": _tr("已启动特别程序，时限暂停"),
        "split": _tr("已分成几部分联办"),
        "end_parts": _tr("联办的各部分已了结"),
        "pass_up": _tr("已报上级"),
        "conclude": _tr("已登记结果"),
        "mark": _tr("已改"),
        "hand_over": _tr("已提出移交，对方接手前仍由您负责"),
        "compare": _tr("已记下比对的结果"),
        "issue_card": _tr("已发牌"),
        "withdraw": _tr("已登记撤回"),
        "lapse": _tr("已退件"),
        "deem_accepted": _tr("已登记视为受理"),
        "destroy": _tr("已批准销毁"),
    }.get(act.verb)
    return said or _tr("已{label}").format(label=act.label)
