"""daiban doctor: can this computer do its work, and if not, what to do?"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import click
import msgspec

from app.errors import DaibanError
from app.store.database import DamagedDatabase
from app.store.machine import has_keyring
from app.store.store import Store
from app.usecases.today import confirm_clock, last_if_ahead, shown_today
from ui import wording
from ui.commands.answers import answer
from ui.commands.refusals import EnrolmentAwaited
from ui.commands.station import station, station_options
from ui.commands.tables import table
from ui.commands.usage import Command

_MB = 1024 * 1024
_TIGHT_MB, _TOO_TIGHT_MB = 500, 50
_RARE = "湖塘村𠮷"


class Grade(StrEnum):
    OK = "ok"
    WARNING = "warning"
    BAD = "bad"

    @property
    def label(self) -> str:
        return {"ok": "✓", "warning": "△", "bad": "✗"}[self]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    grade: Grade
    message: str


@click.command(cls=Command)
@click.option(
    "--clock-is-right",
    is_flag=True,
    help="确认现在的日期和时间是对的：以前的流水写得太晚，是那时的时钟快了",
)
@station_options
def doctor(clock_is_right: bool, data: Path, operator: str | None, as_json: bool) -> int:
    """检查：数据、口令、时钟、磁盘、日历、字体、区中心、窗口组件。什么也不改动。"""
    if clock_is_right:
        with station(data, operator) as store:
            confirm_clock(store)
    findings = [_program(), _disk(data), _keyring(), *_store(data, operator), _fonts(), _window()]
    bad = any(finding.grade is Grade.BAD for finding in findings)
    document = {
        "ok": not bad,
        "checks": [
            {"name": one.name, "grade": one.grade, "message": one.message} for one in findings
        ],
    }
    cells = [(one.grade.label, one.name, one.message) for one in findings]
    answer(document, table(("", "项目", "结果"), cells), as_json=as_json)
    return int(bad)


def _program() -> Finding:
    from importlib.metadata import version

    python = ".".join(map(str, sys.version_info[:3]))
    return _ok("程序", f"代办 {version('daiban')}，Python {python}")


def _disk(data: Path) -> Finding:
    place = next(
        folder for folder in (data.absolute(), *data.absolute().parents) if folder.exists()
    )
    free = shutil.disk_usage(place).free // _MB
    said = f"{place} 还有 {free} MB"
    if not os.access(place, os.W_OK):
        return _bad("磁盘", f"{place} 不能写入，请检查权限")
    if free < _TOO_TIGHT_MB:
        return _bad("磁盘", f"{said}，请马上腾出空间")
    return _warning("磁盘", f"{said}，快满了") if free < _TIGHT_MB else _ok("磁盘", said)


def _keyring() -> Finding:
    if has_keyring():
        return _ok("系统钥匙串", "可用")
    return _warning("系统钥匙串", "没有；设备身份由口令封存在数据文件夹里")


def _store(data: Path, operator: str | None) -> Iterator[Finding]:
    try:
        with station(data, operator) as store:
            yield _ok("数据", f"{store.certificate.station}，流水 {store.journal.count()} 条")
            for check in (_clock, _calendar, _scans, _centre):
                yield check(store)
    except EnrolmentAwaited as error:
        yield _bad("登记", wording.sentence(error))
    except DaibanError as error:
        yield _bad("数据", wording.sentence(error))


def _clock(store: Store) -> Finding:
    last = last_if_ahead(store)
    if last is not None:
        return _bad(
            "时钟",
            f"电脑上今天是 {shown_today(store)}，最后一条流水却写于 {last}。请校准日期和时间；"
            "如果现在是对的，请运行 daiban doctor --clock-is-right",
        )
    return _ok("时钟", f"今天是 {shown_today(store)}")


def _calendar(store: Store) -> Finding:
    year = shown_today(store).year
    calendar = store.publications.calendar(store.region)
    if not store.publications.years:
        return _warning("日历", "还没有收到，请运行 daiban sync")
    if not calendar.knows(year):
        return _warning("日历", f"{year} 年的放假安排还没有收到，期限只是预计")
    if not calendar.knows(year + 1):
        return _ok("日历", f"{year} 年已有；{year + 1} 年的放假安排还没有收到，跨年的期限只是预计")
    return _ok("日历", f"{year} 年、{year + 1} 年已有")


def _scans(store: Store) -> Finding:
    from app.store import attachment_upkeep, attachments

    try:
        waiting, _ = attachments.waiting(store)
    except DamagedDatabase:
        return _bad("扫描件", "文件已经损坏，请从备份恢复；其余的数据不受影响")
    if lost := attachment_upkeep.lost(store):
        return _warning("扫描件", f"有 {lost} 页不在本机，也没有送到区中心，请重新扫描")
    return _ok("扫描件", f"打得开，还有 {waiting} 页等着送往区中心" if waiting else "打得开")


def _centre(store: Store) -> Finding:
    from sync import protocol
    from sync.client.transport import fetch_unverified

    url = store.identity.url
    try:
        known = fetch_unverified(url, protocol.CA) == store.identity.ca
    except DaibanError as error:
        return _warning("区中心", f"{url}：{wording.sentence(error)}")
    return (
        _ok("区中心", f"{url} 连得上")
        if known
        else _bad("区中心", f"{url} 应答的不是本站登记的区中心")
    )


def _fonts() -> Finding:
    from printing.fonts import missing_characters

    missing = "".join(missing_characters(_RARE))
    return _bad("字体", f"缺少：{missing}，请重新安装") if missing else _ok("字体", "齐全")


def _window() -> Finding:
    from ui.desktop.libraries import advice, loader_errors

    words = advice(loader_errors())
    return _warning("窗口组件", " ".join(words.split())) if words else _ok("窗口组件", "齐全")


def _ok(name: str, message: str) -> Finding:
    return Finding(name=name, grade=Grade.OK, message=message)


def _warning(name: str, message: str) -> Finding:
    return Finding(name=name, grade=Grade.WARNING, message=message)


def _bad(name: str, message: str) -> Finding:
    return Finding(name=name, grade=Grade.BAD, message=message)
