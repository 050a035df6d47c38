"""Two cases that may be the same, line by line; a person says which they are."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from ui.desktop import look
from ui.desktop.look import Space, TextKind
from ui.desktop.pages.cases.sheet import CaseSheet
from ui.desktop.widgets.dialogs import FormDialog
from ui.desktop.widgets.text import Text

_WIDTH: Final = 720


class ComparisonDialog(FormDialog):
    """Its yes opens the other case; what differs stands in bold."""

    def __init__(self, this: CaseSheet, other: CaseSheet, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("比对两件"),
            self.tr("打开另一件"),
            parent,
            note=self.tr("不同的地方用粗体标出。确实重复的，只办一件。"),
        )
        self.other = other
        look.sized(self, min_width=_WIDTH)
        grid = look.grid(Space.S)
        for column, title in enumerate((self.tr("这一件"), self.tr("另一件")), 1):
            grid.addWidget(Text(title, TextKind.SECTION), 0, column)
            grid.setColumnStretch(column, 1)
        pairs = zip(self._lines(this), self._lines(other), strict=True)
        for row, ((label, mine), (_, theirs)) in enumerate(pairs, 1):
            name = Text(label, TextKind.SECONDARY)
            name.setWordWrap(False)
            grid.addWidget(name, row, 0)
            kind = TextKind.BODY if mine == theirs else TextKind.STRONG
            grid.addWidget(Text(mine or "—", kind), row, 1)
            grid.addWidget(Text(theirs or "—", kind), row, 2)
        self.body.addLayout(grid)
        self.ok_requested.connect(self.accept)

    def _lines(self, sheet: CaseSheet) -> list[tuple[str, str]]:
        given = [one.name for one in sheet.materials if one.given]
        return [
            (self.tr("申请人"), sheet.applicant.name),
            (self.tr("证件号码"), sheet.applicant.id_number),
            (self.tr("电话"), sheet.applicant.phone),
            (self.tr("事项"), sheet.item),
            (self.tr("收件站点"), sheet.station),
            (self.tr("收件日"), sheet.received),
            (self.tr("收件号"), sheet.local_number),
            (self.tr("办件编号"), sheet.official_number),
            (self.tr("状态"), sheet.state.label),
            (self.tr("收到的材料"), "、".join(given)),
            (self.tr("备注"), sheet.remark),
        ]
