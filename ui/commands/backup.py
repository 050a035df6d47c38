"""daiban backup, daiban restore."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from app.domain.days import CHINA
from app.store import restoring
from app.store.backup import KEPT, Part
from app.store.backup_notes import passphrase_lock
from app.store.keyslots import NoKey, Unlock
from app.store.store import Store
from app.usecases import backups
from ui import logs
from ui.commands.answers import answer, note
from ui.commands.days import minute
from ui.commands.station import folder_option, json_option, station, station_options
from ui.commands.usage import Command

_PASSPHRASE: Final = "DAIBAN_BACKUP_PASSPHRASE"
_MB: Final = 2**20
_WORDS: Final = {
    Part.COPYING: "正在抄出一份",
    Part.CHECKING: "正在核对",
    Part.WRITING: "正在写备份",
    Part.READING_BACK: "正在读回来核对",
}


@click.command(cls=Command)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="备份文件；写文件夹就在里面新建一个，旧的只留最近几个",
)
@click.option(
    "--keep", type=click.IntRange(1, 1000), default=KEPT, show_default=True, help="文件夹里留几个"
)
@station_options
def backup(out: Path, keep: int, data: Path, operator: str | None, as_json: bool) -> None:
    """把本机的数据备份成一个加密的文件，写好以后读回来核对。

    打开它的口令取 DAIBAN_BACKUP_PASSPHRASE；没有给，就用在窗口里设过的备份口令，
    没有设过就用设备口令 DAIBAN_PASSPHRASE。忘了口令，区中心的恢复密钥也打得开。
    """
    with station(data, operator) as store:
        made = backups.back_up(
            store, out, passphrase=_closing(store), keep=keep, told=_Progress().show
        )
    document = {
        "file": made.file,
        "at": _moment(made.at_ms),
        "size": made.size,
        "entries": made.entries,
        "head_seq": made.head_seq,
    }
    line = (
        f"备份好了，已经读回来核对过：{made.file}（{_size(made.size)}，流水 {made.entries} 条）。"
    )
    answer(document, [line], as_json=as_json)


@click.command(cls=Command)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="那里的数据是好的也换掉；原来的挪到一边，不删")
@folder_option
@json_option
def restore(file: Path, replace: bool, data: Path, as_json: bool) -> None:
    """把备份 FILE 恢复到数据文件夹；那里原有的文件挪到一边，不删。

    口令取 DAIBAN_BACKUP_PASSPHRASE，没有给就取 DAIBAN_PASSPHRASE，再没有就当场问。
    恢复以后 DAIBAN_PASSPHRASE（没有给就是备份口令）是本机的设备口令。
    """
    passphrase = _opening()
    opened = restoring.open_backup(file, passphrase)
    unlock = Unlock(passphrase=os.environ.get("DAIBAN_PASSPHRASE") or passphrase)
    done = restoring.restore(opened, data, unlock, replace=replace)
    logs.begin(data)
    about = done.about
    document = {
        "station": about.station,
        "region": about.region,
        "slot": about.slot,
        "backed_up": _moment(about.created_ms),
        "entries": about.entries,
        "aside": None if done.aside is None else str(done.aside),
        "next": "sync" if done.has_identity else "enrol",
    }
    lines = [
        f"已经恢复“{about.station}”{minute(_moment(about.created_ms))}的备份，流水 {about.entries} 条。",
        *([f"原来的文件挪到了 {done.aside}，没有删。"] if done.aside else []),
        _next_words(done.has_identity),
    ]
    answer(document, lines, as_json=as_json)


def _next_words(has_identity: bool) -> str:
    """What brings the store to life again, and why nobody registers before."""
    what = (
        "请运行 daiban sync"
        if has_identity
        else "请向区中心要本站的登记码，运行 daiban enrol，再运行 daiban sync"
    )
    return f"{what}：备份以后上报过的会从区中心取回来，本机换一个编号字母接着办。在这以前不能办新的件，免得重号。"


def _closing(store: Store) -> str | None:
    """What is to open the backup; None for the passphrase that was set for this store."""
    given = os.environ.get(_PASSPHRASE)
    if given or passphrase_lock(store) is not None:
        return given or None
    return os.environ.get("DAIBAN_PASSPHRASE") or _asked(twice=True)


def _opening() -> str:
    """Raises NoKey where there is nobody to ask."""
    given = os.environ.get(_PASSPHRASE) or os.environ.get("DAIBAN_PASSPHRASE") or _asked()
    if given is None:
        raise NoKey
    return given


def _asked(*, twice: bool = False) -> str | None:
    if not sys.stdin.isatty():
        return None
    said: str = click.prompt(
        "备份口令",
        hide_input=True,
        confirmation_prompt="再输入一次" if twice else False,
        err=True,
    )
    return said


class _Progress:
    """One line for each part, on a screen somebody looks at."""

    def __init__(self) -> None:
        self._at: Part | None = None

    def show(self, part: Part, _share: float) -> None:
        if part is not self._at and sys.stderr.isatty():
            note(f"{_WORDS[part]}…")
        self._at = part


def _moment(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, CHINA).isoformat(timespec="seconds")


def _size(size: int) -> str:
    return f"{size / _MB:.1f} MB"
