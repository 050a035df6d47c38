"""The search box of the top bar: any page, act, case or item, by Ctrl+K and what is typed or scanned."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.receipt_code import MAX_TEXT
from app.usecases.catalogue import Why
from ui.desktop import look
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space
from ui.desktop.pages.names import PageName
from ui.desktop.pages.page import label
from ui.desktop.widgets.key_hint import KeyHint, key_words
from ui.desktop.widgets.suggest_box import SuggestBox, Suggestion
from ui.desktop.widgets.tips import set_tip
from ui.desktop.window.acts import WindowAct, nature
from ui.desktop.window.findings import Finding, Group
from ui.desktop.window.palette_presenter import PalettePresenter, Target
from ui.desktop.window.rail import MOST_KEYS, PAGE_ICONS


class Palette(SuggestBox):
    """`act_chosen` carries a WindowAct; `stepped_back`: Esc was pressed while no list was open.

    `answered` is the text that the list answers.
    """

    act_chosen = Signal(object)
    stepped_back = Signal()
    leads_to = Signal(object)
    """The PageName that the first line of the list would open; the list is there already."""

    def __init__(
        self, desk: Desk, pages: Sequence[PageName], parent: QWidget | None = None
    ) -> None:
        super().__init__(_tr("姓名、拼音、证件后四位、收件号"), icon="search", parent=parent)
        self._presenter = PalettePresenter(desk, pages, self)
        self._pages = tuple(pages)
        self.answered = ""
        self.setMaxLength(MAX_TEXT)  # a receipt's code is longer than what people write
        self.setAccessibleName(self.tr("查找办件、事项和页面"))
        set_tip(
            self, self.tr("查找办件、事项和页面（Ctrl+K）。扫描回执上的二维码可以直接打开办件。")
        )
        self.asked.connect(self._presenter.ask)
        self.chosen.connect(self._on_chosen)
        self.entered.connect(self._on_entered)
        self._presenter.found.connect(self._on_found)
        self._presenter.opened.connect(self._on_opened)
        self._presenter.act_chosen.connect(self.act_chosen)

        self._hint = KeyHint(nature(WindowAct.FIND).keys[-1], self)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.textChanged.connect(self._suit)

    def begin(self) -> None:
        """Ctrl+K: type here now; what was typed before is replaced."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self.ask_now()

    def _on_found(self, text: str, targets: list[Target]) -> None:
        if text != self.text() or not self.hasFocus():
            return
        self.answered = text
        self.offer([self._suggestion(target) for target in targets])
        first = targets[0] if targets else None
        if isinstance(first, Finding):
            QTimer.singleShot(0, self, partial(self.leads_to.emit, first.page))

    def _suggestion(self, target: Target) -> Suggestion:
        match target:
            case PageName():
                place = self._pages.index(target) + 1
                return Suggestion(
                    title=label(target),
                    value=target,
                    icon=PAGE_ICONS[target],
                    mark=f"Alt {place}" if place <= MOST_KEYS else "",
                    group=_tr("页面"),
                )
            case WindowAct():
                return _of_act(target)
            case Finding():
                return _of_finding(target)

    def _on_chosen(self, target: Target) -> None:
        # A scanner types on while the list still answers what it typed first.
        if self.text() == self.answered:
            self._presenter.open(target)
        else:
            self._on_entered()

    def _on_entered(self) -> None:
        self.dismiss()  # a question that is still to be asked would replace this one
        self._presenter.enter(self.text())

    def _on_opened(self) -> None:
        self.dismiss()
        self.clear()
        self.answered = ""

    def _suit(self) -> None:
        """The key stands at the right end while there is room beside the words."""
        px = look.current().px
        size = self._hint.sizeHint()
        margins = self.textMargins()
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        room = self.width() - margins.left() - 2 * px(Space.M) - words
        self._hint.setVisible(not self.text() and room >= size.width())
        self._hint.setGeometry(
            self.width() - size.width() - px(Space.M),
            (self.height() - size.height()) // 2,
            size.width(),
            size.height(),
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        whole, brief = _tr("姓名、拼音、证件后四位、收件号"), _tr("查找")
        room = self.width() - self.textMargins().left() - 2 * look.current().px(Space.M)
        fits = self.fontMetrics().horizontalAdvance(whole) <= room
        self.setPlaceholderText(whole if fits else brief)
        self._suit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        closed = not self.popup_visible()
        super().keyPressEvent(event)
        if closed and event.key() == Qt.Key.Key_Escape and not self.is_composing():
            self.clear()
            self.stepped_back.emit()


def _of_act(act: WindowAct) -> Suggestion:
    told = nature(act)
    mark = key_words(told.keys[0]) if told.keys else ""
    return Suggestion(title=told.label, value=act, icon=told.icon, mark=mark, group=_tr("操作"))


def _of_finding(finding: Finding) -> Suggestion:
    mark, mood = finding.mark, finding.mood
    if finding.why is Why.NOT_ISSUED:
        mark, mood = _tr("村里不开"), Mood.WARN
    elif finding.why in (Why.RETIRED, Why.WITHDRAWN):
        mark, mood = _tr("旧称"), Mood.PLAIN
    icon, group = {
        Group.CASES: ("folder-open", _tr("办件")),
        Group.REGISTER: ("file-plus", _tr("登记")),
        Group.GUIDES: ("book-open", _tr("办事指南")),
        Group.FILTERS: ("list-filter", _tr("常用筛选")),
    }[finding.group]
    title = finding.title
    if finding.group is Group.REGISTER:
        title = _tr("登记 {item}").format(item=title)
    return Suggestion(
        title=title,
        detail=finding.detail,
        mark=mark,
        mood=mood,
        value=finding,
        icon=icon,
        group=group,
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Palette", text)
