"""The destruction register as a text that any program can open, for the archive that outlives this one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.domain.archive import period_label
from app.store.files import write_durably
from app.store.store import Store
from app.usecases.archive import Destroyed
from app.usecases.today import shown_today

_HEADINGS = (
    "序号", "档号", "收件号", "年度", "事项", "收件站点", "保管期限", "归档日期", "页数", "鉴定人", "批准人",
    "销毁日期", "理由", "状态",
)  # fmt: skip


def as_text(store: Store, register: Sequence[Destroyed]) -> str:
    """销毁清册, its columns separated by tabs."""
    day = shown_today(store)
    pages = sum(one.pages for one in register)
    lines = [
        f"档案销毁清册\t{store.certificate.station}\t{day.year}年{day.month}月{day.day}日",
        "\t".join(_HEADINGS),
        *("\t".join(_cells(place, one)) for place, one in enumerate(register, 1)),
        f"共 {len(register)} 件 {pages} 页",
    ]
    return "\n".join(lines) + "\n"


def save(text: str, file: Path) -> None:
    """Write it where somebody chose; programs for tables know by the mark that it is UTF-8. Raises FileNotWritten."""
    write_durably(file, text.encode("utf-8-sig"))


def _cells(place: int, one: Destroyed) -> tuple[str, ...]:
    return (
        str(place),
        one.archive_number,
        one.local_number,
        str(one.year),
        one.item_name,
        one.station,
        period_label(one.retention),
        one.archived_on.isoformat(),
        str(one.pages),
        one.appraised_by,
        one.approved_by,
        one.destroyed_on.isoformat(),
        " ".join(one.reason.split()),
        "待区中心核对" if one.awaits_centre else "已销毁",
    )
