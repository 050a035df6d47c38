"""The head of a case: what it is, its state and numbers, and whose it is, masked until somebody holds the button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.desktop import case_words, look
from ui.desktop.look import Mood, Size, Space, TextKind
from ui.desktop.pages.cases.sheet import CaseSheet, Person
from ui.desktop.widgets.button import IconButton
from ui.desktop.widgets.chip import Chip
from ui.desktop.widgets.hold_to_reveal import HoldToReveal
from ui.desktop.widgets.text import Elided, Text
from ui.desktop.widgets.tips import set_tip


class CaseHead(QWidget):
    """`held`: show the whole numbers; `released`: hide them again."""

    held = Signal()
    released = Signal()
    close_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._masked: Person | None = None
        self._make()
        self._assemble()
        self.hold.held.connect(self.held)
        self.hold.released.connect(self.released)
        self.close_button.clicked.connect(self.close_asked)

    def _make(self) -> None:
        self._item = Text("", TextKind.HEADING)
        self.close_button = IconButton("x", self.tr("关闭这一件（Esc）"))
        self._state = Chip()
        self._urgent = Chip(self.tr("加急"), Mood.WARN, "zap")
        self._green = Chip(self.tr("绿色通道"), Mood.GOOD, "flag")
        self._relative = Chip(self.tr("工作人员亲属"), Mood.WARN, "users")
        self._same = Chip(self.tr("同号"), Mood.WARN, "copy")
        set_tip(self._same, self.tr("另有一件用了同一个收件号"))
        self._where = Chip()
        self._numbers = Text("", TextKind.SECONDARY)
        self._about = Text("", TextKind.SECONDARY)
        self._remark = Text("", TextKind.SECONDARY)
        self._name = _line(TextKind.STRONG)
        self._person = _line(TextKind.BODY)
        self._phone = _line(TextKind.BODY)
        self._address = _line(TextKind.BODY)
        self.hold = HoldToReveal()
        self.hold.setAccessibleName(self.tr("按住显示证件号码和电话"))
        self._numbers.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def _assemble(self) -> None:
        chips = look.flow(Space.S)
        for chip in (
            self._state,
            self._urgent,
            self._green,
            self._relative,
            self._same,
            self._where,
        ):
            chips.addWidget(chip)
        person = look.flow(Space.M)
        for part in (self._name, self._person, self.hold, self._phone, self._address):
            person.addWidget(part)
        stack = look.column(Space.XS, parent=self)
        title = look.row(Space.S)
        title.addWidget(self._item, 1)
        title.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        stack.addLayout(title)
        stack.addLayout(chips)
        stack.addWidget(self._numbers)
        stack.addWidget(self._about)
        stack.addLayout(person)
        stack.addWidget(self._remark)

    def show_sheet(self, sheet: CaseSheet) -> None:
        self._item.set_text(sheet.item)
        self._state.say(
            case_words.state_mood(sheet.state),
            sheet.state.label,
            case_words.state_icon(sheet.state),
        )
        self._urgent.setVisible(sheet.urgent)
        self._green.setVisible(bool(sheet.green))
        set_tip(self._green, sheet.green)
        self._relative.setVisible(bool(sheet.staff_relative))
        set_tip(self._relative, sheet.staff_relative)
        self._same.setVisible(sheet.same_number)
        self._where.say(
            case_words.where_mood(sheet.where),
            sheet.where.label,
            case_words.where_icon(sheet.where),
        )
        set_tip(self._where, case_words.where_tip(sheet.where))
        self._numbers.set_text(self._number_words(sheet))
        self._about.set_text(self._about_words(sheet))
        self._remark.set_text(self.tr("备注：{remark}").format(remark=sheet.remark))
        self._remark.setVisible(bool(sheet.remark))
        self.show_person(sheet.applicant)

    def show_person(self, masked: Person) -> None:
        """The applicant as a queue may see it; what is being shown whole stays so while it is held."""
        self._masked = masked
        if self.hold.is_held():
            return
        self._say(masked)
        self.hold.set_masked(masked.id_number or self.tr("没有证件号码"))
        self.hold.setEnabled(masked.hides)

    def reveal(self, whole: Person) -> None:
        """Nothing happens if the button was let go meanwhile."""
        if self.hold.is_held():
            self._say(whole)
            self.hold.reveal(whole.id_number or self.tr("没有证件号码"))

    def hide_whole(self) -> None:
        if self._masked is not None:
            self._say(self._masked)
            self.hold.set_masked(self._masked.id_number or self.tr("没有证件号码"))

    def _say(self, person: Person) -> None:
        self._name.set_text(person.name)
        self._person.set_text(person.about)
        self._person.setVisible(bool(person.about))
        self._phone.set_text(self.tr("联系 {phone}").format(phone=person.phone))
        self._phone.setVisible(bool(person.phone))
        self._address.set_text(person.address)
        self._address.setVisible(bool(person.address))

    def _number_words(self, sheet: CaseSheet) -> str:
        local = self.tr("收件号 {number}").format(number=sheet.local_number)
        if not sheet.official_number:
            return local
        official = self.tr("办件编号 {number}").format(number=sheet.official_number)
        return f"{local}　{official}"

    def _about_words(self, sheet: CaseSheet) -> str:
        """湖塘村 2026年11月20日收件 · 代办 · 上报件 · 材料在朝阳乡."""
        received = self.tr("{place} {day}收件").format(place=sheet.station, day=sheet.received)
        parts = [received, sheet.mode, sheet.kind]
        if sheet.backlog:
            parts.append(self.tr("补录"))
        if sheet.place != sheet.station:
            parts.append(self.tr("材料在{place}").format(place=sheet.place))
        return " · ".join(parts)


def _line(kind: TextKind) -> Elided:
    """Short text that shares its line with others, as high as the button among them."""
    return look.sized(Elided("", kind), min_height=Size.SMALL_CONTROL)
