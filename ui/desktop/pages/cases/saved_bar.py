"""The filters that somebody has given a name, side by side over the list; the one that is shown is marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.usecases.saved_filters import SavedFilter
from ui.desktop import look
from ui.desktop.look import Space
from ui.desktop.widgets.button import IconButton
from ui.desktop.widgets.segments import Segment, Segments

ALL: Final = -1
OTHER: Final = -2
MOST_KEYS: Final = 9


class SavedBar(QWidget):
    """`chosen` carries the place of a filter from 0, or ALL; hidden while nothing was saved."""

    chosen = Signal(int)
    arrange_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._saved: tuple[SavedFilter, ...] = ()
        self.segments = Segments(self.tr("常用筛选（Ctrl+1 到 Ctrl+9）"))
        self.arrange = IconButton("pencil", self.tr("整理常用筛选：改名、排序、删去"))
        row = look.row(Space.S, parent=self)
        row.addWidget(self.segments, 1)
        row.addWidget(self.arrange)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.segments.chosen.connect(self._on_chosen)
        self.arrange.clicked.connect(self.arrange_asked)
        self.hide()

    def show_saved(
        self, saved: Sequence[SavedFilter], in_use: SavedFilter | None, *, filtered: bool
    ) -> None:
        """What is shown and has no name stands last, so that the list never seems to be another."""
        self._saved = tuple(saved)
        parts = [Segment(text=self.tr("全部"), value=ALL)]
        parts += [Segment(text=one.name, value=place) for place, one in enumerate(saved)]
        if filtered and in_use is None:
            parts.append(Segment(text=self.tr("没有存的筛选"), value=OTHER))
        self.segments.show_segments(parts)
        marked = ALL if not filtered else OTHER
        if in_use is not None:
            marked = self._saved.index(in_use)
        self.segments.set_value(marked)
        self.setVisible(bool(saved))

    def _on_chosen(self, place: object) -> None:
        if isinstance(place, int) and place != OTHER:
            self.chosen.emit(place)
