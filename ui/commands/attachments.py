"""daiban attach, attachments, detach: scans and photographs of a case's papers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from app.domain.attachments import NO_MATERIAL, Sheet
from app.domain.case import Case
from app.domain.days import CHINA
from app.errors import DaibanError, Refused
from ui.commands import scan_fetching
from ui.commands.answers import answer, note
from ui.commands.station import station, station_options
from ui.commands.tables import table
from ui.commands.usage import Command

if TYPE_CHECKING:
    from app.store.store import Store
    from app.usecases.attachments import Attached

_UNSAFE: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


class UnknownAttachment(Refused):
    """The case has no attachment of that number (facts: number, nth)."""

    code = "unknown_attachment"


class UnknownMaterial(Refused):
    """The item has no material of that name or place (facts: material, item)."""

    code = "unknown_material"


@click.command(cls=Command)
@click.argument("number")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
)
@click.option(
    "--material", metavar="N|NAME", help="哪一项材料：第几项，或者名称；不写是不属于任何材料的"
)
@click.option("--note", "words", default="", metavar="TEXT", help="说明")
@station_options
def attach(
    number: str,
    files: tuple[Path, ...],
    material: str | None,
    words: str,
    data: Path,
    operator: str | None,
    as_json: bool,
) -> None:
    """给办件添加扫描件：图片和 PDF，一次可以几份文件，依次成页。

    每一页缩成几百 KB 以内再保存，照片里的拍摄地点等附带信息都不保留。
    """
    from app.usecases import attachments, lookup, operators
    from ui import files as named

    try:
        read = [
            page for file in files for page in attachments.read_images(named.read(file), file.name)
        ]
    except DaibanError:
        if len(files) > 1:
            note(f"{len(files)} 份文件一起添加，有一份不行，都没有添加。")
        raise
    scans = list({page.sheet.digest: page for page in read}.values())
    with station(data, operator) as store:
        by = operators.acting(store, operator)
        row = lookup.by_number(store, number)
        place = _place(store, lookup.case_of(store, row), material)
        case = attachments.attach(store, row.subject, place, scans, by, words)
        made = attachments.of_case(store, case)[-1]
    size = sum(page.sheet.size for page in scans)
    told = {"nth": made.nth, "material": made.material, "pages": len(scans), "bytes": size}
    of = f"《{made.material}》" if made.material else "办件"
    alike = len(read) - len(scans)
    twice = f"；另有 {alike} 页与前面的一模一样，只存一次" if alike else ""
    answer(told, [f"已给{of}添加扫描件 {len(scans)} 页，{_kb(size)}{twice}"], as_json=as_json)


@click.command(cls=Command)
@click.argument("number")
@click.option(
    "--save",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="把在本机的各页存到一个文件夹",
)
@click.option("--fetch", is_flag=True, help="先从区中心取来不在本机的各页；断了再来，从断处接着取")
@station_options
def attachments(
    number: str, save: Path | None, fetch: bool, data: Path, operator: str | None, as_json: bool
) -> None:
    """办件的扫描件：哪项材料、几页、谁添加的，在不在本机；可以存成图片。"""
    from app.usecases import attachments as scans
    from app.usecases import looks, lookup, operators

    with station(data, operator) as store:
        row = lookup.by_number(store, number)
        by = operators.acting(store, operator)
        looks.opened(store, row.subject, by)
        case = lookup.case_of(store, row)
        listed = scans.of_case(store, case)
        brought: dict[str, object] = {}
        if fetch:
            looks.scans_seen(store, row.subject, by)
            brought = scan_fetching.bring(store, _away(listed))
            listed = scans.of_case(store, case)
        saved: list[str] = []
        if save is not None:
            looks.scans_seen(store, row.subject, by)
            saved = [str(file) for one in listed for file in _saved(store, one, save)]
            away = sum(one.here.count(False) for one in listed if not one.is_removed)
            if away:
                note(f"有 {away} 页不在本机，没有存。加上 --fetch 先从区中心取来。")
    told = {"attachments": [_told(one) for one in listed], "saved": saved, **brought}
    cells = [_cells(one) for one in listed]
    lines = table(("序号", "材料", "页数", "大小", "添加", "说明"), cells)
    answer(told, [*lines, *(f"已存 {file}" for file in saved)], as_json=as_json)


@click.command(cls=Command)
@click.argument("number")
@click.argument("nth", type=click.IntRange(min=1), metavar="N")
@click.option("--reason", required=True, metavar="TEXT", help="为什么移除")
@station_options
def detach(
    number: str, nth: int, reason: str, data: Path, operator: str | None, as_json: bool
) -> None:
    """移除添加错了的扫描件；经过里仍然看得到移除的人和原因。序号见 daiban attachments。"""
    from app.usecases import attachments as scans
    from app.usecases import lookup, operators

    with station(data, operator) as store:
        by = operators.acting(store, operator)
        row = lookup.by_number(store, number)
        listed = scans.of_case(store, lookup.case_of(store, row))
        if nth > len(listed):
            raise UnknownAttachment(number=number, nth=nth)
        scans.remove(store, row.subject, listed[nth - 1].ref, reason, by)
    answer({"removed": nth}, [f"已移除第 {nth} 份扫描件"], as_json=as_json)


def _place(store: Store, case: Case, material: str | None) -> int:
    """Which of the item's materials is meant. Raises UnknownMaterial."""
    if material is None:
        return NO_MATERIAL
    item = store.publications.item(case.item, case.item_version)
    names = [one.name for one in item.materials]
    if material in names:
        return names.index(material)
    if material.isascii() and material.isdigit() and 0 < int(material) <= len(names):
        return int(material) - 1
    raise UnknownMaterial(material=material, item=item.name)


def _away(listed: Sequence[Attached]) -> list[Sheet]:
    return [
        sheet
        for one in listed
        if not one.is_removed
        for sheet, here in zip(one.attachment.sheets, one.here, strict=True)
        if not here
    ]


def _saved(store: Store, one: Attached, folder: Path) -> list[Path]:
    """The pages that are here, as files; those of another day with the same names are replaced."""
    from app.store import attachments as images
    from ui import files

    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for page, sheet in enumerate(one.attachment.sheets, 1):
        content = None if one.is_removed else images.content(store, sheet.digest)
        if content is not None:
            name = _UNSAFE.sub("_", one.material)[:60] or "其他"
            written.append(folder / f"{one.nth:02}-{page:02}-{name}{sheet.media.suffix}")
            files.write(written[-1], content)
    return written


def _told(one: Attached) -> dict[str, object]:
    removed = one.attachment.removed
    return {
        "nth": one.nth,
        "material": one.material,
        "note": one.attachment.note,
        "by": one.by,
        "at": _moment(one).isoformat(),
        "removed": None if removed is None else removed.reason,
        "pages": [
            {
                "digest": sheet.digest.hex(),
                "bytes": sheet.size,
                "width": sheet.width,
                "height": sheet.height,
                "media": sheet.media,
                "here": here,
            }
            for sheet, here in zip(one.attachment.sheets, one.here, strict=True)
        ],
    }


def _cells(one: Attached) -> tuple[str, ...]:
    sheets, removed = one.attachment.sheets, one.attachment.removed
    away = one.here.count(False)
    pages = f"{len(sheets)}（{away} 页不在本机）" if away else str(len(sheets))
    said = one.attachment.note if removed is None else f"已移除：{removed.reason}"
    moment = _moment(one)
    added = f"{moment.year}年{moment.month}月{moment.day}日 {one.by}"
    size = sum(sheet.size for sheet in sheets)
    return str(one.nth), one.material or "—", pages, _kb(size), added, said


def _moment(one: Attached) -> datetime:
    return datetime.fromtimestamp(one.at_ms / 1000, CHINA)


def _kb(size: int) -> str:
    return f"{-(-size // 1024)} KB"
