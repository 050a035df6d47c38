"""`python -m tests.printing.gallery --out DIR [NAMES]`: every document as PDF and pictures, and an index.html.

Of a document with several copies (联) the pages of the first are shown; the others differ in their name.
The same program draws the same files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

import click
import pypdfium2

from tests.printing.specimens import Specimen, every_specimen, printed

_DPI: Final = 100
_DPI_OF_A_ROLL: Final = 150
_STYLE: Final = (
    "body{font:16px/1.5 sans-serif;margin:24px;background:#eee}"
    "section{display:flex;flex-wrap:wrap;gap:24px;align-items:flex-start}"
    "figure{margin:0}img{height:360px;border:1px solid #999;background:#fff;margin-right:4px}"
    "h3{margin:24px 0 8px}nav a{margin-right:16px}"
)


class Shown(NamedTuple):
    """A specimen, and the names of the files that were made of it."""

    specimen: Specimen
    pdf: str
    pictures: tuple[str, ...]


@click.command()
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path))
@click.argument("names", nargs=-1)
def main(out: Path, names: tuple[str, ...]) -> None:
    """Draw every document, or those whose name has one of NAMES in it."""
    out.mkdir(parents=True, exist_ok=True)
    shown = []
    for specimen in every_specimen():
        if not names or any(name in specimen.id for name in names):
            shown.append(_show(specimen, out))
            click.echo(specimen.id)
    (out / "index.html").write_text(_index(shown), encoding="utf-8")


def _show(specimen: Specimen, out: Path) -> Shown:
    pdf = printed(specimen)
    (out / f"{specimen.id}.pdf").write_bytes(pdf)
    document = pypdfium2.PdfDocument(pdf)
    dpi = _DPI_OF_A_ROLL if specimen.paper.is_roll else _DPI
    pictures = []
    for n in range(len(document) // len(specimen.copies)):
        name = f"{specimen.id}-{n + 1}.png"
        document[n].render(scale=dpi / 72, grayscale=True).to_pil().save(out / name)
        pictures.append(name)
    document.close()
    return Shown(specimen, f"{specimen.id}.pdf", tuple(pictures))


def _index(shown: Sequence[Shown]) -> str:
    """By family, in it by document, in that by paper and form."""
    families = [
        (family, list(of)) for family, of in groupby(shown, lambda one: one.specimen.family)
    ]
    parts = [
        "<!doctype html><html lang='zh'><meta charset='utf-8'><title>代办：文书图样</title>",
        f"<style>{_STYLE}</style><h1>文书图样</h1><nav><a href='../index.html'>窗口图样</a>",
        *(f"<a href='#{escape(family)}'>{escape(family)}</a>" for family, _ in families),
        "</nav>",
    ]
    for family, of_family in families:
        parts.append(f"<h2 id='{escape(family)}'>{escape(family)}</h2>")
        for name, of in groupby(of_family, lambda one: one.specimen.name):
            parts.extend(_document(name, list(of)))
    return "\n".join(parts) + "</html>\n"


def _document(name: str, of: Sequence[Shown]) -> Iterator[str]:
    facts = of[0].specimen.facts
    yield f"<h3>{escape(facts.title)} · {escape(name)}</h3><section>"
    yield from map(_figure, of)
    yield "</section>"


def _figure(one: Shown) -> str:
    specimen = one.specimen
    said = f"{specimen.form.label} · {specimen.paper.label}"
    pages = f"{len(specimen.copies)}联，每联{len(one.pictures)}页"
    pictures = "".join(
        f"<a href='{file}'><img loading='lazy' src='{file}'></a>" for file in one.pictures
    )
    return (
        f"<figure><figcaption>{escape(said)} · {pages} · <a href='{one.pdf}'>PDF</a></figcaption>"
        f"{pictures}</figure>"
    )


if __name__ == "__main__":
    main()
