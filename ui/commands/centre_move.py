"""daiban centre move: the ledger of a district that has grown, into a PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.commands.answers import answer
from ui.commands.centre_folder import centre_options, server_part
from ui.commands.station import unlock
from ui.commands.usage import Command

if TYPE_CHECKING:
    from sync.centre.moving import MovedLedger


@click.command(cls=Command)
@click.option(
    "--database",
    envvar="DAIBAN_DATABASE",
    required=True,
    metavar="URL",
    help="迁到哪里：postgresql://用户@主机/库名；带密码的请写在环境变量 DAIBAN_DATABASE 里",
)
@centre_options
def move(database: str, data: Path, as_json: bool) -> None:
    """把区中心的总账从文件迁到 PostgreSQL；先停下区中心，再运行。

    逐行核对无误才启用新的；中途断了，再运行一次就行，旧的一直有效到那时为止。
    各站点照常交换，不必做任何事。原来的文件改名留着，不再使用。
    """
    done: MovedLedger = server_part("moving").move(data, database, unlock=unlock())
    document = {
        "database": done.place,
        "entries": done.entries,
        "sheets": done.sheets,
        "aside": str(done.aside),
    }
    lines = [
        f"总账已迁到 {done.place}，逐行核对无误（{done.entries} 条流水，{done.sheets} 页扫描件）。"
        "请照常运行 daiban centre serve，不用再写 --database。",
        f"原来的文件改名为 {done.aside.name}，不再使用，里面仍有全部办件："
        "先给新的做一次备份（centre backup 和 pg_dump），运行几天没有问题后删去。",
    ]
    answer(document, lines, as_json=as_json)
