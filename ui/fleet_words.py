"""What there is to say of a station, in a person's words: for the window and for the command line."""

from __future__ import annotations

import unicodedata
from typing import Final

from app.domain.printer_health import NONE, UNKNOWN, read_printer
from app.domain.station_health import DAY_S, Care, Concern, Judged, Remark, StationHealth

_HOUR_S: Final = 3_600
_MINUTE_S: Final = 60
_GB: Final = 1_024


def remark(one: Remark) -> str:
    """三天未联系 as 3 天未联系; 积压 120 件; 时钟快 3 小时."""
    match one.concern:
        case Concern.DAMAGED:
            return "数据有损坏"
        case Concern.NEVER_CAME:
            return "登记后从未联系"
        case Concern.SILENT:
            return f"{one.amount // DAY_S} 天未联系"
        case Concern.CLOCK:
            return f"时钟{'快' if one.amount > 0 else '慢'} {span(abs(one.amount))}"
        case Concern.DISK:
            return "磁盘将满" if one.care is Care.ACT else f"磁盘只剩 {disk(one.amount)}"
        case Concern.BACKLOG:
            return f"积压 {one.amount:,} 条"
        case Concern.SHEETS:
            return f"扫描件积压 {one.amount:,} 页"
        case Concern.PRINTER:
            return _printer(one)
        case Concern.BACKUP:
            return "没有备份过" if one.amount < 0 else f"{one.amount} 天没有备份"
    return f"版本旧（{one.about}）"


def _printer(one: Remark) -> str:
    told = read_printer(one.about)
    waiting = f"{one.amount} 份没打出来" if one.amount else ""
    if not told.troubled:
        return f"打印机有 {waiting}"
    return "，".join(filter(None, (f"打印机{told.label}", waiting)))


def advice(one: Remark) -> str:
    """What whoever looks after the stations should do."""
    return {
        Concern.DAMAGED: "请让站点停止办件，不要删文件，派人带备份去看。",
        Concern.NEVER_CAME: "请打电话问登记做到了哪一步，能不能上网。",
        Concern.SILENT: "请打电话问：电脑开没开、网络通不通；长时间没有网络的，用U盘交换。",
        Concern.CLOCK: "请站点校准电脑的日期和时间，文书上的日期按它的时钟。",
        Concern.DISK: "请站点清理磁盘；磁盘满了就登记不了。",
        Concern.BACKLOG: "请看网络；长时间送不上来的，用U盘交换。",
        Concern.SHEETS: "网络慢时扫描件排在办件后面送，不影响办理；长期不减请看网络。",
        Concern.PRINTER: "请站点看打印机；打不出来的可以先手写收件回执。",
        Concern.BACKUP: "没有送出的办件只有备份里才有，请站点备份一次。",
        Concern.VERSION: "请给站点换上新版本的程序，数据不用动。",
    }[one.concern]


def remarks(one: Judged) -> str:
    """All of it in one line, the gravest first; 正常 where there is nothing."""
    return "，".join(map(remark, one.remarks)) or Care.FINE.label


def fits(one: StationHealth, asked: str) -> bool:
    """Whether somebody who types this looks for it: part of its name, of its region's code, or its number."""
    wanted = unicodedata.normalize("NFKC", asked).casefold().split()
    known = f"{one.station} {one.region} {one.slot} {one.device}".casefold()
    return all(part in known for part in wanted)


def summary(judged: list[Judged]) -> str:
    """How many need somebody: 300 台：2 台要处理，5 台留意，其余正常."""
    counts = {care: sum(one.care is care for one in judged) for care in Care}
    parts = [f"{counts[care]} 台{care.label}" for care in (Care.ACT, Care.WATCH) if counts[care]]
    if not parts:
        return f"{len(judged)} 台都正常。" if judged else "还没有站点。"
    rest = "，其余正常" if counts[Care.FINE] else ""
    return f"{len(judged)} 台：" + "，".join(parts) + rest + "。"


def span(seconds: int) -> str:
    """The largest unit alone: 3 小时, 2 天, 12 分钟."""
    for size, word in ((DAY_S, "天"), (_HOUR_S, "小时")):
        if seconds >= size:
            return f"{seconds // size} {word}"
    return f"{max(1, seconds // _MINUTE_S)} 分钟"


def disk(free_mb: int | None) -> str:
    if free_mb is None:
        return "—"
    return f"{free_mb / _GB:.1f} GB" if free_mb >= _GB else f"{free_mb} MB"


def clock(off_s: int | None) -> str:
    if off_s is None:
        return "—"
    if abs(off_s) < _MINUTE_S:
        return "准"
    return f"{'快' if off_s > 0 else '慢'} {span(abs(off_s))}"


def printer(text: str) -> str:
    told = read_printer(text)
    if told.state == UNKNOWN:
        return "—"
    if told.state == NONE:
        return "没有设"
    return told.label + (f"，{told.waiting} 份没打出来" if told.waiting else "")


def backup(days: int | None) -> str:
    if days is None:
        return "—"
    return "没有" if days < 0 else ("今天" if days == 0 else f"{days} 天前")


def verified(text: str) -> str:
    return {"": "—", "ok": "完好"}.get(text, f"损坏（{text}）")


def details(one: StationHealth) -> list[tuple[str, str]]:
    """Everything that is known of one station, each with its name; when it was heard last the caller says."""
    backlog = "—" if one.backlog is None else f"{one.backlog:,} 条"
    return [
        ("积压", backlog),
        ("扫描件", f"{one.sheets_waiting:,} 页待传" if one.sheets_waiting else "没有待传"),
        ("版本", one.version or "—"),
        ("时钟", clock(one.clock_off_s)),
        ("磁盘剩余", disk(one.disk_free_mb)),
        ("打印机", printer(one.printer)),
        ("上次备份", backup(one.backup_days)),
        ("数据核对", verified(one.verified)),
    ]
