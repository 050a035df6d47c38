"""One character that no font has: out of a font file or a picture, looked at, kept, replaced, deleted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QCoreApplication, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent, QRawFont
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid
from typing_extensions import override

from app.domain.glyphs import code_in, is_private, named
from app.errors import DaibanError
from app.store.glyph_rows import GlyphRow
from ui import wording
from ui.desktop import glyphs, look
from ui.desktop.desk import Desk
from ui.desktop.look import Mood, Space
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.dialogs import FormDialog, confirm
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.text import Text

if TYPE_CHECKING:
    from printing.glyphs import SuppliedGlyph

_SAMPLE_UNITS: Final = 112
_INSIDE: Final = 0.8
"""Of the sample's side, that the em box takes."""
_ASCENT: Final = 0.88


class GlyphSample(QWidget):
    """A character as paper will show it, large; an empty box while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outline = QPainterPath()
        look.sized(self, width=_SAMPLE_UNITS, height=_SAMPLE_UNITS)

    @property
    def is_empty(self) -> bool:
        return self._outline.isEmpty()

    def show_font(self, font: bytes | None) -> None:
        """`font` holds one character beside the box that stands for none."""
        self._outline = QPainterPath()
        if font is not None:
            raw = QRawFont(QByteArray(font), 100, QFont.HintingPreference.PreferNoHinting)
            self._outline = raw.pathForGlyph(1)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        side = look.current().px(_SAMPLE_UNITS)
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = look.current().theme
        painter.setPen(QColor(theme.edge))
        painter.setBrush(QColor(theme.paper))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        side = min(self.width(), self.height())
        margin = side * (1 - _INSIDE) / 2
        painter.translate(QPointF(margin, margin + side * _INSIDE * _ASCENT))
        painter.scale(side * _INSIDE / 100, side * _INSIDE / 100)
        painter.fillPath(self._outline, QColor(theme.text))


class GlyphDialog(FormDialog):
    """`known`: what stands in the list already; else `asked`, the character that was missed, or "" for any."""

    def __init__(
        self,
        desk: Desk,
        asked: str = "",
        known: GlyphRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _tr("补字"),
            _tr("补上"),
            parent,
            note=_tr(
                "程序的字库里没有的字，用一个有它的字库文件（.ttf），或者这个字的扫描图、照片补上。"
                "图片里只能有这一个字，白底黑字。补上以后，文书和屏幕都用它。"
            ),
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._known = known
        self._made: SuppliedGlyph | None = None
        self._file = Path()
        self._make(chr(known.code) if known is not None else asked)
        self._assemble()
        self._connect()
        self._show()

    def _make(self, asked: str) -> None:
        self.character = LineEdit(_tr("这个字，或者 U+31234 这样的代码"))
        self.character.setText(asked)
        self.field = Field(_tr("要补的字"), self.character)
        self.sample = GlyphSample()
        self.choose = Button(_tr("选字库文件或图片"), icon="folder-open")
        self.delete = Button(_tr("删去"), icon="trash-2", kind=ButtonKind.QUIET)
        self.remark = Text("")

    def _assemble(self) -> None:
        beside = look.column(Space.S)
        beside.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        beside.addWidget(self.remark)
        beside.addWidget(self.delete, 0, Qt.AlignmentFlag.AlignLeft)
        beside.addStretch(1)
        line = look.row(Space.L)
        line.addWidget(self.sample, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(beside, 1)
        self.add(self.field)
        self.add(line)
        self.delete.setVisible(self._known is not None)
        self.character.setEnabled(self._known is None)

    def _connect(self) -> None:
        self.choose.clicked.connect(self._on_choose)
        self.delete.clicked.connect(self._on_delete)
        self.character.textEdited.connect(self._on_typed)
        self.ok_requested.connect(self._on_ok)

    def _show(self) -> None:
        code = code_in(self.character.text())
        said = "" if code is None else named(code)
        if code is not None and is_private(code):
            said = _tr("{code}，自造的代码，别的电脑上可能是别的字").format(code=said)
        self.field.set_note(said)
        font = self._made.font if self._made else self._known.font if self._known else None
        self.sample.show_font(font)
        if self._made is not None:
            words = _tr("取自{origin} {file}。看着对，就按“补上”。")
            origin, file = self._made.origin, self._file.name
        elif self._known is not None:
            words = _tr("现在用的取自{origin} {file}。")
            origin, file = self._known.origin, self._known.source
        else:
            self.remark.set_text(_tr("选好以后，这里先给您看补出来的样子。"))
            self.yes.setEnabled(False)
            return
        self.remark.set_text(words.format(origin=origin.label, file=file))
        self.yes.setEnabled(self._made is not None)

    # --- acts -------------------------------------------------------------------------------------

    def _on_typed(self) -> None:
        self._made = None
        self._show()

    def _code(self) -> int | None:
        """None after saying what is wrong."""
        code = code_in(self.character.text())
        if code is None:
            self.field.say(Mood.BAD, _tr("请填一个字，或者 U+31234 这样的代码"))
            self.character.setFocus()
        else:
            self.field.quiet()
        return code

    def _on_choose(self) -> None:
        if self._code() is None:
            return
        kinds = _tr("字库文件和图片 (*.ttf *.ttc *.otf *.png *.jpg *.jpeg)")
        file, _ = QFileDialog.getOpenFileName(self, _tr("选字库文件或图片"), "", kinds)
        if file:
            self.take(Path(file))

    def take(self, file: Path) -> None:
        """Show what the file gives."""
        code = self._code()
        if code is None:
            return
        self.quiet()
        self._file = file
        glyphs.look_into(self._desk, code, file, self._on_made, self._on_refused)

    def _on_made(self, made: SuppliedGlyph) -> None:
        if isValid(self):  # it may have been closed meanwhile
            self._made = made
            self._show()

    def _on_refused(self, error: DaibanError) -> None:
        if not isValid(self):
            return
        self._made = None
        self._show()
        self.say(Mood.BAD, wording.sentence_on_screen(error))

    def _on_ok(self) -> None:
        code = self._code()
        if code is None or self._made is None:
            return
        self.set_busy(True)
        glyphs.keep(self._desk, code, self._made, self._file.name, self._on_kept, self._on_refused)

    def _on_kept(self) -> None:
        self._desk.say(Mood.GOOD, _tr("已经补上，文书和屏幕都用它。"))
        self._close()

    def _on_delete(self) -> None:
        assert self._known is not None
        sure = confirm(
            self,
            _tr("删去补的“{character}”？").format(character=chr(self._known.code)),
            _tr("以后的文书里这个字印不出来，要重新补。出具过的文书不变。"),
            _tr("删去"),
            ButtonKind.DANGER,
        )
        if sure:
            glyphs.remove(self._desk, self._known.code, self._close, self._on_refused)

    def _close(self) -> None:
        if isValid(self):
            self.accept()


def _tr(text: str) -> str:
    return QCoreApplication.translate("GlyphDialog", text)
