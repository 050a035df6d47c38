"""生僻字 under 设置: the characters that this station supplied."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.glyphs import named
from app.store.glyph_rows import GlyphRow
from app.usecases import glyphs
from ui.desktop.desk import Desk
from ui.desktop.glyph_dialog import GlyphDialog
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.row_list import Row, RowList


class GlyphsCard(Card):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.set_title(self.tr("生僻字"))
        self.set_note(self.tr("只在这台电脑上用"))
        self._desk = desk
        self._known: dict[object, GlyphRow] = {}
        self.rows = RowList()
        self.rows.set_empty_text(
            self.tr(
                "程序自带的字库有国家标准 GB 18030-2022 的全部汉字。"
                "遇到连它也没有的字（自造字、新加的字），在这里用字库文件或者图片补上。"
            )
        )
        self.supply = Button(self.tr("补一个字"), icon="plus")
        self.add(self.rows)
        self.body.addWidget(self.supply, 0, Qt.AlignmentFlag.AlignLeft)
        self.rows.opened.connect(self._on_opened)
        self.supply.clicked.connect(lambda: GlyphDialog(desk, parent=self).open())

    def look(self) -> None:
        self._desk.read(glyphs.supplied, self._show, replaces="settings glyphs")

    def _show(self, rows: list[GlyphRow]) -> None:
        self._known = {row.code: row for row in rows}
        self.rows.show_rows(
            [
                Row(
                    title=f"{chr(row.code)}  {named(row.code)}",
                    detail=row.source,
                    right=row.origin.label,
                    key=row.code,
                )
                for row in rows
            ]
        )

    def _on_opened(self, code: object) -> None:
        GlyphDialog(self._desk, known=self._known[code], parent=self).open()
