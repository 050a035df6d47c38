"""What was registered in the visit that goes on, and the one receipt for all of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.desktop import look
from ui.desktop.look.tokens import Space, TextKind
from ui.desktop.pages.registration.presenter import RegistrationPresenter
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.text import Text


class VisitPanel(QWidget):
    """Hidden while there is no visit; `ends`: on the form, where it may be ended.

    `receipt_asked`: the combined one is to be printed.
    """

    receipt_asked = Signal()

    def __init__(
        self,
        presenter: RegistrationPresenter,
        *,
        ends: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._ends = ends
        self.heading = Text("", TextKind.STRONG)
        self.lines = Text("", TextKind.SECONDARY)
        self.receipt = Button(self.tr("打印合并收件回执"), icon="printer", key="Alt+V")
        self.end = Button(self.tr("来访办完了"), icon="check", kind=ButtonKind.QUIET)
        column = look.column(Space.S, parent=self)
        column.addWidget(self.heading)
        column.addWidget(self.lines)
        buttons = QWidget()
        line = look.flow(Space.S, parent=buttons)
        line.addWidget(self.receipt)
        line.addWidget(self.end)
        column.addWidget(buttons)
        self.receipt.clicked.connect(self.receipt_asked)
        self.end.clicked.connect(presenter.end_visit)
        presenter.visit.changed.connect(self.show_visit)
        presenter.shown_anew.connect(self.show_visit)

    def show_visit(self) -> None:
        """One line a request; on the form also while only the first of them is registered."""
        found = self._presenter.visit.so_far
        goes_on = bool(self._presenter.form.visit) if self._ends else found.several
        self.setVisible(goes_on and bool(found.cases))
        self.heading.set_text(self.tr("本次来访已登记 {n} 件").format(n=len(found.cases)))
        between = "\n" if self._ends else "　"  # on the form there is a narrow column
        self.lines.set_text(
            "\n".join(
                f"{case.who.name} · {case.item}{between}{case.local_number}" for case in found.cases
            )
        )
        self.receipt.setVisible(found.several)
        self.receipt.set_text(
            self.tr("补打合并收件回执") if found.printed else self.tr("打印合并收件回执")
        )
        self.end.setVisible(self._ends)
