"""daiban rebuild, verify, status: the store itself."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from app.domain.days import CHINA
from app.domain.masking import mask_listed_name
from app.domain.regions import Tier
from app.errors import DaibanError
from app.store import carried, exchange
from app.store.carried import CarriedCounts
from app.store.exchange_log import last_exchange_ms
from app.store.store import Store
from app.usecases import backups, lookup, operators, repairs
from ui import wording
from ui.commands.answers import answer, note
from ui.commands.days import minute
from ui.commands.operators import ROLE_LABELS
from ui.commands.station import station, station_options
from ui.commands.tables import pairs
from ui.commands.usage import Command


@click.command(cls=Command)
@station_options
def rebuild(data: Path, operator: str | None, as_json: bool) -> None:
    """由流水重新生成全部列表和搜索；流水本身不动。"""
    from app.store.rebuild import rebuild as rebuild_rows

    with station(data, operator) as store, store.database.writing():
        cases = rebuild_rows(store)
    answer({"cases": cases}, [f"已重新生成 {cases} 件办件的列表。"], as_json=as_json)


@click.command(cls=Command)
@station_options
def verify(data: Path, operator: str | None, as_json: bool) -> int:
    """核对：流水链完整、每条可读、列表与流水一致；什么也不改动。"""
    from app.store.verify import verify as look_at_everything
    from app.store.verify_notes import note_verified

    with station(data, operator) as store:
        found = look_at_everything(store)
        with suppress(DaibanError):  # a damaged store may not take a note either
            note_verified(store, found.problems)
    document = {
        "ok": found.ok,
        "entries": found.entries,
        "own": found.own,
        "foreign": found.foreign,
        "problems": found.problems,
    }
    counted = f"流水 {found.entries} 条（本机 {found.own}，外来 {found.foreign}）"
    if found.ok:
        answer(document, [f"{counted}，全部完好。"], as_json=as_json)
    else:
        answer(document, [f"{counted}，有问题：", *found.problems], as_json=as_json)
        note(
            "请不要继续写入，保留原文件，联系技术人员。只有 rows: 开头的问题可以用 daiban rebuild 修好。"
        )
    return int(not found.ok)


@click.command(cls=Command)
@station_options
def status(data: Path, operator: str | None, as_json: bool) -> None:
    """本机概况：站点、编号、操作员、流水、待上报、上次交换。"""
    with station(data, operator) as store:
        told = _told(store)
    answer(told, _lines(told), as_json=as_json)


def _told(store: Store) -> dict[str, Any]:
    head = store.head()
    displaced = {row.subject for row in lookup.without_effect(store).values()}
    (waiting,) = store.database.row("SELECT count(*) FROM waiting")
    return {
        "station": store.certificate.station,
        "region": store.region,
        "tier": Tier(store.certificate.tier).word,
        "device": store.device.hex(),
        "slot": store.certificate.slot_text,
        "operators": [
            {"name": card.name, "roles": card.roles} for card in operators.of_station(store)
        ],
        "entries": store.journal.count(),
        "head": {"seq": head.seq, "digest": head.digest.hex()},
        "pending": exchange.pending(store),
        "refused": exchange.refused(store),
        "carried": carried.counts(store),
        "waiting": waiting,
        "unreadable": [
            {
                "number": one.local_number,
                "applicant": one.applicant,
                "item": one.item,
                "code": one.code,
            }
            for one in repairs.unreadable(store)
        ],
        "out_of_place": len(displaced),
        "last_exchange": _last_exchange(store),
        "last_backup": _last_backup(store),
        "restored": store.is_restored,
        "centre": store.identity.url,
        "version": version("daiban"),
    }


def _carried_words(counts: CarriedCounts) -> str:
    """What this station does for those below: see `daiban packet`."""
    told = [
        f"{counts.up} 个等着送区中心" if counts.up else "",
        f"{counts.down} 个答复等着写到 U 盘（daiban packet write）" if counts.down else "",
        f"{counts.no} 个区中心没有收下" if counts.no else "",
    ]
    return "，".join(part for part in told if part)


def _displaced_words(cases: int) -> str:
    return f"{cases} 件里有本机的办理没有生效，请看 daiban case list 中标“！”的" if cases else ""


def _unreadable_words(one: dict[str, str]) -> str:
    """Whose request it was, why nobody sees it in a list, and what to do."""
    whose = f"{one['number']} {mask_listed_name(one['applicant'])} {one['item']}".strip()
    return f"{whose or '内容不明的一件'}：{wording.verdict(one['code'])}。{wording.advice(one['code'])}"


def _last_exchange(store: Store) -> str | None:
    ms = last_exchange_ms(store)
    return (
        None
        if ms is None
        else datetime.fromtimestamp(ms / 1000, CHINA).isoformat(timespec="seconds")
    )


def _last_backup(store: Store) -> dict[str, Any] | None:
    last = backups.state(store).last
    if last is None:
        return None
    at = datetime.fromtimestamp(last.at_ms / 1000, CHINA).isoformat(timespec="seconds")
    return {"at": at, "file": last.file, "due": backups.state(store).is_due}


def _backup_words(last: dict[str, Any] | None) -> str:
    if last is None:
        return "还没有，请用 daiban backup 做一个"
    said = f"{minute(last['at'])}，{last['file']}"
    return f"{said}（该做新的了）" if last["due"] else said


def _lines(told: dict[str, Any]) -> list[str]:
    people = "、".join(
        f"{one['name']}（{'、'.join(ROLE_LABELS[role] for role in one['roles'])}）"
        for one in told["operators"]
    )
    return list(
        pairs(
            [
                (
                    "站点",
                    f"{told['station']}（{told['region']}，{Tier[told['tier'].upper()].label}）",
                ),
                ("设备", f"{told['slot']}，{told['device']}"),
                ("操作员", people or "还没有，请用 daiban operator add 添加"),
                ("流水", f"{told['entries']} 条"),
                ("待上报", f"{told['pending']} 条"),
                ("被退回", f"{told['refused']} 条" if told["refused"] else ""),
                ("代带数据包", _carried_words(told["carried"])),
                ("没有生效", _displaced_words(told["out_of_place"])),
                ("在等发布", f"{told['waiting']} 件" if told["waiting"] else ""),
                ("上次交换", minute(told["last_exchange"]) if told["last_exchange"] else "还没有"),
                ("上次备份", _backup_words(told["last_backup"])),
                ("恢复", "刚从备份恢复，请先运行 daiban sync" if told["restored"] else ""),
                *(("读不出来", _unreadable_words(one)) for one in told["unreadable"]),
                ("区中心", told["centre"]),
                ("版本", told["version"]),
            ]
        )
    )
