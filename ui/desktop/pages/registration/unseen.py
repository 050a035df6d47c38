"""Characters of the applicant that paper could not show: said while they are typed, with the way to supply them."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.glyphs import unusual
from ui import glyph_words
from ui.desktop.desk import Desk
from ui.desktop.glyph_dialog import GlyphDialog
from ui.desktop.look import Mood
from ui.desktop.widgets.banner import Banner


class Unseen(Banner):
    """Hidden while every character can be drawn. It keeps nobody from registering."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(Mood.WARN, "", parent=parent)
        self._desk = desk
        self._asked = ""
        self._missing: tuple[str, ...] = ()
        self.acted.connect(self._on_acted)
        desk.changed.connect(self._look_again)
        self.hide()

    @property
    def missing(self) -> tuple[str, ...]:
        return self._missing

    def look_at(self, *texts: str) -> None:
        """Nearly no text holds a character for which the fonts have to be asked."""
        asked = unusual("".join(texts))
        if asked != self._asked:
            self._asked = asked
            self._look_again()

    def _look_again(self) -> None:
        if not self._asked:
            self._show("", ())
            return
        self._desk.outside(
            partial(glyph_words.missing_in, self._asked),
            partial(self._show, self._asked),
            replaces="registration.unseen",
        )

    def _show(self, asked: str, missing: tuple[str, ...]) -> None:
        if asked != self._asked:
            return
        self._missing = missing
        if missing:
            said = self.tr("字库里没有{characters}，文书上印不出来。可以照常登记，打印前请补上。")
            words = said.format(characters=glyph_words.told(missing))
            self.say(Mood.WARN, words, self.tr("补字"))
        self.setVisible(bool(missing))

    def _on_acted(self) -> None:
        GlyphDialog(self._desk, self._missing[0], parent=self.window()).open()
