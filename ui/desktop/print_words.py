"""How a print goes, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from printing.cups import JobNews
    from printing.printer import Printed


def _tr(text: str) -> str:
    return QCoreApplication.translate("PrintWords", text)


def sent_words(printed: Printed) -> str:
    if printed.file is not None:
        return _tr("已存为文件 {file}").format(file=printed.file)
    return _tr("已送到打印机“{printer}”。").format(printer=printed.printer)


def lost_words(printer: str) -> str:
    return _tr(
        "打印机“{printer}”没有打完这一份就停了。请检查打印机，再打这一份，不算补打。"
    ).format(printer=printer)


def news_words(news: JobNews, printer: str) -> tuple[str, bool]:
    """What the printer says of what it has, and whether it waits for somebody."""
    from printing.cups import Stage

    if news.stage is Stage.DONE:
        return _tr("打印机说已经打完。"), False
    if news.state.troubled:
        said = {
            "no_paper": _tr("打印机“{printer}”没有纸了。装好纸，它会接着打。"),
            "offline": _tr("打印机“{printer}”没有回应。请看电源和连线，接好了它会接着打。"),
            "jammed": _tr("打印机“{printer}”卡纸了。取出卡住的纸，它会接着打。"),
            "cover_open": _tr("打印机“{printer}”的盖子没有关好。关好了它会接着打。"),
        }.get(news.state, _tr("打印机“{printer}”停着，恢复以后它会接着打。"))
        return said.format(printer=printer), True
    if news.stage is Stage.PRINTING and news.pages:
        return _tr("打印机正在打，已经打了 {n} 页。").format(n=news.pages), False
    return _tr("已送到打印机“{printer}”。").format(printer=printer), False
