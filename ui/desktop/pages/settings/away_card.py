"""外出和代理: who is away, who stands in, on which days; seen by all."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.desktop import words
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.pages.settings.arrangements import Arrangements, ArrangementsPresenter, AwayLine
from ui.desktop.pages.settings.away_dialog import AwayDialog
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.dialogs import confirm
from ui.desktop.widgets.row_list import Row, RowList


class AwayCard(Card):
    def __init__(
        self, desk: Desk, presenter: ArrangementsPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__("", "", parent)
        self.set_title(self.tr("外出和代理"))
        self._desk, self._presenter = desk, presenter
        self._seen: Arrangements | None = None
        self.new = Button(self.tr("登记外出"), icon="calendar-clock")
        self.new.setEnabled(False)
        self.rows = RowList()
        self.rows.set_empty_text(self.tr("现在没有人外出。外出时指定一位代理，件就不会停下。"))
        self.header_right(self.new)
        self.add(self.rows)
        self.new.clicked.connect(self._on_new)
        self.rows.opened.connect(self._on_opened)
        presenter.told.connect(self._on_told)

    def _on_told(self, seen: Arrangements) -> None:
        self._seen = seen
        self.new.setEnabled(len(seen.people) > 1)
        self.rows.show_rows([self._row(n, one) for n, one in enumerate(seen.absences)])

    def _row(self, n: int, line: AwayLine) -> Row:
        told = line.notice.told
        mood = Mood.INFO if line.in_force else Mood.PLAIN
        alone = self.tr("{deputy}也不在岗，请给{name}另指一人").format(
            deputy=line.deputy, name=line.name
        )
        return Row(
            key=n,
            chip=self.tr("代理中") if line.in_force else self.tr("还没开始"),
            mood=Mood.WARN if line.alone else mood,
            title=self.tr("{deputy} 代 {name}").format(deputy=line.deputy, name=line.name),
            detail=alone if line.alone else told.note,
            right=f"{words.bare_day(told.since)} 至 {words.bare_day(told.until)}",
        )

    def _on_new(self) -> None:
        if self._seen is not None:
            AwayDialog(self._seen, self._presenter, self.window()).open()

    def _on_opened(self, n: object) -> None:
        if self._seen is None:
            return
        line = self._seen.absences[int(str(n))]
        if line.notice.told.operator != self._presenter.own and not self._presenter.is_head:
            self._desk.say(Mood.INFO, self.tr("只有本人和负责人能改代理的安排。"))
            return
        ended = confirm(
            self.window(),
            self.tr("{name}回来了？").format(name=line.name),
            self.tr("从现在起{deputy}不再代理，件由{name}自己办。").format(
                deputy=line.deputy, name=line.name
            ),
            self.tr("已经回来"),
        )
        if ended:
            self._presenter.back(line.notice)
