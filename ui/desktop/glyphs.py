"""The characters that the station supplied: on paper and on screen from the moment somebody sits down."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from app.errors import DaibanError
from app.store.store import Store
from app.usecases import glyphs
from app.usecases.glyphs import Supply
from printing import supplied
from ui.desktop.desk import Desk
from ui.desktop.look import appearance, fonts
from ui.files import read

if TYPE_CHECKING:
    from printing.glyphs import SuppliedGlyph

Failed = Callable[[DaibanError], object]


def draw_with_supplied(desk: Desk) -> None:
    """Read them from the store and draw with them, and with no others."""
    desk.read(glyphs.supply, _draw_with, replaces="glyphs")


def look_into(
    desk: Desk,
    code: int,
    file: Path,
    done: Callable[[SuppliedGlyph], object],
    failed: Failed,
) -> None:
    """Make a font of the character out of a font file or a picture."""
    desk.outside(partial(_made, code, file), done, failed, replaces="glyphs.file")


def keep(
    desk: Desk,
    code: int,
    made: SuppliedGlyph,
    source: str,
    done: Callable[[], object],
    failed: Failed,
) -> None:
    by = desk.operator

    def work(store: Store) -> Supply:
        from printing.glyphs import joined

        glyphs.add(store, code, made.font, origin=made.origin, source=source, by=by, join=joined)
        return glyphs.supply(store)

    desk.read(work, partial(_changed, desk, done), failed)


def remove(desk: Desk, code: int, done: Callable[[], object], failed: Failed) -> None:
    def work(store: Store) -> Supply:
        from printing.glyphs import joined

        glyphs.remove(store, code, join=joined)
        return glyphs.supply(store)

    desk.read(work, partial(_changed, desk, done), failed)


def _changed(desk: Desk, done: Callable[[], object], supply: Supply) -> None:
    _draw_with(supply)
    done()
    desk.changed.emit()


def _draw_with(supply: Supply) -> None:
    supplied.supply(supply.fonts)
    fonts.load_rest()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    appearance.supply(app, supply.family)


def _made(code: int, file: Path) -> SuppliedGlyph:
    from printing.glyphs import supplied_glyph

    return supplied_glyph(code, read(file))
