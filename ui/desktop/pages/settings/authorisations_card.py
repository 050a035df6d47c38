"""书面授权: which approver may decide which items, until when, by which document; seen by all."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.events import Role
from ui.desktop import words
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.pages.settings.arrangements import (
    Arrangements,
    ArrangementsPresenter,
    AuthorisationLine,
)
from ui.desktop.pages.settings.authorise_dialog import AuthoriseDialog
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.dialogs import Question, tell
from ui.desktop.widgets.row_list import Row, RowList

_NAMED = 2


class AuthorisationsCard(Card):
    def __init__(
        self, desk: Desk, presenter: ArrangementsPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__("", "", parent)
        self.set_title(self.tr("书面授权"))
        self._desk, self._presenter = desk, presenter
        self._seen: Arrangements | None = None
        self.new = Button(self.tr("写授权"), icon="stamp")
        self.rows = RowList()
        self.rows.set_empty_text(
            self.tr("没有书面授权：只有负责人能作决定。负责人可以把事项写明授权给审批人。")
        )
        self.header_right(self.new)
        self.add(self.rows)
        self.new.clicked.connect(self._on_new)
        self.rows.opened.connect(self._on_opened)
        presenter.told.connect(self._on_told)

    def _on_told(self, seen: Arrangements) -> None:
        self._seen = seen
        self.new.setVisible(self._presenter.is_head)
        self.rows.show_rows([self._row(n, one) for n, one in enumerate(seen.authorisations)])

    def _row(self, n: int, line: AuthorisationLine) -> Row:
        told = line.notice.told
        over = self._seen is not None and told.until < self._seen.today
        chip = (
            self.tr("有效") if line.in_force else self.tr("已到期") if over else self.tr("还没开始")
        )
        return Row(
            key=n,
            chip=chip,
            mood=Mood.GOOD if line.in_force else Mood.PLAIN,
            title=line.name,
            detail=self._what(line),
            right=self.tr("到 {day}").format(day=words.day(told.until)),
        )

    def _what(self, line: AuthorisationLine) -> str:
        if not line.items:
            return self.tr("本站决定的全部事项")
        named = "、".join(line.items[:_NAMED])
        if len(line.items) <= _NAMED:
            return named
        return self.tr("{named}等 {n} 项").format(named=named, n=len(line.items))

    def _on_new(self) -> None:
        if self._seen is None:
            return
        approvers = [one for one in self._seen.people if Role.APPROVER in one.roles]
        if not approvers:
            self._desk.say(
                Mood.INFO, self.tr("本站还没有审批人。请先添加，或者给一位操作员加上审批人的角色。")
            )
            return
        AuthoriseDialog(self._seen, self._presenter, self.window()).open()

    def _on_opened(self, n: object) -> None:
        if self._seen is None:
            return
        line = self._seen.authorisations[int(str(n))]
        if not self._presenter.is_head:
            tell(
                self.window(), self.tr("书面授权：{name}").format(name=line.name), self._whole(line)
            )
            return
        after = self.tr("收回以后，{name}不能再决定这些事项；已经作出的决定有效。")
        question = Question(
            self.tr("书面授权：{name}").format(name=line.name),
            f"{self._whole(line)}\n\n{after.format(name=line.name)}",
            self.tr("收回授权"),
            ButtonKind.DANGER,
            self.tr("不收回"),
            self.window(),
        )
        question.accepted.connect(lambda: self._presenter.withdraw(line.notice))
        question.open()

    def _whole(self, line: AuthorisationLine) -> str:
        told = line.notice.told
        items = "、".join(line.items) if line.items else self.tr("本站决定的全部事项")
        said = [
            self.tr("事项：{items}").format(items=items),
            self.tr("期限：{since}至{until}").format(
                since=words.day(told.since), until=words.day(told.until)
            ),
        ]
        if told.document:
            said.append(self.tr("文号：{document}").format(document=told.document))
        return "\n".join(said)
