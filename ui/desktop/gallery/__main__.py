"""`python -m ui.desktop.gallery --out DIR [NAMES]`: pictures and an index.html."""

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
@click.argument("names", nargs=-1)
def main(out: Path, names: tuple[str, ...]) -> None:
    """Draw every widget and page, or those whose name has one of NAMES in it."""
    _without_screen()
    from PySide6.QtWidgets import QApplication

    from ui.desktop.gallery.sheet import pictures

    app = QApplication(sys.argv[:1])
    out.mkdir(parents=True, exist_ok=True)
    taken: list[Picture] = []
    sheets = [
        sheet for sheet in _sheets() if not names or any(name in sheet.name for name in names)
    ]
    for sheet in sheets:
        for picture in pictures(app, sheet):
            picture.pixmap.save(str(out / picture.file))
            taken.append(picture)
        click.echo(sheet.name)
    beside = sorted(file.relative_to(out).as_posix() for file in out.glob("*/index.html"))
    (out / "index.html").write_text(_index(taken, beside), encoding="utf-8")


def _without_screen() -> None:
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if sys.platform == "linux" and not shown:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def _sheets() -> Iterator[Sheet]:
    for name in _MODULES:
        if find_spec(name) is not None:
            yield from import_module(name).sheets()


def _index(taken: Sequence[Picture], beside: Sequence[str]) -> str:
    """By page; the page is what stands before the colon in a sheet's title.

    `beside` are the indexes of what else was drawn into the folder, the documents.
    """
    parts = [
        "<!doctype html><html lang='zh'><meta charset='utf-8'><title>代办：图样</title>",
        "<style>body{font:16px/1.5 sans-serif;margin:24px;background:#eee}",
        "section{display:grid;grid-template-columns:repeat(auto-fill,minmax(420px,1fr));gap:24px}",
        "img{max-width:100%;border:1px solid #999;background:#fff}",
        "figure{margin:0}</style><h1>图样</h1>",
        *(f"<p><a href='{file}'>文书图样</a></p>" for file in beside),
    ]
    for page, group in groupby(taken, key=lambda picture: picture.sheet.title.partition("：")[0]):
        parts.append(f"<h2>{escape(page)}</h2><section>")
        parts.extend(map(_figure, group))
        parts.append("</section>")
    return "\n".join(parts) + "</html>\n"


def _figure(picture: Picture) -> str:
    width, height = picture.pixmap.width(), picture.pixmap.height()
    caption = f"{picture.sheet.title} · {width}×{height} · {picture.theme.value} {picture.scale_percent} %"
    return (
        f"<figure><figcaption>{escape(caption)}</figcaption>"
        f"<a href='{picture.file}'><img loading='lazy' src='{picture.file}'></a></figure>"
    )


if __name__ == "__main__":
    main()
