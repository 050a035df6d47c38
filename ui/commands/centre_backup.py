"""daiban centre backup; and reseal, hand-back-keys: what a station has lost the passphrase or the keyring of."""

from __future__ import annotations

import os
from pathlib import Path

import click

from app.store.keyslots import NoKey
from ui import logs
from ui.commands.answers import answer
from ui.commands.centre_folder import centre_options, database_option, server_part
from ui.commands.station import unlock
from ui.commands.usage import Command


@click.command(cls=Command)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    metavar="DIR",
    help="备份放进哪个文件夹（里面每次建一个新的）",
)
@centre_options
def backup(out: Path, data: Path, as_json: bool) -> None:
    """给区中心做一份备份；中心开着也可以。恢复就是让备份出来的文件夹代替原来的。

    备份仍用中心的口令打开。数据在 PostgreSQL 里的，这里只备份密钥，数据库另用 pg_dump 备份。
    """
    saved = server_part("backup").back_up(data, out, unlock=unlock())
    document = {
        "folder": str(saved.folder),
        "entries": saved.entries,
        "database": saved.elsewhere or None,
    }
    lines = [f"区中心已备份到 {saved.folder}（{saved.entries} 条流水）。"]
    if saved.elsewhere:
        lines = [
            f"密钥已备份到 {saved.folder}。办件数据在数据库 {saved.elsewhere} 里，请另用 pg_dump 备份。"
        ]
    answer(document, lines, as_json=as_json)


@click.command(cls=Command)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@database_option
@centre_options
def restore(folder: Path, database: str | None, data: Path, as_json: bool) -> None:
    """把一份备份（FOLDER）恢复成区中心；--data 里不能已有区中心，旧的请先改名留着。

    数据在 PostgreSQL 里的，先用 pg_restore 恢复数据库。恢复以后照常运行，各站点会把缺的再送来。
    """
    entries = server_part("backup").restore(folder, data, unlock=unlock(), database=database)
    logs.begin(data)
    line = f"区中心已恢复到 {data}（{entries} 条流水）。请照常运行；备份以后的，各站点下一次交换时会再送来。"
    answer({"data": str(data), "entries": entries}, [line], as_json=as_json)


@click.command(cls=Command)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    metavar="FILE",
    help="换了口令的备份写到哪里",
)
@centre_options
def reseal(file: Path, out: Path, data: Path, as_json: bool) -> None:
    """站点忘了口令的备份 FILE：用区里的恢复密钥打开，换成新口令。

    新口令用环境变量 DAIBAN_BACKUP_PASSPHRASE 给出。恢复密钥不离开区中心；内容不解密到磁盘上。
    """
    passphrase = os.environ.get("DAIBAN_BACKUP_PASSPHRASE")
    if not passphrase:
        raise NoKey
    about = server_part("recovery").reseal_backup(
        data, file, out, unlock=unlock(), passphrase=passphrase
    )
    document = {"station": about.station, "slot": about.slot, "entries": about.entries}
    line = f"“{about.station}”（{about.slot}）的备份换了口令，写在 {out}。原来的文件没有改动。"
    answer(document, [line], as_json=as_json)


@click.command("hand-back-keys", cls=Command)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    metavar="FILE",
    help="写到哪里；站点用它换掉数据文件夹里的 keys",
)
@click.option("--for", "operator", required=True, metavar="NAME", help="给站点的哪一位操作员")
@centre_options
def hand_back_keys(file: Path, out: Path, operator: str, data: Path, as_json: bool) -> None:
    """站点的口令文件 keys（FILE）：系统钥匙串丢了、密码都打不开时，用区里的恢复密钥给一位操作员设新密码。

    新密码用环境变量 DAIBAN_NEW_PASSWORD 给出。站点换上以后用它登录，再用登记码重新登记；没有送出的办件都在。
    """
    password = os.environ.get("DAIBAN_NEW_PASSWORD")
    if not password:
        raise NoKey
    name = server_part("recovery").hand_back_keys(
        data, file, out, unlock=unlock(), operator=operator, password=password
    )
    line = (
        f"{name} 的新密码打得开 {out} 了。请站点用它换掉数据文件夹里的 keys，登录以后马上另设密码。"
    )
    answer({"operator": name, "file": str(out)}, [line], as_json=as_json)
