"""What is asked before files are archived, appraised, destroyed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from app.domain.archive import period_label
from app.domain.events import Appraisal
from app.domain.items import Retention
from ui.desktop.look.mood import Mood
from ui.desktop.pages.settings.labelled import Labelled
from ui.desktop.widgets.button import ButtonKind
from ui.desktop.widgets.dialogs import FormDialog
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.radio import Radios
from ui.desktop.widgets.text_area import TextArea

_MOST_YEARS = 100


def _tr(text: str) -> str:
    return QCoreApplication.translate("ArchiveDialogs", text)


class ArchiveDialog(FormDialog):
    """`given` a Retention or None, and a file number or nothing; a number only where one file is archived."""

    given = Signal(object, str)

    def __init__(self, count: int, lacking: int, parent: QWidget | None = None) -> None:
        note = _tr("归档以后这一件就锁定了，只能鉴定和打印。档号按年度、保管期限接着编。")
        super().__init__(_tr("归档 {n} 件").format(n=count), _tr("归档"), parent, note=note)
        periods = (Retention.TEN_YEARS, Retention.THIRTY_YEARS, Retention.PERMANENT)
        options: list[tuple[str, object]] = [(period_label(one), one) for one in periods]
        if not lacking:
            options.insert(0, (_tr("按事项的规定"), None))
        label = _tr("保管期限")
        if lacking:
            label = _tr("保管期限（有 {n} 件的事项没有写）").format(n=lacking)
        self.period = Radios(options)
        self.add(Labelled(label, self.period))
        self.number = LineEdit(_tr("不填就自动编"))
        self._number_field = Field(_tr("档号"), self.number, optional=True)
        self._number_field.setVisible(count == 1)
        self.add(self._number_field)
        self.ok_requested.connect(self._on_ok)

    def _on_ok(self) -> None:
        self.given.emit(self.period.value(), self.number.text().strip())
        self.accept()


class AppraiseDialog(FormDialog):
    """`given` the opinion, the reason and the years."""

    given = Signal(object, str, int)

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        note = _tr("同一意见、同一理由的可以一起鉴定；意见不同的请分开。")
        super().__init__(_tr("鉴定 {n} 件").format(n=count), _tr("记下鉴定意见"), parent, note=note)
        self.opinion = Radios(
            [(_tr("可以销毁"), Appraisal.DESTROY), (_tr("继续保存"), Appraisal.EXTEND)]
        )
        self.reason = TextArea(_tr("如：期满，没有继续保存的价值"), lines=2)
        self.years = LineEdit("5")
        self._reason_field = Field(_tr("理由"), self.reason)
        self._years_field = Field(_tr("再保存几年"), self.years)
        self.add(Labelled(_tr("鉴定意见"), self.opinion))
        self.add(self._reason_field)
        self.add(self._years_field)
        self.opinion.chosen.connect(lambda _: self._on_opinion())
        self.ok_requested.connect(self._on_ok)
        self._on_opinion()

    def _on_opinion(self) -> None:
        self._years_field.setVisible(self.opinion.value() is Appraisal.EXTEND)

    def _on_ok(self) -> None:
        reason, years = self.reason.text().strip(), 0
        self._reason_field.quiet()
        self._years_field.quiet()
        if not reason:
            self._reason_field.say(Mood.BAD, _tr("请写理由。"))
            self.reason.setFocus()
            return
        if self.opinion.value() is Appraisal.EXTEND:
            said = self.years.text().strip()
            years = int(said) if said.isdecimal() else 0
            if not 1 <= years <= _MOST_YEARS:
                self._years_field.say(Mood.BAD, _tr("请写 1 到 100 的年数。"))
                self.years.setFocus()
                return
        self.given.emit(self.opinion.value(), reason, years)
        self.accept()


class DestroyDialog(FormDialog):
    """The one question before files are destroyed, with what that means; `given` the reason."""

    given = Signal(str)

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        note = _tr(
            "销毁后不能恢复。区中心核对以后，这 {n} 件的内容从区中心、镇街、村和本机全部删去，"
            "查不到姓名、证件、材料和办理内容；只在销毁清册里留下档号、收件号、事项和经手人。"
        ).format(n=count)
        super().__init__(
            _tr("批准销毁 {n} 件？").format(n=count),
            _tr("批准销毁"),
            parent,
            kind=ButtonKind.DANGER,
            note=note,
        )
        self.reason = TextArea(_tr("不要写当事人的姓名和情况：理由会留在销毁清册里"), lines=2)
        self.reason.set_text(_tr("鉴定意见属实，同意销毁"))
        self._field = Field(_tr("批准意见"), self.reason)
        self._field.spare_message_room()
        self.add(self._field)
        self.ok_requested.connect(self._on_ok)

    def _on_ok(self) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self._field.say(Mood.BAD, _tr("请写批准意见。"))
            return
        self.given.emit(reason)
        self.accept()
