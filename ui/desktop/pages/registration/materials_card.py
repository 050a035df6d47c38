"""The papers on the table: ticked as they are handed over, with what is missing said at once."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from app.domain.items import Item, Material, Required
from app.usecases.materials import MaterialForm
from ui.desktop import look
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space, TextKind
from ui.desktop.pages.registration import materials
from ui.desktop.pages.registration.presenter import RegistrationPresenter
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.checklist import Checklist, Line
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.dialogs import FormDialog
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.text import Text
from ui.desktop.widgets.tick import Tick

_MOST_COPIES = 20
_SHORT_NOTE = 24
"""Characters; what is longer stands in the guide."""


class MaterialsCard(Card):
    """`form_asked` carries the item whose application form is to be printed with nothing filled in."""

    form_asked = Signal(str)

    def __init__(self, presenter: RegistrationPresenter, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("申请材料"), parent=parent)
        self._presenter = presenter
        self.list = Checklist()
        self.list.setAccessibleName(self.tr("申请材料"))
        self.all = Button(
            self.tr("必备的都收到了"), icon="list-checks", kind=ButtonKind.QUIET, key="Alt+A"
        )
        self._nothing = Text(self.tr("选好事项后，这里列出要收的材料。"), TextKind.SECONDARY)
        self._form = Text("", TextKind.SECONDARY)
        self.header_right(self.all)
        self.form_button = Button(
            self.tr("打印空白申请表"), icon="printer", kind=ButtonKind.QUIET, key="Alt+T"
        )
        line = look.row(Space.S)
        line.addWidget(self._form, 1)
        line.addWidget(self.form_button)
        self.add(self._nothing)
        self.add(line)
        self.add(self.list)
        self.list.ticked.connect(presenter.table.tick)
        self.list.opened.connect(self._on_opened)
        self.all.clicked.connect(presenter.table.tick_needed)
        self.form_button.clicked.connect(lambda: self.form_asked.emit(presenter.form.item))
        presenter.table.changed.connect(self.show_materials)
        self.show_materials()

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
            line(material, self._presenter.table.taken(material.name), key=material.name)
            for material in item.materials
        ]

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


def line(material: Material, taken: MaterialForm | None, *, key: str) -> Line:
    """A material as the checklist shows it."""
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
        detail=" · ".join(_details(material, taken)),
        ticked=taken is not None,
        right=right,
        mood=mood,
        right_icon="pencil" if taken is not None else None,
    )


def _details(material: Material, taken: MaterialForm | None) -> list[str]:
    said = [materials.as_taken(taken or materials.ordinary(material), material)]
    if material.condition:
        said.insert(0, material.condition)
    if material.note and len(material.note) <= _SHORT_NOTE:
        said.append(material.note)
    return said


def _tr(text: str) -> str:
    return QCoreApplication.translate("materials_card", text)
