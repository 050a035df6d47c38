"""How far this computer's clock is off, where that is worth saying."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from ui.desktop import words

_TOLERATED_S: Final = 10 * 60


def clock_words(off_s: int) -> str:
    """本机的时钟比区中心快了 3 小时…; "" if it is near enough. `off_s` is positive where it is ahead."""
    if abs(off_s) <= _TOLERATED_S:
        return ""
    if off_s > 0:
        said = QCoreApplication.translate("clock", "本机的时钟比区中心快了 {span}。{why}")
    else:
        said = QCoreApplication.translate("clock", "本机的时钟比区中心慢了 {span}。{why}")
    why = QCoreApplication.translate(
        "clock", "期限和文书上的日期都按本机的时钟，请校准电脑的日期和时间。"
    )
    return said.format(span=words.ago(abs(off_s)), why=why)
