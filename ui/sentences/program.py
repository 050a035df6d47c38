"""The program itself: errors that somebody raises bare, the command line, faults of the program."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, str]] = {
    # --- the tree's own nodes: shown only if somebody raises them bare
    "error": "没有办成。",
    "refused": "没有办成。",
    "damaged": "数据损坏，没有使用它。其余数据不受影响，请联系技术人员。",
    "self_check_failed": "自检没有通过，停在“{step}”：{detail}。请重新安装；仍不行请把这句话告诉技术人员。",
    # --- the command line itself
    "usage": "命令写得不对。",
    "work_broke": "程序出错了，这一步可能没有办成。请先看看办成没有，再试一次。",
    "bug": "程序出错了。已登记的都在，这一步没有办成；详情记在 {log}，请交给技术人员。",
    "unreadable_file": "文件读不了：{file}。",
    "unwritable_file": "文件写不了：{file}。请检查文件夹是否存在、能否写入。",
    "out_folder_in_use": "{folder} 里已经有别的东西，为免覆盖没有使用。请用 --out 换一个空文件夹。",
    "demo_failed": "演示在“{step}”这一步没有通过：{detail}",
    "server_parts_missing": "这台电脑没有安装中心的组件。请安装 daiban[centre]。",
}  # fmt: skip

ON_SCREEN: Final[dict[str, str]] = {
    "out_folder_in_use": "{folder} 里已经有别的东西，为免覆盖没有使用。请换一个空文件夹。",
    "server_parts_missing": "这台电脑没有安装中心的组件。请联系技术人员安装。",
}  # fmt: skip
