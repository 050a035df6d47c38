"""What the window itself does at a key, in a menu or from a line of the search, whatever page is shown."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from PySide6.QtCore import QCoreApplication


class WindowAct(StrEnum):
    HELP = "help"
    REGISTER = "register"
    FIND = "find"
    EXCHANGE = "exchange"
    PRINT = "print"
    LOCK = "lock"
    SWITCH = "switch"
    CHANGE_PASSWORD = "change_password"
    FOLD_RAIL = "fold_rail"


class Nature(NamedTuple):
    """`short` stands beside the key in the status bar; `keys` as Qt reads them."""

    label: str
    short: str
    icon: str
    keys: tuple[str, ...]


IN_STATUS_BAR: Final = (
    WindowAct.HELP,
    WindowAct.REGISTER,
    WindowAct.FIND,
    WindowAct.EXCHANGE,
    WindowAct.PRINT,
)


def nature(act: WindowAct) -> Nature:
    match act:
        case WindowAct.HELP:
            return Nature(_tr("本页帮助"), _tr("帮助"), "circle-help", ("F1",))
        case WindowAct.REGISTER:
            return Nature(_tr("登记新办件"), _tr("登记"), "file-plus", ("F2",))
        case WindowAct.FIND:
            return Nature(_tr("查找"), _tr("查找"), "search", ("F3", "Ctrl+K"))
        case WindowAct.EXCHANGE:
            return Nature(_tr("立即交换"), _tr("立即交换"), "refresh-cw", ("F5",))
        case WindowAct.PRINT:
            return Nature(_tr("打印这一页的文书"), _tr("打印"), "printer", ("F9",))
        case WindowAct.LOCK:
            return Nature(_tr("锁屏"), _tr("锁屏"), "lock", ("Ctrl+L",))
        case WindowAct.SWITCH:
            return Nature(_tr("换人"), _tr("换人"), "users", ("Ctrl+Shift+L",))
        case WindowAct.CHANGE_PASSWORD:
            return Nature(_tr("修改密码"), _tr("修改密码"), "key-round", ())
        case WindowAct.FOLD_RAIL:
            return Nature(_tr("收起或展开左栏"), _tr("左栏"), "panel-left-close", ("Ctrl+B",))


def _tr(text: str) -> str:
    return QCoreApplication.translate("WindowAct", text)
