"""Facts of an error in words: states, posts, fields, days."""

from __future__ import annotations

import re
from typing import Final

from app.domain.case import CardState, State
from app.domain.items import Handling
from ui import act_wording

_FIELD_NAME: Final = re.compile(r"（[a-z_]+）$")
_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
"""A day as a fact of an error has it."""

FACTS: Final[dict[str, dict[str, str]]] = {
    "act": act_wording.LABELS,
    "state": {
        **{state.value: state.label for state in State},
        **{f"card_{state.value}": f"黄牌红牌{state.label}" for state in CardState},
        "none": "尚未登记",
        "original_returned": "原件已退还",
        "attachment_removed": "扫描件已移除",
    },
    "handling": {
        Handling.ROSTER: "按名册成批办理",
        Handling.CONSULTATION: "属于咨询",
        Handling.INFORM: "只告知去处",
    },
    "what": {"device": "设备证书", "item": "事项", "operator": "操作员名片", "regions": "区划表"},
    "missing": {
        "device": "设备证书",
        "item": "事项",
        "operator": "操作员名片",
        "regions": "区划表",
        "entry": "前面的流水",
        "upgrade": "程序升级",
        "refused": "已被区中心退回，不再显示",
        "redacted": "它的销毁登记",
    },
    "field": {
        **act_wording.FIELDS,
        "remedies": "救济途径",
        "findings": "事实",
        "decision": "决定",
    },
}

ROLES: Final[dict[str, str]] = {
    "agent": "代办员",
    "clerk": "窗口人员",
    "approver": "审批人",
    "head": "负责人",
    "supervisor": "督查员",
    "archivist": "档案员",
}


class Words(dict[str, object]):
    """Facts in words; one that is missing leaves a dash."""

    def __getitem__(self, fact: str) -> object:
        value = self.get(fact, "—")
        if fact == "roles":
            return (
                "、".join(words for role, words in ROLES.items() if role in str(value).split())
                or "有权限的人"
            )
        said = _DAY.fullmatch(value) if isinstance(value, str) else None
        if said is not None:
            return "{}年{}月{}日".format(*map(int, said.groups()))
        return FACTS.get(fact, {}).get(str(value), value)


class ScreenWords(Words):
    """Without the JSON name that a field carries for the command line: 理由（reason）."""

    def __getitem__(self, fact: str) -> object:
        value = super().__getitem__(fact)
        return _FIELD_NAME.sub("", value) if isinstance(value, str) else value
