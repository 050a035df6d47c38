"""区里的规定: what the district has published in limits and telephones, and from when; seen by all."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.settings import Settings
from ui.desktop import look, words
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space, TextKind
from ui.desktop.pages.settings.district_dialog import DistrictDialog
from ui.desktop.pages.settings.district_presenter import DistrictPresenter, DistrictRules
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.text import Text
from ui.rule_wording import LIMITS

_SHOWN = ("forwarding_days", "taking_over_days", "examination_days", "delivery_days")


class DistrictCard(Card):
    def __init__(
        self, desk: Desk, presenter: DistrictPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__("", "", parent)
        self.set_title(self.tr("区里的规定"))
        self._desk, self._presenter = desk, presenter
        self._rules: DistrictRules | None = None
        self.limits = Text()
        self.phones = Text("", TextKind.SECONDARY)
        self.coming = Text("", TextKind.SECONDARY)
        self.open = Button(self.tr("查看全部"), icon="list")
        self.open.setEnabled(False)
        for text in (self.limits, self.phones, self.coming):
            self.add(text)
        row = look.row(Space.S)
        row.addWidget(self.open)
        row.addStretch(1)
        self.add(row)
        self.open.clicked.connect(self._on_open)
        presenter.told.connect(self._on_told)
        presenter.published.connect(self._on_published)

    def _on_told(self, rules: DistrictRules) -> None:
        self._rules = rules
        now, coming = rules.current, rules.coming
        self.open.setEnabled(True)
        may = self._presenter.may_publish
        self.open.set_text(self.tr("查看和修改") if may else self.tr("查看全部"))
        limits = "，".join(f"{LIMITS[field][0]} {getattr(now, field)}" for field in _SHOWN)
        self.limits.set_text(self.tr("{limits} 个工作日").format(limits=limits))
        phones = [
            self.tr("窗口电话 {phone}").format(phone=now.window_phone) if now.window_phone else "",
            self.tr("监督电话 {phone}").format(phone=now.supervision_phone)
            if now.supervision_phone
            else "",
        ]
        said = "，".join(filter(None, phones))
        self.phones.set_text(said or self.tr("还没有公布窗口电话和监督电话"))
        self.coming.setVisible(coming is not None)
        if coming is not None:
            day = words.day(coming.effective)
            self.coming.set_text(self.tr("{day}起有新的规定").format(day=day))

    def _on_open(self) -> None:
        if self._rules is not None:
            DistrictDialog(self._rules, self._presenter, self.window()).open()

    def _on_published(self, settings: Settings) -> None:
        day = words.day(settings.effective)
        self._desk.say(Mood.GOOD, self.tr("已经公布，{day}起生效。").format(day=day))
