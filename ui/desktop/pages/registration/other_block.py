"""One of the people beside the applicant: what they are to the case, and by what they are known."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.events import IdKind, PartyKind, PartyRole
from app.domain.names import plain_name
from app.usecases.applicants import KnownApplicant
from app.usecases.parties import PartyForm
from ui.desktop import look
from ui.desktop.look.tokens import Space
from ui.desktop.pages.registration import checks, suggestions
from ui.desktop.pages.registration.applicant_card import PAPERS, number_label
from ui.desktop.pages.registration.checks import Finding
from ui.desktop.pages.registration.others import ROLES
from ui.desktop.pages.registration.presenter import RegistrationPresenter
from ui.desktop.widgets.button import IconButton
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.form_walk import FormWalk
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.rule import Rule
from ui.desktop.widgets.suggest_box import SuggestBox

_WIDE_UNITS = 700
_COLUMNS = 12
_WIDE = {  # row, column, columns taken
    "role": (0, 0, 3),
    "name": (0, 3, 3),
    "relation": (0, 6, 3),
    "phone": (0, 9, 3),
    "paper": (1, 0, 3),
    "number": (1, 3, 4),
    "basis": (1, 7, 5),
}
_NARROW = {
    "role": (0, 0, 6),
    "name": (0, 6, 6),
    "relation": (1, 0, 6),
    "phone": (1, 6, 6),
    "paper": (2, 0, 6),
    "number": (2, 6, 6),
    "basis": (3, 0, 12),
}


class OtherBlock(QWidget):
    """`at` is the place among the form's parties; `finished`: Enter after the last field."""

    finished = Signal()

    def __init__(self, presenter: RegistrationPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.at = 0
        self._presenter = presenter
        self._wanted: str | None = None
        self._make()
        self._assemble()
        self._connect()

    def _make(self) -> None:
        self.role = Choice([(role.label, role) for role in ROLES])
        self.name = SuggestBox(self.tr("姓名、拼音或证件后四位"))
        self.paper = Choice([(kind.label, kind) for kind in PAPERS])
        self.number = LineEdit()
        self.phone = LineEdit()
        self.relation = LineEdit(self.tr("如：母子、配偶"))
        self.basis = LineEdit()
        self.gone = IconButton("trash-2", self.tr("去掉这一位"))
        self.fields = {
            "role": Field(self.tr("当事人"), self.role),
            "name": Field(self.tr("姓名"), self.name),
            "paper": Field(self.tr("证件"), self.paper),
            "number": Field(self.tr("证件号码"), self.number),
            "phone": Field(self.tr("电话"), self.phone, optional=True),
            "relation": Field(self.tr("与申请人的关系"), self.relation),
            "basis": Field(self.tr("依据"), self.basis),
        }
        for field in self.fields.values():
            field.spare_message_room()

    def _assemble(self) -> None:
        column = look.column(Space.S, parent=self)
        row = look.row(Space.S)
        self._grid = look.grid(Space.M)
        for place in range(_COLUMNS):
            self._grid.setColumnStretch(place, 1)
        row.addLayout(self._grid, 1)
        row.addWidget(self.gone, alignment=Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(row)
        column.addWidget(Rule())
        self._arranged: object = None
        self._arrange()

    def _connect(self) -> None:
        others = self._presenter.others
        self.walk = FormWalk(
            self,
            [self.role, self.name, self.relation, self.phone, self.paper, self.number, self.basis],
        )
        self.walk.finished.connect(self.finished)
        self.role.chosen.connect(self._on_role)
        self.paper.chosen.connect(self._on_paper)
        self.name.entered.disconnect()  # Enter may mean somebody who is known
        self.name.entered.connect(self._on_name_entered)
        self.name.asked.connect(lambda text: others.look_for(self.at, text))
        self.name.chosen.connect(self._on_chosen)
        for line, what in (
            (self.name, "name"),
            (self.number, "id_number"),
            (self.phone, "phone"),
            (self.relation, "relation"),
            (self.basis, "basis"),
        ):
            line.textEdited.connect(lambda text, what=what: others.change(self.at, **{what: text}))
        self.name.left.connect(self._on_left)
        self.number.left.connect(self._on_left)
        self.phone.left.connect(self._on_left)
        self.basis.left.connect(self._on_left)
        self.gone.clicked.connect(lambda: others.remove(self.at))

    @property
    def party(self) -> PartyForm:
        return self._presenter.others.all[self.at]

    def focus_first(self) -> None:
        self.role.setFocus(Qt.FocusReason.TabFocusReason)

    def go_on(self) -> None:
        """After somebody known was filled in: what only these two know."""
        self.relation.setFocus(Qt.FocusReason.TabFocusReason)

    # --- showing ----------------------------------------------------------------------------------

    def show_form(self) -> None:
        """Every field as the form has it, in its usual writing."""
        party = self.party
        kind = checks.kind_of_number(party)
        self.role.set_value(party.role)
        self.name.setText(party.name)
        self.paper.set_value(kind)
        self.number.setText(checks.tidy_number(kind, party.id_number))
        self.phone.setText(checks.grouped_phone(party.phone))
        self.relation.setText(party.relation)
        self.basis.setText(party.basis)
        self._show_labels()
        self._judge()

    def _show_labels(self) -> None:
        party = self.party
        kind = checks.kind_of_number(party)
        self.fields["number"].set_label(number_label(kind))
        self.number.setEnabled(kind is not IdKind.NONE)
        self.fields["basis"].set_label(
            {
                PartyRole.GUARDIAN: _tr("监护依据（如户口簿）"),
                PartyRole.ATTORNEY: _tr("委托依据（如授权委托书）"),
            }.get(party.role, _tr("说明（可不填）"))
        )

    def _judge(self) -> None:
        party = self.party
        found = {
            "number": checks.on_number(party, self._presenter.today),
            "phone": checks.on_phone(party.phone),
            "basis": checks.on_basis(party),
        }
        for name, finding in found.items():
            self._say(name, finding)

    def _say(self, name: str, finding: Finding | None) -> None:
        if finding is None:
            self.fields[name].quiet()
        else:
            self.fields[name].say(finding.mood, finding.text)

    # --- filling ----------------------------------------------------------------------------------

    def offer(self, found: object) -> None:
        """Whom the name may mean; a name that is written out may be somebody new."""
        people = found if isinstance(found, list) else []
        typed = self.name.text()
        same = [one for one in people if one.name == plain_name(typed)]
        wanted, self._wanted = self._wanted, None
        if wanted is not None and wanted == typed:
            first = same or (people if typed.isascii() else [])
            if first:
                self._on_chosen(first[0])
            else:
                self.walk.go_on(self.name)
        elif self.name.hasFocus() and people:
            self.name.set_first_marked(typed.isascii() or bool(same))
            today = self._presenter.today
            self.name.offer([suggestions.of_person(one, today) for one in people])
        else:
            self.name.dismiss()

    def _on_name_entered(self) -> None:
        typed = self.name.text()
        if checks.scanned_kind(typed) is PartyKind.PERSON:
            self.name.dismiss()
            self._presenter.others.take_number(self.at, typed)
            self.show_form()
            return
        if not typed.strip() or self.party.id_number:
            self.walk.go_on(self.name)
            return
        self._wanted = typed
        self._presenter.others.look_for(self.at, typed)

    def _on_chosen(self, chosen: KnownApplicant) -> None:
        self.name.dismiss()
        self._presenter.others.take(self.at, chosen)

    def _on_role(self, role: str) -> None:  # Qt keeps the bare word of an enumeration
        self._presenter.others.change(self.at, role=PartyRole(role))
        self._show_labels()
        self._judge()

    def _on_paper(self, chosen: str) -> None:
        kind = IdKind(chosen)
        bare = "".join(self.party.id_number.split())
        number = "" if kind is IdKind.NONE else checks.tidy_number(kind, bare)
        self._presenter.others.change(
            self.at, kind=PartyKind.PERSON, id_kind=kind, id_number=number
        )
        self.number.setText(number)
        self._show_labels()
        self._judge()

    def _on_left(self) -> None:
        if self.at >= len(self._presenter.others.all):
            return  # it was taken away while the keyboard was in it
        party = self.party
        self.name.setText(plain_name(party.name))
        kind = checks.kind_of_number(party)
        self.number.setText(checks.tidy_number(kind, party.id_number))
        self.phone.setText(checks.grouped_phone(party.phone))
        self._judge()

    # --- sizes ------------------------------------------------------------------------------------

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        places = _WIDE if self.width() >= look.current().px(_WIDE_UNITS) else _NARROW
        if places is self._arranged:
            return
        self._arranged = places
        for name, (row, column, columns) in places.items():
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(self.fields[name], row, column, 1, columns, top)


def _tr(text: str) -> str:
    return QCoreApplication.translate("other_block", text)
