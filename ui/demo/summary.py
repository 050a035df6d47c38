"""The one screen of text at the end of the demonstration."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from ui.demo import people
from ui.demo.story import Story


def screen(story: Story, passphrase: str) -> list[str]:
    """At most 24 lines of 80 columns."""
    sent, idle = story.sent, story.idle
    pictures = sum(len(paper["pictures"]) for paper in story.papers)
    drawn = f"{pictures} 页图" if pictures else "没有页图：缺少 pypdfium2"
    at, house = _short(story.out), story.numbers[people.HOUSE]
    settings = {"DAIBAN_PASSPHRASE": passphrase, "DAIBAN_DATA": f"{at}{os.sep}village"}
    return [
        f"代办演示完成，用时 {story.seconds:.0f} 秒：一个区中心、三台设备，真实进程、TLS、加密数据库。",
        "A district centre and three stations did the main job; nothing is left running.",
        "",
        f"  断网  {people.VILLAGE_STATION}登记 8 件，出回执 3 份，转报 7 件；交换失败，一件不丢",
        f"  恢复  一次交换送上 {sent['sent']} 条：上行 {sent['bytes_up']} 字节、往返 {sent['round_trips']} 次；"
        f"空闲 {idle['bytes_up'] + idle['bytes_down']} 字节",
        f"  审查  {people.TOWNSHIP_STATION}受理、缺材料退回（韦小妹）、不予受理（黄志刚）",
        "  决定  急难救助（莫秀英）、宅基地（韦𠮷祥，扩展 B 区的字）准予",
        "  送达  村里当面送达；村、乡、区三处都是“已送达”，流水指纹一致",
        f"  文书  {len(story.papers)} 份 PDF，{drawn}",
        f"  窗口  村、乡两台电脑每一步的画面，共 {2 * len(story.pictures)} 张",
        "",
        "看一看 / Have a look:",
        *_setting(settings),
        "  daiban case list",
        f"  daiban case show {house}",
        f"  daiban case history {house}",
        "  daiban search wxm                # 姓名、拼音、号码、事项",
        f"  daiban case list --data {at}/township   # 或 district",
        f"  daiban centre devices --data {at}/centre",
        f"文书 {at}/papers，画面 {at}/pictures，凭据 {at}/demo.json",
        "接着办 / Go on: 在另一个窗口开中心，再登记、转报、sync",
        f"  daiban centre serve --port {story.centre.port} --data {at}/centre",
    ]


def _setting(settings: dict[str, str]) -> list[str]:
    """How environment variables are set in this system's shell, so that what follows can be typed as it stands."""
    told, onward = ("set", "%PATH%") if os.name == "nt" else ("export", "$PATH")
    lines = [f"  {told} {name}={value}" for name, value in settings.items()]
    if not shutil.which("daiban"):
        lines.append(f"  {told} PATH={Path(sys.executable).parent}{os.pathsep}{onward}")
    return lines


def _short(folder: Path) -> str:
    """The folder as a person would type it from here."""
    relative = os.path.relpath(folder)
    return relative if len(relative) < len(str(folder)) else str(folder)
