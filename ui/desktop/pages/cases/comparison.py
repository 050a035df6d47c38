"""Two cases that may be the same, line by line; a person says which they are."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.look import Space, TextKind
from ui.desktop.pages.cases.comparing import Comparison
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.dialogs import FormDialog
from ui.desktop.widgets.text import Text

_WIDTH: Final = 800


class ComparisonDialog(FormDialog):
    """Its yes opens the other case; what differs stands in bold. `judged` carries whether it is the same one."""

    judged = Signal(bool)

    def __init__(
        self,
        compared: Comparison,
        parent: QWidget | None = None,
        *,
        may_judge: bool = False,
    ) -> None:
        super().__init__(
            self.tr("比对两件"),
            self.tr("打开另一件"),
            parent,
            note=self.tr("不同的地方用粗体标出，遮住的字不同也算。确实重复的，只办一件。"),
        )
        look.sized(self, min_width=_WIDTH)
        grid = look.grid(Space.S)
        for column, title in enumerate((self.tr("这一件"), self.tr("另一件")), 1):
            grid.addWidget(Text(title, TextKind.SECTION), 0, column)
            grid.setColumnStretch(column, 1)
        for row, line in enumerate(compared.lines, 1):
            name = Text(line.label, TextKind.SECONDARY)
            name.setWordWrap(False)
            grid.addWidget(name, row, 0)
            kind = TextKind.STRONG if line.differs else TextKind.BODY
            grid.addWidget(Text(line.mine or "—", kind), row, 1)
            grid.addWidget(Text(line.theirs or "—", kind), row, 2)
        self.body.addLayout(grid)
        self.same = Button(self.tr("是同一件"), icon="check")
        self.different = Button(self.tr("不是同一件"), icon="x")
        judging = look.row(Space.S)
        judging.addWidget(self.same)
        judging.addWidget(self.different)
        judging.addStretch(1)
        self.body.addLayout(judging)
        for button, same in ((self.same, True), (self.different, False)):
            button.setVisible(may_judge)
            button.clicked.connect(partial(self._on_judged, same))
        self.ok_requested.connect(self.accept)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.no.setFocus(Qt.FocusReason.TabFocusReason)  # nothing is judged by a stray Enter

    def _on_judged(self, same: bool) -> None:
        self.judged.emit(same)
        self.reject()
