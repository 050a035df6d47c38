"""The editor of an item in the page: the form, what there is to say about it, and publishing."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QDateTime, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from app.usecases.catalogue_editing import Published
from ui.desktop import look, words
from ui.desktop.desk import Desk
from ui.desktop.look import Mood, Size, Space, TextKind
from ui.desktop.pages.items.editing.form_view import FormView
from ui.desktop.pages.items.editing.judging import NEW, Judged, Opening
from ui.desktop.pages.items.editing.panel import ReviewPanel
from ui.desktop.pages.items.editing.presenter import EditingPresenter
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.dialogs import confirm
from ui.desktop.widgets.reading_order import follow_layout
from ui.desktop.widgets.scroll_body import ScrollBody
from ui.desktop.widgets.text import Elided

_BESIDE_FROM: Final = 960
_PANEL_UNITS: Final = 380


class Editor(QWidget):
    """`closed` when somebody goes back to the catalogue; the draft stays unless it was published or thrown away."""

    closed = Signal()
    published = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.presenter = EditingPresenter(desk, self)
        self._opening: Opening | None = None
        self._judged: Judged | None = None
        self._loud = False
        self._make()
        self._assemble()
        self._connect()

    def _make(self) -> None:
        self.back = Button(self.tr("返回"), icon="arrow-left", kind=ButtonKind.QUIET)
        self._title = Elided("", TextKind.HEADING)
        self.discard = Button(self.tr("放弃草稿"), icon="eraser")
        self.publish = Button(
            self.tr("发布"), icon="send", kind=ButtonKind.PRIMARY, shown_key="Ctrl+Return"
        )
        self.banner = Banner(Mood.INFO, "")
        self.form = FormView()
        self.panel = ReviewPanel()

    def _assemble(self) -> None:
        head = QWidget()
        row = look.row(Space.S, parent=head)
        row.addWidget(self.back)
        row.addWidget(self._title, 1)
        row.addWidget(self.discard)
        row.addWidget(self.publish)
        card = Card()
        card.add(self.form)
        inside = QWidget()
        self._body = look.row(Space.L, parent=inside)
        self._body.addWidget(card, 1)
        self._body.addWidget(self.panel)
        self._body.setAlignment(self.panel, Qt.AlignmentFlag.AlignTop)
        self._scroll = ScrollBody(inside)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = look.column(Space.M, parent=self)
        column.addWidget(head)
        column.addWidget(self.banner)
        column.addWidget(self._scroll, 1)
        look.sized(self, min_height=Size.ROW * 6)
        self.banner.hide()

    def _connect(self) -> None:
        self.back.clicked.connect(self.close_editor)
        self.discard.clicked.connect(self._on_discard)
        self.publish.clicked.connect(self.ask_publish)
        self.form.edited.connect(self._on_edited)
        self.panel.field_asked.connect(self.go_to)
        self.panel.day_changed.connect(self._on_day)
        self.presenter.opened.connect(self._on_opened)
        self.presenter.judged.connect(self._on_judged)
        self.presenter.published.connect(self._on_published)
        self.presenter.discarded.connect(self.closed)
        self.presenter.refused.connect(lambda text: self._say(Mood.BAD, text))

    # --- what is edited ---------------------------------------------------------------------------

    @property
    def judged(self) -> Judged | None:
        """What was said last about the form."""
        return self._judged

    def edit(self, item_id: str) -> None:
        """The next version of an item; without an id a new one."""
        self.publish.setEnabled(False)
        self.presenter.edit(item_id)

    def close_editor(self) -> None:
        self.presenter.leave()
        self.closed.emit()

    def go_to(self, name: object) -> None:
        target = self.form.go_to(str(name))
        if target is not None:
            self._scroll.show_widget(target)

    def _on_opened(self, opening: Opening) -> None:
        self._opening = opening
        self._loud = opening.key != NEW
        before = opening.before
        if before is None:
            self._title.set_text(self.tr("新事项"))
        else:
            told = self.tr("{name}：改成第 {n} 版")
            self._title.set_text(told.format(name=before.name, n=before.version + 1))
        self.form.show_form(opening.form, locked=("id",) if before is not None else ())
        day = opening.form.fields.get("effective", "")
        self.panel.show_day(date.fromisoformat(day) if _is_day(day) else None, opening.today)
        self.discard.setVisible(opening.draft is not None)
        if opening.draft is None:
            self.banner.hide()
        else:
            when = QDateTime.fromMSecsSinceEpoch(opening.draft.saved_ms).toString("MM-dd HH:mm")
            told = self.tr("接着改 {who} {when} 存的草稿。")
            self._say(Mood.INFO, told.format(who=opening.draft.editor, when=when))
        self._scroll.verticalScrollBar().setValue(0)
        follow_layout(self)
        self.form.go_to("id" if before is None else "name")

    def _on_edited(self) -> None:
        form = self.form.form()
        fields = dict(form.fields)
        fields.pop("effective", None)
        day = self.panel.day.day()
        if day is not None and self._opening is not None and day != self._opening.today:
            fields["effective"] = day.isoformat()
        self.presenter.touch(type(form)(fields=fields, tables=form.tables))
        self.discard.show()

    def _on_day(self, day: object) -> None:
        wrong = ""
        if not isinstance(day, date):
            wrong = self.tr("这不是日期")
        elif self._opening is not None and day < self._opening.today:
            wrong = self.tr("已经过去，请用今天或者以后的一天")
        if wrong:
            self.panel.day_field.say(Mood.BAD, wrong)
        else:
            self.panel.day_field.quiet()
            self._on_edited()
        self._offer()

    def _on_judged(self, found: Judged) -> None:
        self._judged = found
        self.panel.show_judged(found)
        self.form.show_faults(found.faults if self._loud else ())
        self._offer()

    def _offer(self) -> None:
        found = self._judged
        changed = found is not None and (bool(found.faults) or found.may_publish)
        self.publish.setEnabled(changed and self.panel.day_field.said_mood is not Mood.BAD)

    # --- publishing -------------------------------------------------------------------------------

    def ask_publish(self) -> None:
        """Ask once, with what follows from it; what is missing is shown instead."""
        found = self._judged
        if found is None or not self.publish.isEnabled():
            return
        if found.faults:
            self._loud = True
            self.form.show_faults(found.faults)
            told = self.tr("还有 {n} 处要填写或者改，改好才能发布。")
            self._say(Mood.WARN, told.format(n=len(found.faults)))
            self.go_to(found.faults[0].field)
            return
        day = words.day(self.panel.day.day() or found.item.effective or date.max)
        consequence = self.tr(
            "从{day}起，全区各站都按这一版办“{name}”；在那以前收的件仍按原来的规定。"
            "发布以后不能收回，只能再发布新的一版。"
        ).format(day=day, name=found.item.name)
        if confirm(
            self.window(),
            self.tr("发布第 {n} 版？").format(n=found.item.version),
            consequence,
            self.tr("发布"),
        ):
            self.publish.setEnabled(False)
            self.presenter.publish()

    def _on_published(self, done: Published) -> None:
        for item in done.items:
            told = self.tr("“{name}”第 {n} 版已发布，{day}起生效。")
            day = words.day(item.effective) if item.effective is not None else ""
            self._desk.say(Mood.GOOD, told.format(name=item.name, n=item.version, day=day))
        self.published.emit(done)
        self.closed.emit()

    def _on_discard(self) -> None:
        consequence = self.tr("草稿里填的都会删去；已经发布的目录不变。")
        if confirm(
            self.window(),
            self.tr("放弃这份草稿？"),
            consequence,
            self.tr("放弃"),
            ButtonKind.DANGER,
        ):
            self.presenter.discard()

    def _say(self, mood: Mood, text: str) -> None:
        self.banner.say(mood, text)
        self.banner.show()
        self._offer()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Somebody goes to another page, or the window closes: nothing waits for a pause in typing."""
        super().hideEvent(event)
        self.presenter.settle()

    # --- room -------------------------------------------------------------------------------------

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= look.current().px(_BESIDE_FROM)
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._body.setDirection(direction)
        width = look.current().px(_PANEL_UNITS)
        self.panel.setMinimumWidth(width if beside else 0)
        self.panel.setMaximumWidth(width if beside else _NO_LIMIT)


_NO_LIMIT: Final = 16777215  # QWIDGETSIZE_MAX, which the bindings leave out


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
