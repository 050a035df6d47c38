"""The desktops of the demonstration: what a village and a township see after each step, as pictures."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Final

import msgspec

from ui.commands.refusals import DemoFailed
from ui.demo.places import PROGRAM, Place, together

FOLDER: Final = "pictures"
_HOME: Final = ("home", "")


def has_screen() -> bool:
    """Whether a window can be shown to somebody."""
    if not sys.platform.startswith("linux"):
        return True
    return any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def show(place: Place) -> None:
    """Open the place's own window; the demonstration ends, the window stays until somebody closes it."""
    subprocess.Popen(
        [*PROGRAM, "--data", str(place.folder)],
        env=place.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


class Desktop:
    """One desktop: a process that stays open beside the commands, and draws what it is asked to."""

    def __init__(self, place: Place) -> None:
        self.name = place.folder.name
        self._process = subprocess.Popen(
            [*PROGRAM, "picture", "-", "--data", str(place.folder)],
            env=place.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def draw(self, page: str, number: str, file: Path) -> str:
        """The file's name, when it is there. Raises DemoFailed."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked = msgspec.json.encode({"page": page, "number": number, "file": str(file)})
        try:
            self._process.stdin.write(asked + b"\n")
            self._process.stdin.flush()
        except OSError:
            pass  # it has ended: what it said comes below
        told = self._process.stdout.readline()
        error = msgspec.json.decode(told, type=dict[str, str]).get("error") if told else None
        if not told or error:
            raise DemoFailed(step=f"{self.name} {page}", detail=error or self._last_words())
        return f"{FOLDER}/{file.name}"

    def close(self) -> None:
        self._process.communicate()

    def _last_words(self) -> str:
        return self._process.communicate()[1].decode("utf-8", "replace").strip()


class Album:
    """`draw` after each step; pages are named where another than 工作台 tells more."""

    def __init__(self, out: Path, desktops: list[Desktop]) -> None:
        self._folder = out / FOLDER
        self._folder.mkdir(exist_ok=True)
        self._desktops = desktops
        self._steps = 0

    def draw(self, pages: Mapping[str, tuple[str, str]] = MappingProxyType({})) -> dict[str, str]:
        """The picture of each desktop, by its name; `pages`: name of the desktop to page and number."""
        self._steps += 1

        def one(desktop: Desktop) -> str:
            page, number = pages.get(desktop.name, _HOME)
            file = self._folder / f"{self._steps:02d}-{desktop.name}-{page}.png"
            return desktop.draw(page, number, file)

        files = together(*(lambda each=each: one(each) for each in self._desktops))
        return {each.name: file for each, file in zip(self._desktops, files, strict=True)}


@contextmanager
def album(out: Path, *places: Place) -> Iterator[Album]:
    """Open the desktops of these places as long as the pictures are drawn."""
    desktops = [Desktop(place) for place in places]
    try:
        yield Album(out, desktops)
    finally:
        for desktop in desktops:
            desktop.close()
