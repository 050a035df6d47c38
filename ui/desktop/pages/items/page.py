"""事项 as it is seen: the catalogue at the left, the guide of the one that is selected at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.items import Item
from app.usecases.catalogue import Suggested, Why
from app.usecases.item_sheets import ItemSheet as PaperSheet
from app.usecases.item_sheets import sheets_of
from ui.desktop import look
from ui.desktop.desk import Desk
from ui.desktop.look import Mood, Space
from ui.desktop.pages.cases.split import Arrangement, CaseSplit
from ui.desktop.pages.items import plain_text
from ui.desktop.pages.items.editing.keeping import Keeping
from ui.desktop.pages.items.editing.place import EditorPlace
from ui.desktop.pages.items.guide import Guide
from ui.desktop.pages.items.listing import Listing, category_options, how_many
from ui.desktop.pages.items.presenter import ItemsPresenter
from ui.desktop.pages.items.sheet import Elsewhere, ItemSheet
from ui.desktop.pages.items.sheets import offers
from ui.desktop.pages.items.table import ItemTable
from ui.desktop.pages.names import PageName
from ui.desktop.pages.page import DeskPage
from ui.desktop.sheet_preview import SheetPreview
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.empty_state import EmptyState
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.page_frame import PageFrame
from ui.desktop.widgets.table_view import CellKind, Column, TableView

if TYPE_CHECKING:
    from ui.desktop.pages.items.editing.editor import Editor

_SEARCH_UNITS: Final = 320
_CHOICE_UNITS: Final = 220
_ROW_UNITS: Final = 52
_TYPING_MS: Final = 120


class ItemsPage(DeskPage):
    name = PageName.ITEMS

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.presenter = ItemsPresenter(desk, self)
        self._empty_catalogue = False
        self._follows = True
        self._make()
        self._assemble()
        self._connect()

    # --- made of ----------------------------------------------------------------------------------

    def _make(self) -> None:
        self._frame = PageFrame(self.tr("事项"))
        self.search = LineEdit(self.tr("名称、俗称、旧名、拼音首字母"), icon="search")
        self.search.setAccessibleName(self.tr("查找事项"))
        self.search.setClearButtonEnabled(True)
        self.category = Choice([(self.tr("全部事项"), None)])
        self.category.setAccessibleName(self.tr("按类别筛选"))
        self._filters = QWidget()
        self._table = ItemTable(self)
        self.list = TableView(name=self.tr("事项列表"))
        self.list.setModel(self._table)
        self.list.set_row_units(_ROW_UNITS)
        self.list.columns(
            [
                Column(width=180, stretch=1, kind=CellKind.TWO_LINES),
                Column(width=124, kind=CellKind.CHIP),
            ]
        )
        self.empty = EmptyState("book-open", "")
        self.list.set_empty(self.empty)
        self.guide = Guide(self.desk.station.tier)
        self.keeping = Keeping(self.desk, self)
        self.editing = EditorPlace(self.desk)
        self.preview = SheetPreview(self.desk)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)

    def _assemble(self) -> None:
        filters = look.flow(Space.S, parent=self._filters)
        filters.addWidget(look.sized(self.search, width=_SEARCH_UNITS))
        filters.addWidget(look.sized(self.category, width=_CHOICE_UNITS))
        listing = Card()
        listing.add(self.list, 1)
        self.split = CaseSplit(listing, self.guide)
        self._frame.body.addWidget(self._filters)
        self._frame.body.addWidget(self.split, 1)
        self._frame.body.addWidget(self.editing, 1)
        self._frame.body.addWidget(self.preview, 1)
        self._frame.add_action(self.keeping.new)
        self._frame.add_action(self.keeping.more)
        self.keeping.show_buttons(True)
        look.column(Space.NONE, parent=self).addWidget(self._frame)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._typing.start)
        self._typing.timeout.connect(self._on_typed)
        self.search.entered.connect(self._on_entered)
        self.category.chosen.connect(self._on_category)
        self.presenter.listed.connect(self._on_listed)
        self.presenter.shown.connect(self._on_shown)
        self.presenter.unknown.connect(self._on_unknown)
        self.list.opened.connect(self._on_opened)
        self.list.clicked.connect(self._on_opened)
        self.list.current_changed.connect(self._on_current)
        self.empty.acted.connect(self._on_empty_acted)
        self.split.arranged.connect(self._on_arranged)
        self.guide.back_asked.connect(self.close_guide)
        self.guide.register_asked.connect(self._on_register)
        self.guide.copy_asked.connect(self._on_copy)
        self.guide.version_asked.connect(self.presenter.show_version)
        self.guide.edit_asked.connect(self.edit)
        self.guide.sheet_asked.connect(self.show_on_paper)
        self.preview.closed.connect(self._on_turned)
        self.guide.withdraw_asked.connect(self.keeping.ask_withdraw)
        self.keeping.edit_asked.connect(self.edit)
        self.on_keys("Esc", self._on_escape)
        self.on_keys("Ctrl+Return", self.editing.finish)
        self.editing.turned.connect(self._on_turned)
        self.desk.operator_changed.connect(self._on_seated)
        self.guide.stand(self.split.arrangement)

    # --- as a page --------------------------------------------------------------------------------

    @override
    def help_text(self) -> str:
        return self.tr(
            "这里是全部事项和它们的办事指南。上面可以按名称、俗称、旧名或者拼音首字母查，"
            "例如“低保”或者“db”。\n\n"
            "上下键选一项，回车打开。指南上面的“材料”“时限”等跳到那一段，PageDown 往下翻，Esc 回到列表。\n\n"
            "“办事指南”“流程图”“样表”“空白申请表”先看样子，再按 F9 打印；指南和流程图还有张贴用的 A3。\n\n"
            "“登记这一项”直接去登记。“复制成文字”可以贴到微信群里。\n\n"
            "村（社区）不能开的证明也查得到，会告诉您该找谁。\n\n"
            "区里的负责人在这里改事项：选一项按“编辑”，改好发布，从选定的那天起成为新的一版；"
            "“目录”里可以导出、导入 Excel，看压缩率、进驻率和授权率。"
        )

    @override
    def refresh(self) -> None:
        self.presenter.refresh()

    @override
    def receive(self, subject: object) -> None:
        """An item, its id, what a search has found, or a text to search for."""
        self.editing.close_editor()
        self.preview.close_preview()
        match subject:
            case Suggested():
                self._open(subject)
            case Item():
                self._open(Suggested(item=subject, called=subject.name, why=Why.ID))
            case str() if subject:
                self._follows = False
                self.presenter.show_named(subject)
                self.split.open_detail()

    @override
    def focus_first(self) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- the list ---------------------------------------------------------------------------------

    def _on_typed(self) -> None:
        self._typing.stop()
        text = self.search.text().strip()
        if text != self.presenter.wanted.text:
            self._follows = True
            self.presenter.want(text=text)

    def _on_category(self, category: object) -> None:
        self._follows = True
        self.presenter.want(category=category)

    def _on_entered(self) -> None:
        self._on_typed()
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        if self._table.rowCount() and self.list.current_row() < 0:
            self.list.select_row(0)

    def _on_listed(self, listing: Listing) -> None:
        self._empty_catalogue = listing.items == 0
        self._frame.set_note(how_many(listing))
        self._show_filters()
        self._offer_categories(listing)
        self._say_empty()
        self._table.show(listing.lines)
        self._mark_shown()
        listed = self._table.row_of(self.presenter.key) is not None
        if self._follows and not listed and listing.lines and self.split.has_room:
            self._open(listing.lines[0].found)
        self._follows = False

    def _mark_shown(self) -> None:
        """The row of what is looked at, if it is listed."""
        row = self._table.row_of(self.presenter.key)
        if row is None:
            self.list.clearSelection()
        elif row != self.list.current_row():
            self.list.select_row(row)

    def _offer_categories(self, listing: Listing) -> None:
        wanted = self.presenter.wanted.category
        self.category.set_options(category_options(listing))
        self.category.set_value(wanted)

    def _say_empty(self) -> None:
        if self._empty_catalogue:
            self.empty.say(
                "book-open",
                self.tr("还没有收到事项目录"),
                self.tr("目录由区里发布，与区中心交换一次就会收到。"),
                self.tr("立即交换"),
            )
        else:
            self.empty.say(
                "search",
                self.tr("没有找到事项"),
                self.tr("换个说法，或者用拼音首字母再查。"),
                self.tr("看全部事项"),
            )

    def _on_empty_acted(self) -> None:
        if self._empty_catalogue:
            self.desk.exchanger.exchange_now()
            self.desk.say(Mood.INFO, self.tr("正在与区中心交换，收到目录就会列出。"))
            return
        self.search.clear()
        self._typing.stop()
        self.presenter.want(text="", category=None)

    # --- the editor -------------------------------------------------------------------------------

    @property
    def editor(self) -> Editor | None:
        """None before anybody edits."""
        return self.editing.editor

    def edit(self, item_id: str) -> None:
        """The next version of an item in place of the list and the guide; without an id a new item."""
        if self.keeping.may_edit:
            self.preview.close_preview()
            self.editing.edit(item_id)

    def _on_turned(self) -> None:
        is_open = self.editing.is_open or self.preview.is_open
        self.split.setVisible(not is_open)
        self.keeping.show_buttons(not is_open)
        self._show_filters()
        if not is_open:
            self.refresh()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_seated(self) -> None:
        """Whoever sits down now may not keep the catalogue; the draft stays."""
        if not self.keeping.may_edit:
            self.editing.close_editor()

    def _on_escape(self) -> None:
        if self.preview.is_open:
            self.preview.close_preview()
        elif self.editing.is_open:
            self.editing.close_editor()
        else:
            self.close_guide()

    # --- on paper ---------------------------------------------------------------------------------

    def show_on_paper(self, sheet: object = PaperSheet.GUIDE) -> None:
        """The item's guide, chart and forms in place of the list and the guide, beginning with one of them."""
        shown = self.guide.sheet
        if isinstance(shown, ItemSheet) and isinstance(sheet, PaperSheet):
            first = sheets_of(shown.item).index(sheet)
            self.preview.show_sheets(offers(shown.item), first)
            self._on_turned()

    @override
    def print_paper(self) -> None:
        """F9: what is previewed; else the preview of the item that is looked at."""
        if self.preview.is_open:
            self.preview.print_sheet()
        elif isinstance(self.guide.sheet, ItemSheet) and not self.editing.is_open:
            self.show_on_paper()
        else:
            self.desk.say(Mood.INFO, self.tr("请先选一个事项，再按 F9 看指南、打印。"))

    # --- the guide --------------------------------------------------------------------------------

    def _on_shown(self, sheet: object) -> None:
        if isinstance(sheet, ItemSheet | Elsewhere):
            self.guide.set_editable(self.keeping.may_edit)
            self.guide.show_sheet(sheet)
            self._mark_shown()

    def close_guide(self) -> None:
        """Back to the list; where both are seen, only the keyboard goes there."""
        if self.split.arrangement is Arrangement.DETAIL:
            self.presenter.close()
            self.guide.show_nothing()
            self.split.close_detail()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, found: Suggested) -> None:
        self._follows = False
        self.presenter.show(found)
        self.split.open_detail()
        self._mark_shown()

    def _on_opened(self, index: QModelIndex) -> None:
        line = self._table.line(index.row())
        if line is not None:
            self._open(line.found)

    def _on_current(self, index: QModelIndex) -> None:
        """Beside an open guide the keys go through the catalogue."""
        line = self._table.line(index.row()) if index.isValid() else None
        beside = self.split.arrangement is Arrangement.BESIDE
        if line is not None and beside and line.key != self.presenter.key:
            self.presenter.show(line.found)

    def _on_unknown(self, asked: str) -> None:
        """No name of anything: then it is something to search for."""
        self.presenter.close()
        self.guide.show_nothing()
        self.split.close_detail()
        self.search.setText(asked)
        self._on_typed()

    def _on_arranged(self, now: Arrangement) -> None:
        self._show_filters()
        self.guide.stand(now)

    def _show_filters(self) -> None:
        """Only where there is a list to narrow."""
        listed = self.split.arrangement is not Arrangement.DETAIL
        away = self._empty_catalogue or self.editing.is_open or self.preview.is_open
        self._filters.setVisible(listed and not away)

    def _on_register(self) -> None:
        sheet = self.guide.sheet
        if isinstance(sheet, ItemSheet):
            self.desk.go(PageName.REGISTRATION, sheet.item.id)

    def _on_copy(self) -> None:
        sheet = self.guide.sheet
        if sheet is None:
            return
        if isinstance(sheet, ItemSheet):
            text = plain_text.of_item(sheet, self.desk.station.name)
        else:
            text = plain_text.of_elsewhere(sheet)
        QGuiApplication.clipboard().setText(text)
        self.desk.say(Mood.GOOD, self.tr("已复制，可以贴到微信群里。"))
