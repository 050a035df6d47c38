"""Packets on a stick: one file, or whatever lies in a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from app.errors import DaibanError, Refused
from app.store.store import Store
from sync import enrolment_packet
from sync.client import packets
from sync.client.packets import PacketForAnother, PacketForTheCentre, ReadReport
from sync.packet import SUFFIX
from ui import files

ALL: Final = (SUFFIX, enrolment_packet.SUFFIX)
"""What lies on a stick for the centre: of stations, and of computers that ask to be theirs."""


class NoPackets(Refused):
    """The folder holds none that could be read here (facts: folder; why: `others` if it holds other stations')."""

    code = "no_packets"


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """A packet in a folder that was refused whole."""

    file: str
    error: DaibanError


class Brought(msgspec.Struct, frozen=True, kw_only=True):
    """What a stick brought: answers that were taken in, packets that were refused; `others` were for somebody else.

    `carried`: packets of stations below, which go up with the next exchange.
    """

    read: tuple[ReadReport, ...]
    unread: tuple[Unread, ...] = ()
    others: int = 0
    carried: int = 0


def in_folder(folder: Path, suffixes: tuple[str, ...] = (SUFFIX,)) -> list[Path]:
    """The packets in a folder, the oldest first. Raises UnreadableFile."""
    try:
        found = [
            (file.stat().st_mtime, file.name, file)
            for file in folder.iterdir()
            if file.suffix in suffixes and file.is_file()
        ]
    except OSError as error:
        raise files.UnreadableFile(file=str(folder)) from error
    return [file for _, _, file in sorted(found)]


def read_from(store: Store, place: Path) -> Brought:
    """Take in an answer, or every answer for this computer in a folder; what lies there for others is passed over.

    Raises what `packets.read` raises for a file, UnreadableFile, and NoPackets for a folder with nothing for us.
    """
    if not place.is_dir():
        report = packets.read(store, files.read(place), place.name)
        return Brought(read=() if report is None else (report,), carried=int(report is None))
    read: list[ReadReport] = []
    unread: list[Unread] = []
    others = carried = 0
    for file in in_folder(place):
        try:
            report = packets.read(store, files.read(file), file.name)
            if report is None:
                carried += 1
            else:
                read.append(report)
        except (PacketForAnother, PacketForTheCentre):
            others += 1
        except DaibanError as error:
            unread.append(Unread(file=file.name, error=error))
    if not (read or unread or carried):
        raise NoPackets(folder=str(place), why="others" if others else "")
    return Brought(read=tuple(read), unread=tuple(unread), others=others, carried=carried)
