"""The guide of one item, or where to go for what is not done here."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from app.domain.items import Item, StepBy
from app.domain.regions import Tier
from app.usecases.item_sheets import ItemSheet as PaperSheet
from app.usecases.item_sheets import sheets_of
from ui.desktop import look, words
from ui.desktop.look import Mood, Space, TextKind
from ui.desktop.pages.cases.split import Arrangement
from ui.desktop.pages.items import guide_words
from ui.desktop.pages.items.flow_chart import Box, FlowChart
from ui.desktop.pages.items.guide_words import Part, Section
from ui.desktop.pages.items.listing import handling_mark
from ui.desktop.pages.items.parts import FactStrip, SectionView, SelectableText, cleared
from ui.desktop.pages.items.sheet import Elsewhere, InForce, ItemSheet, Version
from ui.desktop.pages.items.sheets import label
from ui.desktop.pages.items.versions import VersionList
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.chip import Chip
from ui.desktop.widgets.empty_state import EmptyState
from ui.desktop.widgets.pill import Pill
from ui.desktop.widgets.reading_order import follow_layout
from ui.desktop.widgets.text import Text

_LEAST_HEIGHT: Final = 240
_OURS: Final = {
    Tier.VILLAGE: StepBy.VILLAGE,
    Tier.TOWNSHIP: StepBy.TOWNSHIP,
    Tier.DISTRICT: StepBy.DISTRICT,
}


class Guide(Card):
    """`version_asked` carries a version's number, None for the one in force.

    `edit_asked` carries an item's id, `withdraw_asked` the Item, `sheet_asked` an ItemSheet to see and print.
    """

    back_asked = Signal()
    register_asked = Signal()
    copy_asked = Signal()
    version_asked = Signal(object)
    edit_asked = Signal(str)
    withdraw_asked = Signal(object)
    sheet_asked = Signal(object)

    def __init__(self, tier: Tier, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._ours = _OURS[tier]
        self._sheet: ItemSheet | Elsewhere | None = None
        self._views: list[SectionView] = []
        self._told: tuple[tuple[Section, ...], list[Box]] = ((), [])
        self._make()
        self._assemble()
        self._connect()
        self.show_nothing()

    @property
    def sheet(self) -> ItemSheet | Elsewhere | None:
        """What is shown now."""
        return self._sheet

    def _make(self) -> None:
        self.back = Button(self.tr("返回列表"), icon="arrow-left", kind=ButtonKind.QUIET)
        self.back.set_tip(self.tr("返回列表（Esc）"))
        self.anchors = {part: Pill(part.label, name=self.tr("看")) for part in Part}
        self._top = QWidget()
        self._empty = EmptyState("book-open", "")
        self._heading = SelectableText("", TextKind.HEADING)
        self._chips = QWidget()
        self._chip_row = look.flow(Space.S, parent=self._chips)
        self._names = SelectableText("", TextKind.SECONDARY)
        self.banner = Banner(Mood.INFO, "")
        self._facts = FactStrip()
        self.register = Button(self.tr("登记这一项"), icon="file-plus", kind=ButtonKind.PRIMARY)
        self.copy = Button(self.tr("复制成文字"), icon="copy")
        self.copy.set_tip(self.tr("可以贴到微信群里，没有任何人的信息"))
        self.edit = Button(self.tr("编辑"), icon="pencil")
        self.edit.set_tip(self.tr("改成新的一版，从选定的那天起"))
        self.withdraw = Button(self.tr("取消或合并"), icon="archive")
        self._editable = False
        self.on_paper = {sheet: Button(label(sheet), icon="printer") for sheet in PaperSheet}
        self.papers = QWidget()
        self._no_register = Text("", TextKind.SECONDARY)
        self._inside = QWidget()
        self.versions = VersionList()
        self._scroll = QScrollArea()

    def _assemble(self) -> None:
        top = look.flow(Space.S, parent=self._top)
        top.addWidget(self.back)
        for pill in self.anchors.values():
            top.addWidget(pill)
        stack = self._column = look.column(Space.M, (0, 0, Space.M, 0), self._inside)
        acts = QWidget()
        act_row = look.flow(Space.S, parent=acts)
        act_row.addWidget(self.register)
        act_row.addWidget(self.copy)
        act_row.addWidget(self.edit)
        act_row.addWidget(self.withdraw)
        paper_row = look.flow(Space.S, parent=self.papers)
        for button in self.on_paper.values():
            paper_row.addWidget(button)
        head = (self._heading, self._chips, self.banner, self._facts, acts, self.papers)
        for widget in head:
            stack.addWidget(widget)
        stack.addWidget(self._no_register)
        stack.addWidget(self._names)
        self._sections = look.column(Space.M)
        stack.addLayout(self._sections)
        stack.addWidget(self.versions)
        stack.addStretch(1)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._scroll.setWidget(self._inside)
        self.add(self._top)
        self.add(self._empty, 1)
        self.add(self._scroll, 1)
        look.sized(self, min_height=_LEAST_HEIGHT)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_asked)
        self.register.clicked.connect(self.register_asked)
        self.copy.clicked.connect(self.copy_asked)
        self.edit.clicked.connect(self._on_edit)
        self.withdraw.clicked.connect(self._on_withdraw)
        for sheet, button in self.on_paper.items():
            button.set_tip(self.tr("看一看，打印或者存为 PDF"))
            button.clicked.connect(partial(self.sheet_asked.emit, sheet))
        self.banner.acted.connect(self._on_banner_acted)
        self.versions.opened.connect(self.version_asked)
        for part, pill in self.anchors.items():
            pill.clicked.connect(lambda *_, part=part: self.go_to(part))

    # --- what is shown ----------------------------------------------------------------------------

    def stand(self, arrangement: Arrangement) -> None:
        """In the list's place there is a way back to it."""
        self.back.setVisible(arrangement is Arrangement.DETAIL)
        self._show_top()

    def set_editable(self, editable: bool) -> None:
        """Whether whoever looks keeps the catalogue."""
        self._editable = editable
        self._offer_edits()

    def _offer_edits(self) -> None:
        sheet = self._sheet
        item = sheet is not None and (isinstance(sheet, ItemSheet) or bool(sheet.item))
        self.edit.setVisible(self._editable and item)
        self.withdraw.setVisible(
            self._editable and isinstance(sheet, ItemSheet) and sheet.ends is None
        )

    def _on_edit(self) -> None:
        sheet = self._sheet
        if sheet is not None:
            self.edit_asked.emit(sheet.item.id if isinstance(sheet, ItemSheet) else sheet.item)

    def _on_withdraw(self) -> None:
        if isinstance(self._sheet, ItemSheet):
            self.withdraw_asked.emit(self._sheet.item)

    def show_nothing(self) -> None:
        self._sheet = None
        self._empty.say(
            "book-open",
            self.tr("没有选中事项"),
            self.tr("在列表里选一项，这里就是它的办事指南。"),
        )
        self._scroll.hide()
        self._empty.show()
        self._show_top()

    def show_sheet(self, sheet: ItemSheet | Elsewhere) -> None:
        """The same again leaves everything where it is."""
        if sheet == self._sheet:
            return
        same = _name(sheet) == _name(self._sheet)
        self._sheet = sheet
        self._inside.setUpdatesEnabled(False)
        if isinstance(sheet, ItemSheet):
            self._show_item(sheet)
        else:
            self._show_elsewhere(sheet)
        self._offer_edits()
        self._empty.hide()
        self._scroll.show()
        self._show_top()
        self._inside.setUpdatesEnabled(True)
        follow_layout(self)
        if not same:
            self._scroll.verticalScrollBar().setValue(0)

    def _show_item(self, sheet: ItemSheet) -> None:
        item = sheet.item
        self._heading.set_text(item.name)
        self._say_chips(
            (handling_mark(item), Mood.INFO),
            (item.mode.label, Mood.PLAIN),
            (item.category, Mood.PLAIN),
        )
        self._say_names(item, sheet.former)
        self._say_version(sheet)
        self._facts.show_facts(guide_words.facts(item), self._scroll.viewport().width())
        self._facts.show()
        self.papers.show()
        offered = sheets_of(item)
        for one, button in self.on_paper.items():
            button.setVisible(one in offered)
        may = sheet.shown.stands is InForce.NOW and not guide_words.why_not_registered(item)
        self.register.setVisible(may)
        self._no_register.set_text(guide_words.why_not_registered(item))
        self._no_register.setVisible(bool(self._no_register.text()))
        if self._views:
            self._show_rest(sheet)
        else:
            # The first time much is made: in a turn of its own, so that the head is there at once.
            QTimer.singleShot(0, self, partial(self._show_rest, sheet))

    def _show_rest(self, sheet: ItemSheet) -> None:
        if self._sheet is not sheet:
            return
        self._show_sections(guide_words.sections(sheet.item), sheet.item)
        self.versions.show_versions(sheet.versions, sheet.shown)
        self.versions.show()
        self._show_top()
        follow_layout(self)

    def _show_elsewhere(self, sheet: Elsewhere) -> None:
        self._heading.set_text(sheet.name)
        mark = (self.tr("不予开具"), Mood.WARN) if sheet.ask else (self.tr("已取消"), Mood.PAUSED)
        self._say_chips(mark)
        self._names.set_text(self.tr("也叫：{name}").format(name=sheet.called))
        self._names.setVisible(bool(sheet.called))
        if sheet.ask:
            self.banner.say(
                Mood.WARN,
                self.tr("村（社区）不能开这个证明，请找{office}。").format(office=sheet.ask),
            )
        elif sheet.since is not None:
            told = self.tr("{day}起取消，不用再办。").format(day=words.day(sheet.since))
            self.banner.say(Mood.INFO, told)
        else:
            self.banner.say(Mood.INFO, self.tr("已经取消，不用再办。"))
        self.banner.show()
        for widget in (
            self._facts, self.papers, self.register, self._no_register, self.versions
        ):  # fmt: skip
            widget.hide()
        self._show_sections(guide_words.elsewhere_sections(sheet.ask, sheet.instead), None)

    def _say_chips(self, *chips: tuple[str, Mood]) -> None:
        cleared(self._chip_row)
        for text, mood in chips:
            self._chip_row.addWidget(Chip(text, mood, "" if mood is Mood.INFO else None))

    def _say_names(self, item: Item, former: tuple[str, ...]) -> None:
        told = []
        if former:
            told.append(self.tr("原来叫：{names}").format(names=self.tr("、").join(former)))
        others = [name for name in item.aliases if name not in former]
        if others:
            told.append(self.tr("也叫：{names}").format(names=self.tr("、").join(others)))
        told.append(self.tr("事项编号：{id}").format(id=item.id))
        self._names.set_text("\n".join(told))
        self._names.show()

    def _say_version(self, sheet: ItemSheet) -> None:
        shown, coming = sheet.shown, sheet.coming
        self.banner.show()
        if sheet.ends is not None and shown.stands is not InForce.PAST:
            said = (
                self.tr("{day}起取消：{reason}")
                if not sheet.ends.into
                else self.tr("{day}起并入别的事项：{reason}")
            )
            self.banner.say(
                Mood.WARN, said.format(day=words.day(sheet.ends.on), reason=sheet.ends.reason)
            )
            return
        current = any(one.stands is InForce.NOW for one in sheet.versions)
        back = self.tr("看现行的") if current else None
        if shown.stands is InForce.PAST:
            self.banner.say(Mood.PAUSED, self.tr("这是以前的规定，现在不用了。"), back)
        elif shown.stands is InForce.COMING:
            said = self.tr("这是将要实行的规定，{day}起这样办。")
            self.banner.say(Mood.INFO, said.format(day=_day(shown)), back)
        elif coming is not None:
            said = self.tr("{day}起有新规定，改动：{what}。")
            changed = self.tr("、").join(coming.changed) or self.tr("名称等")
            said = said.format(day=_day(coming), what=changed)
            self.banner.say(Mood.INFO, said, self.tr("看新规定"))
        elif sheet.merged is not None:
            said = self.tr("您找的事项{day}起并到这一项：{reason}")
            ended = sheet.merged
            self.banner.say(Mood.INFO, said.format(day=words.day(ended.on), reason=ended.reason))
        else:
            self.banner.hide()

    def _show_sections(self, sections: tuple[Section, ...], item: Item | None) -> None:
        boxes = self._boxes(item) if item is not None else []
        if (sections, boxes) == self._told:
            return
        self._told = sections, boxes
        cleared(self._sections)
        self._views = []
        for section in sections:
            drawing = None
            if section.part is Part.STEPS and boxes:
                drawing = FlowChart()
                drawing.show_boxes(boxes)
            view = SectionView(section, drawing)
            self._views.append(view)
            self._sections.addWidget(view)

    def _boxes(self, item: Item) -> list[Box]:
        return [
            Box(
                name=step.name,
                by=guide_words.step_by(step.by),
                days=guide_words.step_days(item, step),
                ours=step.by is self._ours,
            )
            for step in item.steps
        ]

    def _show_top(self) -> None:
        parts = {view.part for view in self._views} if isinstance(self._sheet, ItemSheet) else set()
        for part, pill in self.anchors.items():
            pill.setVisible(part in parts)
        self._top.setVisible(bool(parts) or not self.back.isHidden())

    # --- moving about -----------------------------------------------------------------------------

    def go_to(self, part: Part) -> None:
        """Scroll until the first section of a part is the first thing one sees."""
        view = next((view for view in self._views if view.part is part), None)
        if view is not None:
            self._column.activate()
            self._scroll.verticalScrollBar().setValue(view.y())

    def scrolled(self) -> int:
        """How far the guide is scrolled, in pixels."""
        return self._scroll.verticalScrollBar().value()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self._scroll.verticalScrollBar()
        step = {Qt.Key.Key_PageDown: bar.pageStep(), Qt.Key.Key_PageUp: -bar.pageStep()}
        if event.key() in step:
            bar.setValue(bar.value() + step[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if isinstance(self._sheet, ItemSheet):
            self._facts.show_facts(guide_words.facts(self._sheet.item), self.width())

    def _on_banner_acted(self) -> None:
        sheet = self._sheet
        if isinstance(sheet, ItemSheet):
            coming = sheet.coming
            ahead = sheet.shown.stands is InForce.NOW and coming is not None
            self.version_asked.emit(coming.number if ahead and coming is not None else None)


def _name(sheet: ItemSheet | Elsewhere | None) -> str:
    if sheet is None:
        return ""
    return sheet.item.id if isinstance(sheet, ItemSheet) else sheet.name


def _day(version: Version) -> str:
    return words.day(version.effective) if version.effective is not None else ""
