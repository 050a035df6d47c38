"""Who will be away, who stands in, and on which days."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from app.errors import DaibanError
from ui.desktop.look.mood import Mood
from ui.desktop.pages.settings.arrangements import Arrangements, ArrangementsPresenter
from ui.desktop.pages.settings.labelled import Labelled
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.day_edit import DayEdit
from ui.desktop.widgets.dialogs import FormDialog
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.form_walk import FormWalk
from ui.desktop.widgets.line_edit import LineEdit


class AwayDialog(FormDialog):
    """One's own absence anybody may write; others' a head. Accepted when it is written."""

    def __init__(
        self, seen: Arrangements, presenter: ArrangementsPresenter, parent: QWidget | None = None
    ) -> None:
        note = _tr("代理期间，外出的人要办的件、要接手的件，代理也看得到、办得了，并记明是代办。")
        super().__init__(_tr("登记外出"), _tr("登记"), parent, note=note)
        self._presenter = presenter
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        own = [one for one in seen.people if one.ref == presenter.own]
        others = [one for one in seen.people if one.ref != presenter.own]
        may = [*own, *others] if presenter.is_head else own
        self.who = Choice([(one.name, one.name) for one in may])
        self.deputy = Choice([(one.name, one.name) for one in (*others, *own)])
        self.since, self.until = DayEdit(seen.today), DayEdit(seen.today)
        self.since.set_day(seen.today)
        self.note = LineEdit(_tr("如：参加培训"))
        self.since_field = Field(_tr("从哪天起"), self.since)
        self.until_field = Field(_tr("到哪天止（含这一天）"), self.until)
        note_field = Field(_tr("原因"), self.note, optional=True)
        self.add(Labelled(_tr("谁外出"), self.who))
        self.add(Labelled(_tr("谁代理"), self.deputy))
        for field in (self.since_field, self.until_field, note_field):
            field.spare_message_room()
            self.add(field)
        walk = FormWalk(self, [self.who, self.deputy, self.since, self.until, self.note])
        walk.finished.connect(self.ok_requested)
        self.ok_requested.connect(self._on_ok)
        presenter.done.connect(self._on_done)
        presenter.refused.connect(self._on_refused)

    def _on_ok(self) -> None:
        fine = True
        for field, day in ((self.until_field, self.until), (self.since_field, self.since)):
            field.quiet()
            if day.day() is None:
                field.say(Mood.BAD, _tr("请写日期，如 11-21。"))
                day.setFocus()
                fine = False
        since, until = self.since.day(), self.until.day()
        if fine and since is not None and until is not None:
            self.set_busy(True)
            who, deputy = str(self.who.value()), str(self.deputy.value())
            self._presenter.away(who, deputy, since, until, self.note.text())

    def _on_done(self, _act: str) -> None:
        self.accept()

    def _on_refused(self, _error: DaibanError, said: str) -> None:
        self.set_busy(False)
        self.say(Mood.BAD, said)


def _tr(text: str) -> str:
    return QCoreApplication.translate("AwayDialog", text)
