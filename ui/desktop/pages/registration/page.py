"""登记: the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.items import Item
from app.store.drafts import Draft
from app.usecases.catalogue import Suggested
from ui.desktop import look, words
from ui.desktop.desk import Desk
from ui.desktop.pages.names import PageName
from ui.desktop.pages.page import DeskPage
from ui.desktop.pages.registration.filling import Filling
from ui.desktop.pages.registration.presenter import RegistrationPresenter
from ui.desktop.pages.registration.receipt import Receipt
from ui.desktop.pages.registration.result import Result
from ui.desktop.widgets.button import Button, ButtonKind, MenuButton, MenuEntry


class RegistrationPage(DeskPage):
    """The form, or what came of it; the drafts by its head."""

    name = PageName.REGISTRATION

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.presenter = RegistrationPresenter(desk, self)
        self._greeted = False
        self._make()
        self._assemble()
        self._connect()

    def _make(self) -> None:
        self.drafts = MenuButton(
            self.tr("没有登记完的草稿"), icon="pencil", text="", kind=ButtonKind.QUIET
        )
        self.anew = Button(
            self.tr("另填一份"), icon="file-plus", kind=ButtonKind.QUIET, key="Ctrl+N"
        )
        self._result: Result | None = None
        self.filling = Filling(self.desk, self.presenter)

    def _assemble(self) -> None:
        for action in (self.drafts, self.anew):
            self.filling.frame.add_action(action)
        look.column(0, parent=self).addWidget(self.filling)
        self._show_drafts()
        self.filling.show_form()

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.registered.connect(self._on_registered)
        presenter.drafting.listed.connect(self._on_drafts_listed)
        self.anew.clicked.connect(self._on_anew)
        self.filling.draft_refused.connect(self._on_anew)
        self.desk.locked.connect(presenter.drafting.keep)
        self.desk.operator_changed.connect(self._on_operator_changed)

    # --- the page ---------------------------------------------------------------------------------

    @override
    def help_text(self) -> str:
        return self.tr(
            "先选事项：打名称、旧称或拼音首字母，回车选中。\n"
            "再打申请人的姓名、拼音或证件后四位，办过事的会列出来，回车就填好。\n"
            "回车到下一项，空格打勾，Esc 退回上一项；Alt+A 把必备材料全部打勾。\n"
            "材料没带齐也能登记，回执会写明要补什么。\n"
            "按 Alt+P 用高拍仪、扫描仪给选中的材料拍照、扫描；图片和 PDF 可以拖到那一行，也可以 Ctrl+V 粘贴。\n"
            "扫描的页在材料下面：回车看大图，Ctrl+左右键换位置，R 转向，Delete 移走。\n"
            "Ctrl+回车 登记并打印回执。填到一半离开，草稿会自动保存。\n"
            "登记好以后，同一个人或同一户还要办的，按“同一来访再办一件”“同户另一人”，最后打一张合并回执。\n"
            "监护人、委托人等按 Alt+D 添加；绿色通道、工作人员亲属、代书见证按 Alt+M。"
        )

    @override
    def refresh(self) -> None:
        self.presenter.look_around()

    @override
    def receive(self, subject: object) -> None:
        """A draft, or an item (itself, its id or name) to begin with."""
        if self._shows_result():
            self._on_anew()
        self._greeted = True
        match subject:
            case Draft():
                self.presenter.open_draft(subject)
            case Suggested(item=Item() as item) | (Item() as item):
                self.presenter.take_named(item.id)
                self.filling.applicant.name.setFocus(Qt.FocusReason.OtherFocusReason)
            case str() if subject:
                self.presenter.take_named(subject)
                self.filling.applicant.name.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def print_paper(self) -> None:
        if self._shows_result():
            self.result.aftermath.print_again()
        else:
            super().print_paper()

    @override
    def focus_first(self) -> None:
        if self._shows_result():
            self._end_visit()
        self.filling.focus_item()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._shows_result():
            self._end_visit()
        elif event.key() == Qt.Key.Key_Escape:
            self.filling.step_back()
        else:
            super().keyPressEvent(event)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.presenter.drafting.keep()

    # --- what comes of it -------------------------------------------------------------------------

    def _on_registered(self, receipt: Receipt) -> None:
        self.filling.show_instead(self.result)
        self.result.show_receipt(receipt)

    @property
    def result(self) -> Result:
        """Made for the first request that is registered: the form is there sooner without it."""
        if self._result is None:
            self._result = Result(self.desk, self.presenter)
            self._result.next_asked.connect(self._on_anew)
            self._result.another_asked.connect(partial(self._go_on, self.presenter.start_another))
            self._result.household_asked.connect(
                partial(self._go_on, self.presenter.start_household)
            )
            self._result.hide()
        return self._result

    def _shows_result(self) -> bool:
        return self._result is not None and self._result.isVisibleTo(self)

    def _end_visit(self) -> None:
        self.result.end_visit()
        self._on_anew()

    def _on_anew(self) -> None:
        self.presenter.start_anew()
        self.filling.show_form()
        self.filling.focus_item()

    def _go_on(self, start: Callable[[], None]) -> None:
        """The visit is not over."""
        start()
        self.filling.show_form()
        self.filling.focus_item()

    def _on_operator_changed(self) -> None:
        """The form was the other person's: it is kept among that person's drafts.

        Whose card has only moved to a new life of the device goes on typing.
        """
        slip = self.presenter.drafting.slip
        if slip.by.name == self.desk.operator.name:
            slip.by = self.desk.operator
            return
        self._greeted = False
        self.presenter.start_anew()
        if self._result is not None:
            self._result.forget()
        self.filling.show_form()

    # --- drafts -----------------------------------------------------------------------------------

    def _on_drafts_listed(self) -> None:
        self._show_drafts()
        drafting = self.presenter.drafting
        if not self._greeted:
            self._greeted = True
            if drafting.all and self.presenter.is_empty:
                newest = drafting.all[0]
                self.presenter.open_draft(newest)
                self.filling.say_restored(self._when(newest))

    def _show_drafts(self) -> None:
        others = self.presenter.drafting.others
        self.drafts.set_text(
            self.tr("草稿 {n}").format(n=len(others)) if others else self.tr("草稿")
        )
        opening = [
            MenuEntry(
                text=f"{draft.title}　{self._when(draft)}",
                act=partial(self._on_draft_opened, draft),
                icon="pencil",
            )
            for draft in others
        ]
        discarding = [
            MenuEntry(
                text=self.tr("删除草稿：{title}").format(title=draft.title),
                act=partial(self.presenter.drafting.discard, draft),
                icon="trash-2",
            )
            for draft in others
        ]
        clear = MenuEntry(text=self.tr("清空正在填的这一份"), act=self._on_clear, icon="eraser")
        self.drafts.set_entries([*opening, *discarding, clear])

    def _on_draft_opened(self, draft: Draft) -> None:
        self.presenter.open_draft(draft)
        self.filling.show_form()
        self.filling.focus_item()

    def _on_clear(self) -> None:
        self.presenter.clear()
        self.filling.show_form()
        self.filling.focus_item()

    def _when(self, draft: Draft) -> str:
        return words.moment(draft.saved_ms, self.presenter.today or words.at(draft.saved_ms).date())
