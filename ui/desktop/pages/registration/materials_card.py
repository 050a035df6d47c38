"""The papers on the table: ticked as they are handed over, with what is missing said at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.items import Item, Material, Required
from app.usecases.materials import MaterialForm
from ui.desktop import look
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space, TextKind
from ui.desktop.pages.registration import materials
from ui.desktop.pages.registration.presenter import RegistrationPresenter
from ui.desktop.scans.incoming import Brought, from_mime, holds_pages
from ui.desktop.scans.pile import NONE
from ui.desktop.scans.pile_strip import PileStrip
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.checklist import Checklist, Line
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.dialogs import FormDialog
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.reading_order import stops
from ui.desktop.widgets.text import Text
from ui.desktop.widgets.tick import Tick

if TYPE_CHECKING:
    from ui.desktop.scans.capture_dialog import CaptureDialog, PileMaterial

_MOST_COPIES = 20
_SHORT_NOTE = 24
"""Characters; what is longer stands in the guide."""


class MaterialsCard(Card):
    """`form_asked` carries the item whose application form is to be printed with nothing filled in.

    Files and pictures may be dropped on a paper or pasted to it; its pages stand under it.
    """

    form_asked = Signal(str)

    def __init__(self, presenter: RegistrationPresenter, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("申请材料"), parent=parent)
        self._presenter = presenter
        self.list = Checklist()
        self.list.setAccessibleName(self.tr("申请材料"))
        self.all = Button(
            self.tr("必备的都收到了"), icon="list-checks", kind=ButtonKind.QUIET, key="Alt+A"
        )
        self.capture = Button(
            self.tr("扫描和拍照"), icon="camera", kind=ButtonKind.QUIET, key="Alt+P"
        )
        self.said = Banner(Mood.WARN, "", closable=True)
        self.said.hide()
        self.loose = PileStrip(presenter.pile, NONE, self.tr("其他扫描件"))
        self._loose_title = Text(self.tr("其他扫描件"), TextKind.SECONDARY)
        self._strips: dict[str, PileStrip] = {}
        self._nothing = Text(self.tr("选好事项后，这里列出要收的材料。"), TextKind.SECONDARY)
        self._form = Text("", TextKind.SECONDARY)
        self.header_right(self.capture)
        self.header_right(self.all)
        self.form_button = Button(
            self.tr("打印空白申请表"), icon="printer", kind=ButtonKind.QUIET, key="Alt+T"
        )
        line = look.row(Space.S)
        line.addWidget(self._form, 1)
        line.addWidget(self.form_button)
        self.add(self._nothing)
        self.add(line)
        self.add(self.said)
        self.add(self.list)
        self.add(self._loose_title)
        self.add(self.loose)
        self._connect_pages()
        self.list.ticked.connect(presenter.table.tick)
        self.list.opened.connect(self._on_opened)
        self.all.clicked.connect(presenter.table.tick_needed)
        self.form_button.clicked.connect(lambda: self.form_asked.emit(presenter.form.item))
        presenter.table.changed.connect(self.show_materials)
        self.show_materials()

    def _connect_pages(self) -> None:
        self.setAcceptDrops(True)
        self.capture.clicked.connect(self.begin_capture)
        self.list.side_pressed.connect(self._on_side_pressed)
        self.loose.opened.connect(lambda at: self._look_at(NONE, at))
        self._presenter.pile.changed.connect(self.show_materials)
        self._presenter.pile.refused.connect(self._on_pages_refused)
        pasting = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        pasting.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        pasting.activated.connect(self.paste)

    def in_order(self) -> list[QWidget]:
        """Everything that the keyboard comes to, as it is read; some of it only at times."""
        return [
            self.capture, self.all, self.form_button, *stops(self.said), *self.list.parts(), self.loose,
        ]  # fmt: skip

    def show_materials(self) -> None:
        item = self._presenter.item
        lines = self._lines(item) if item is not None else []
        self.list.setVisible(bool(lines))
        self._nothing.setVisible(not lines)
        if item is not None and not lines:
            self._nothing.set_text(self.tr("这个事项不收材料。"))
        elif item is None:
            self._nothing.set_text(self.tr("选好事项后，这里列出要收的材料。"))
        self.list.show_lines(lines)
        self._show_pages(lines)
        form = item.application_form if item is not None else None
        self._form.setVisible(bool(form))
        self.form_button.setVisible(bool(form))
        self._form.set_text(self.tr("当场填写并签名：{form}").format(form=form))
        totals = self._presenter.table.totals
        self.all.setVisible(bool(lines))
        self.all.setEnabled(bool(totals.missing))
        self.set_note(
            self.tr("已收 {given} · 缺 {missing}").format(
                given=totals.given, missing=len(totals.missing)
            )
            if lines
            else ""
        )

    def _lines(self, item: Item) -> list[Line]:
        return [
            line(
                material,
                self._presenter.table.taken(material.name),
                key=material.name,
                pages=len(self._presenter.pile.of(material.name)),
            )
            for material in item.materials
        ]

    # --- pages ------------------------------------------------------------------------------------

    def _show_pages(self, lines: list[Line]) -> None:
        """A strip under each paper that has pages; those of papers that are asked for no more are kept for later."""
        pile = self._presenter.pile
        self.capture.setVisible(bool(lines))
        loose = bool(pile.of(NONE))
        self._loose_title.setVisible(loose)
        self.loose.setVisible(loose)
        wanted = [name for one in lines if pile.of(name := str(one.key))]
        for name in wanted:
            if name not in self._strips:
                strip = self._strips[name] = PileStrip(pile, name, name, self)
                strip.opened.connect(partial(self._look_at, name))
        self.list.put_below({name: self._strips[name] for name in wanted})

    def begin_capture(self, material: str | None = None) -> CaptureDialog | None:
        """Camera and scanner, for the paper that the keyboard is on; loaded when they are first asked for."""
        from ui.desktop.scans.capture_dialog import CaptureDialog

        item = self._presenter.item
        if item is None:
            return None
        dialog = CaptureDialog(
            self._presenter.desk, self._presenter.pile, self._papers(item), self.window()
        )
        at = material or self.list.current
        dialog.show_material(str(at) if item.material(str(at)) else NONE)
        dialog.finished.connect(partial(self._on_captured, item))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.show_way(dialog.usual_way)
        return dialog

    def _on_captured(self, item: Item, _how: int) -> None:
        """What was scanned lies on the table."""
        if self._presenter.item == item:
            for one in self._presenter.pile.scans:
                if one.material:
                    self._presenter.table.tick(one.material, True)

    @staticmethod
    def _papers(item: Item) -> list[PileMaterial]:
        from ui.desktop.scans.capture_dialog import PileMaterial

        named = [PileMaterial(name=one.name, label=one.name) for one in item.materials]
        return [*named, PileMaterial(name=NONE, label=_tr("其他（委托书、现场照片）"))]

    def _on_side_pressed(self, name: object) -> None:
        self.begin_capture(str(name))

    def _look_at(self, name: str, at: int) -> None:
        from ui.desktop.scans.capture_dialog import open_pile

        item = self._presenter.item
        papers = self._papers(item) if item is not None else []
        open_pile(self._presenter.desk, self._presenter.pile, papers, name, at, self)

    def paste(self) -> None:
        """What the clipboard holds, for the paper that the keyboard is on."""
        mime = QGuiApplication.clipboard().mimeData()
        brought = from_mime(mime, self.tr("粘贴的图片"))
        if brought:
            self._bring(self.list.current, brought)
        else:
            self._on_pages_refused(self.tr("剪贴板里没有图片，也没有文件。"))

    def _bring(self, key: object, brought: list[Brought]) -> None:
        self.said.hide()
        self._presenter.bring(str(key) if key else NONE, brought)

    def _on_pages_refused(self, sentence: str) -> None:
        self.said.say(Mood.WARN, sentence)
        self.said.show()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._presenter.item is not None and holds_pages(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self.list.aim(self._key_under(event.position().toPoint()))
        event.acceptProposedAction()

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.list.aim(None)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.list.aim(None)
        key = self._key_under(event.position().toPoint())
        self._bring(key, from_mime(event.mimeData(), self.tr("拖来的图片")))
        event.acceptProposedAction()

    def _key_under(self, point: QPoint) -> object:
        """Of the paper there; beside all of them, the one that the keyboard is on."""
        return self.list.key_at(self.list.mapFrom(self, point)) or self.list.current

    # --- how a paper was taken --------------------------------------------------------------------

    def _on_opened(self, name: str) -> None:
        item = self._presenter.item
        if item is None or not name:
            return
        self._presenter.table.tick(name, True)
        paper = self._presenter.table.taken(name)
        if paper is not None:
            _PaperDialog(self._presenter, item, paper, self).exec()


class _PaperDialog(FormDialog):
    """A paper that was taken otherwise than the item asks: other copies, or the original kept."""

    def __init__(
        self,
        presenter: RegistrationPresenter,
        item: Item,
        paper: MaterialForm,
        parent: QWidget,
    ) -> None:
        super().__init__(paper.name, self.tr("记下"), parent)
        self._presenter = presenter
        self._paper = paper
        asked = item.material(paper.name)
        handed_in = asked is not None and asked.is_handed_in
        self._original = Tick(self.tr("收取原件") if handed_in else self.tr("看过原件"))
        self._original.setChecked(paper.original)
        self._held = Tick(self.tr("原件代为保管，以后退还（登记后打印证件交接单）"))
        self._held.setChecked(paper.held)
        self._copies = Choice(
            [(self.tr("{n} 份").format(n=number), number) for number in range(_MOST_COPIES + 1)]
        )
        self._copies.set_value(paper.copies)
        self.add(self._original)
        if materials.may_be_held(item, paper.name):
            self.add(self._held)
        else:
            text = self.tr("银行卡、存折、社会保障卡和密码一律不留存，看过就还。")
            self.add(Text(text, TextKind.SECONDARY))
        self.add(Field(self.tr("复印件"), self._copies))
        self.ok_requested.connect(self._on_ok)

    def _on_ok(self) -> None:
        held = self._held.isChecked()
        self._presenter.table.take_otherwise(
            self._paper.name,
            original=held or self._original.isChecked(),
            held=held,
            copies=self._copies.value(),
        )
        self.accept()


def line(material: Material, taken: MaterialForm | None, *, key: str, pages: int = 0) -> Line:
    """A material as the checklist shows it; `pages` of it were scanned."""
    needed = material.required is Required.ALWAYS
    if taken is not None:
        right, mood = _tr("份数、保管"), Mood.PLAIN
    elif needed:
        right, mood = _tr("缺 · 写入补齐提示"), Mood.BAD
    else:
        right, mood = _tr("适用时"), Mood.PLAIN
    return Line(
        title=material.name,
        key=key,
        detail=" · ".join(_details(material, taken, pages)),
        ticked=taken is not None,
        right=right,
        mood=mood,
        right_icon="pencil" if taken is not None else None,
        side_icon="camera",
    )


def _details(material: Material, taken: MaterialForm | None, pages: int) -> list[str]:
    said = [materials.as_taken(taken or materials.ordinary(material), material)]
    if material.condition:
        said.insert(0, material.condition)
    if material.note and len(material.note) <= _SHORT_NOTE:
        said.append(material.note)
    if pages:
        said.append(_tr("扫描 {n} 页").format(n=pages))
    return said


def _tr(text: str) -> str:
    return QCoreApplication.translate("materials_card", text)
