"""What a station tells of its printer: a state and how much waits, never a name, which may be somebody's.

    text = state [" " number of documents that surely did not come out]

`state` is a `printing.troubles.PrinterState`, `none` where no printer is set up, or `unknown`.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

_TEXT: Final = re.compile(r"([a-z_]{1,20})(?: ([0-9]{1,6}))?")
NONE: Final = "none"
UNKNOWN: Final = "unknown"
LABELS: Final = {
    "ready": "就绪",
    "busy": "正在打印",
    "stopped": "已停止",
    "offline": "没有回应",
    "no_paper": "缺纸",
    "jammed": "卡纸",
    "cover_open": "盖子没关",
    "refusing": "不接收打印",
    NONE: "没有设",
    UNKNOWN: "不明",
}
_WELL: Final = ("ready", "busy", NONE, UNKNOWN)
_MANY: Final = 5
"""Documents that did not come out are a trouble even of a printer that says nothing."""


class PrinterHealth(msgspec.Struct, frozen=True, kw_only=True):
    state: str
    waiting: int = 0

    @property
    def troubled(self) -> bool:
        """Somebody has to do something before it prints."""
        return self.state not in _WELL or self.waiting >= _MANY

    @property
    def label(self) -> str:
        return LABELS[self.state]

    @property
    def text(self) -> str:
        return f"{self.state} {self.waiting}" if self.waiting else self.state


def read_printer(text: str) -> PrinterHealth:
    """What a station told; of a program that tells otherwise nothing is known."""
    found = _TEXT.fullmatch(text)
    if found is None or found[1] not in LABELS:
        return PrinterHealth(state=UNKNOWN)
    return PrinterHealth(state=found[1], waiting=int(found[2] or 0))
