"""What a new table of regions changes, and what it must not."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from enum import StrEnum

import msgspec

from app.domain.regions import Region, RegionCode, RegionTree


class ChangeKind(StrEnum):
    """REVISED: days that changed without anything else."""

    ADDED = "added"
    RENAMED = "renamed"
    MOVED = "moved"
    MERGED = "merged"
    RETIRED = "retired"
    REINSTATED = "reinstated"
    FORGOTTEN = "forgotten"
    REVISED = "revised"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    ChangeKind.ADDED: "新增",
    ChangeKind.RENAMED: "改名",
    ChangeKind.MOVED: "划转",
    ChangeKind.MERGED: "并入",
    ChangeKind.RETIRED: "撤销",
    ChangeKind.REINSTATED: "恢复",
    ChangeKind.FORGOTTEN: "删去",
    ChangeKind.REVISED: "更正日期",
}


class RegionChange(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that becomes different for one region.

    `before` and `after` are names where it is renamed, codes where it is moved or merged, else empty.
    """

    kind: ChangeKind
    code: RegionCode
    name: str
    before: str = ""
    after: str = ""


def changes(before: RegionTree, after: RegionTree) -> list[RegionChange]:
    """What the new table makes different, in its own order, what it no longer has at the end."""
    found: list[RegionChange] = []
    for row in after.rows:
        if row.code in before:
            found += _row_changes(before.region(row.code), row)
        else:
            above = row.parent or ""
            found.append(_change(ChangeKind.ADDED, row, after=above))
            if row.successor is not None:
                found.append(_change(ChangeKind.MERGED, row, after=row.successor))
    gone = [row for row in before.rows if row.code not in after]
    return found + [_change(ChangeKind.FORGOTTEN, row) for row in gone]


def _row_changes(old: Region, new: Region) -> Iterator[RegionChange]:
    told = False
    if old.name != new.name:
        told = True
        yield _change(ChangeKind.RENAMED, new, before=old.name, after=new.name)
    if old.parent != new.parent:
        told = True
        yield _change(ChangeKind.MOVED, new, before=old.parent or "", after=new.parent or "")
    if old.successor != new.successor:
        told = True
        kind = ChangeKind.MERGED if new.successor else ChangeKind.REINSTATED
        yield _change(kind, new, before=old.successor or "", after=new.successor or "")
    elif (old.until is None) != (new.until is None):
        told = True
        yield _change(ChangeKind.RETIRED if new.until else ChangeKind.REINSTATED, new)
    if not told and old != new:
        yield _change(ChangeKind.REVISED, new)


def _change(kind: ChangeKind, row: Region, *, before: str = "", after: str = "") -> RegionChange:
    return RegionChange(kind=kind, code=row.code, name=row.name, before=before, after=after)


def change_faults(
    before: RegionTree, after: RegionTree, used: Collection[str], today: date | None = None
) -> list[str]:
    """Everything for which a new table may not follow the one in force.

    `used` are codes that a station, a code or an entry bears: the table may retire them, not forget them.
    A merger is for good, since what was done after it rests on it.
    Without `today` the days are not looked at: a table that has come is judged whenever that is.
    """
    faults: list[str] = []
    for row in before.rows:
        if row.code not in after:
            if row.code in used:
                faults.append(f"{row.code} {row.name}：已经用过，不能从表中删去；请写终止日期")
            continue
        faults += [f"{row.code} {row.name}：{what}" for what in _breaks(row, before, after)]
    for row in after.rows:
        faults += [f"{row.code} {row.name}：{what}" for what in _leftovers(row, after, today)]
    return faults


def _breaks(old: Region, before: RegionTree, after: RegionTree) -> Iterator[str]:
    new = after.region(old.code)
    if new.tier is not old.tier:
        yield f"层级不能由{old.tier.label}改为{new.tier.label}；请用新的代码"
    if old.parent is None and new.until is not None:
        yield "区（县）本身不能终止"
    if old.successor is not None:
        ends = before.present(old.code)
        if ends in after and after.present(old.code) != after.present(ends):
            yield f"已经并入 {old.successor}，不能改为别处，也不能恢复"


def _leftovers(row: Region, after: RegionTree, today: date | None) -> Iterator[str]:
    """A successor that has ended itself, somebody left under a region that has, a day that lies ahead."""
    ends = after.region(after.present(row.code))
    if ends.code != row.code and ends.until is not None:
        yield f"承接区划 {ends.code} 已经终止"
    if row.until is None and row.parent is not None:
        above = after.region(after.present(row.parent))
        if above.until is not None:
            yield f"上级 {above.code} 已经终止，又没有承接区划"
    if today is not None and row.until is not None and row.until > today:
        yield f"终止日期 {row.until} 还没有到：表从发布时起生效，请到时再发布"
