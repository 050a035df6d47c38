"""A month to pick a day from; it opens under a field and closes by itself."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QTableView, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Size, Space, TextKind
from ui.desktop.widgets import painting
from ui.desktop.widgets.button import Button, ButtonKind, IconButton
from ui.desktop.widgets.text import Text


class Calendar(QWidget):
    """Arrows move by days, PageUp and PageDown by months, Enter or a click takes the day."""

    picked = Signal(object)  # date

    def __init__(self, day: date, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.Popup)
        self._today = today
        self._month = Text("", TextKind.STRONG)
        self._month.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._days = _Days(day)
        self._days.activated.connect(self._on_activated)
        self._days.clicked.connect(self._on_activated)
        self._days.currentPageChanged.connect(self._on_page_changed)
        before = IconButton("chevron-left", self.tr("上个月"))
        before.clicked.connect(self._days.showPreviousMonth)
        after = IconButton("chevron-right", self.tr("下个月"))
        after.clicked.connect(self._days.showNextMonth)
        now = Button(self.tr("今天"), kind=ButtonKind.QUIET)
        now.clicked.connect(self._on_today)
        head = look.row(Space.XS)
        head.addWidget(before)
        head.addWidget(self._month, 1)
        head.addWidget(after)
        stack = look.column(Space.XS, (Space.S, Space.S, Space.S, Space.S), self)
        stack.addLayout(head)
        stack.addWidget(self._days, 1)
        stack.addWidget(now, 0, Qt.AlignmentFlag.AlignHCenter)
        look.sized(self, width=Size.CALENDAR, height=Size.CALENDAR)
        self._on_page_changed(day.year, day.month)
        self._days.setFocus()

    def day(self) -> date:
        return _date(self._days.selectedDate())

    def pick(self, day: date) -> None:
        self.picked.emit(day)
        self.close()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        now = look.current()
        painting.plate(
            QPainter(self),
            self.rect(),
            fill=now.theme.paper,
            edge=now.theme.box_edge,
            edge_px=now.px(now.theme.edge_units),
            corner_px=0,
        )

    def _on_page_changed(self, year: int, month: int) -> None:
        self._month.set_text(self.tr("{year}年{month}月").format(year=year, month=month))

    def _on_activated(self, chosen: QDate) -> None:
        self.pick(_date(chosen))

    def _on_today(self) -> None:
        self.pick(self._today)


class _Days(QCalendarWidget):
    def __init__(self, day: date) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("日历"))
        self.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setNavigationBarVisible(False)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        self.setGridVisible(False)
        view = self.findChild(QTableView)
        if isinstance(view, QTableView):
            view.setAccessibleName(self.tr("日历"))
        self._plain_weekdays()
        self.setSelectedDate(QDate(day.year, day.month, day.day))

    def _plain_weekdays(self) -> None:
        """No red Sundays: red means wrong here."""
        theme = look.current().theme
        plain, heads = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(QColor(theme.text))
        heads.setForeground(QColor(theme.secondary))
        heads.setBackground(QColor(theme.paper))
        for weekday in Qt.DayOfWeek:
            self.setWeekdayTextFormat(weekday, plain)
        self.setHeaderTextFormat(heads)


def written(day: date | None) -> str:
    """As a day stands in a field."""
    return "" if day is None else f"{day.year}年{day.month}月{day.day}日"


def _date(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
