"""`python -m ui.desktop.gallery --out DIR [--only NAME]`: pictures and an index.html."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from html import escape
from importlib import import_module
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ui.desktop.gallery.sheet import Picture, Sheet

_MODULES = ("ui.desktop.gallery.widgets", "ui.desktop.gallery.pages")
"""Each has `sheets()`, which answers its sheets."""


@click.command()
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path))
@click.option("--only", default="", help="Only sheets whose name has this in it.")
def main(out: Path, only: str) -> None:
    """Draw every widget and page."""
    _without_screen()
    from PySide6.QtWidgets import QApplication

    from ui.desktop.gallery.sheet import pictures

    app = QApplication(sys.argv[:1])
    out.mkdir(parents=True, exist_ok=True)
    taken: list[Picture] = []
    sheets = [sheet for sheet in _sheets() if only in sheet.name]
    for sheet in sheets:
        for picture in pictures(app, sheet):
            picture.pixmap.save(str(out / picture.file))
            taken.append(picture)
        click.echo(sheet.name)
    (out / "index.html").write_text(_index(taken), encoding="utf-8")


def _without_screen() -> None:
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if sys.platform == "linux" and not shown:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def _sheets() -> Iterator[Sheet]:
    for name in _MODULES:
        if find_spec(name) is not None:
            yield from import_module(name).sheets()


def _index(taken: Sequence[Picture]) -> str:
    parts = [
        "<!doctype html><html lang='zh'><meta charset='utf-8'><title>代办：图样</title>",
        "<style>body{font:16px/1.5 sans-serif;margin:24px;background:#eee}",
        "img{max-width:100%;border:1px solid #999;background:#fff}",
        "figure{margin:0 0 24px}</style><h1>图样</h1>",
    ]
    for title, group in groupby(taken, key=lambda picture: picture.sheet.title):
        parts.append(f"<h2>{escape(title)}</h2>")
        parts.extend(
            f"<figure><figcaption>{picture.theme.value} {picture.scale_percent} %</figcaption>"
            f"<a href='{picture.file}'><img loading='lazy' src='{picture.file}'></a></figure>"
            for picture in group
        )
    return "\n".join(parts) + "</html>\n"


if __name__ == "__main__":
    main()
