"""Who asks: offered if known, checked when left, never refused for a number that is odd."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.events import IdKind, PartyKind
from app.domain.items import Mode
from app.domain.names import plain, plain_name
from app.usecases.applicants import KnownApplicant
from ui.desktop import look
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import Space
from ui.desktop.pages.registration import checks, suggestions
from ui.desktop.pages.registration.checks import Finding, Place
from ui.desktop.pages.registration.presenter import RegistrationPresenter
from ui.desktop.pages.registration.unseen import Unseen
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.suggest_box import SuggestBox, Suggestion

_WIDE_UNITS = 700
"""From this width on the fields stand as on paper: name, paper, number and telephone in one line."""
_COLUMNS = 12
_WIDE = {  # row, column, columns taken
    Place.NAME: (0, 0, 4),
    Place.ID_NUMBER: (0, 4, 5),
    Place.PHONE: (0, 9, 3),
    Place.ADDRESS: (1, 0, 5),
    "paper": (1, 5, 3),
    Place.MODE: (1, 8, 4),
    Place.ID_NOTE: (2, 0, 12),
    Place.OTHER_NAME: (3, 0, 5),
}
_NARROW = {
    Place.NAME: (0, 0, 6),
    Place.ID_NUMBER: (0, 6, 6),
    Place.PHONE: (1, 0, 6),
    Place.ADDRESS: (1, 6, 6),
    "paper": (2, 0, 6),
    Place.MODE: (2, 6, 6),
    Place.ID_NOTE: (3, 0, 12),
    Place.OTHER_NAME: (4, 0, 12),
}

Paper = tuple[PartyKind, IdKind]
PAPERS = (
    IdKind.RESIDENT,
    IdKind.HONG_KONG_MACAO,
    IdKind.TAIWAN,
    IdKind.PASSPORT,
    IdKind.BIRTH,
    IdKind.OTHER,
    IdKind.LOST,
    IdKind.NONE,
)
"""By what a person is identified, the ordinary way first."""


class ApplicantCard(Card):
    """`name_settled`: the name stands, with somebody known behind it or not; `scanned`: it was a number.

    `others_asked`: somebody else has a part in this.
    """

    scanned = Signal(str)
    name_settled = Signal()
    others_asked = Signal()

    def __init__(self, presenter: RegistrationPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._presenter = presenter
        self._wanted: str | None = None
        self._make()
        self._assemble()
        self._connect()
        self.show_form()

    def _make(self) -> None:
        self.name = SuggestBox(self.tr("姓名、拼音或证件后四位"))
        self.number = LineEdit()
        self.phone = LineEdit()
        self.address = LineEdit()
        self.paper = Choice(
            [
                *((kind.label, (PartyKind.PERSON, kind)) for kind in PAPERS),
                (self.tr("单位有代码"), (PartyKind.ORGANISATION, IdKind.CREDIT)),
                (self.tr("单位无代码"), (PartyKind.ORGANISATION, IdKind.NONE)),
            ]
        )
        self.mode = Choice([])
        self.id_note = LineEdit(self.tr("如：证件有误，正在派出所更正"))
        self.other_name = LineEdit(self.tr("曾用名，或证件上的另一种写法"))
        self.more = Button(
            self.tr("添加当事人"), icon="user-plus", kind=ButtonKind.QUIET, key="Alt+D",
            tip=self.tr("添加监护人、受益人、家庭成员、委托人、领取人"),
        )  # fmt: skip
        self.renamed = Button(
            self.tr("曾用名"), icon="pencil", kind=ButtonKind.QUIET,
            tip=self.tr("改过名，或证件上的写法不同"),
        )  # fmt: skip
        self.unseen = Unseen(self._presenter.desk)
        self.fields: dict[str, Field] = {
            Place.NAME: Field(self.tr("申请人姓名"), self.name),
            Place.ID_NUMBER: Field(self.tr("居民身份证号"), self.number),
            Place.PHONE: Field(self.tr("电话"), self.phone, optional=True),
            Place.ADDRESS: Field(self.tr("住址"), self.address, optional=True),
            "paper": Field(self.tr("证件"), self.paper),
            Place.MODE: Field(self.tr("办理方式"), self.mode),
            Place.ID_NOTE: Field(self.tr("按原样登记的原因"), self.id_note),
            Place.OTHER_NAME: Field(self.tr("曾用名、其他写法"), self.other_name, optional=True),
        }
        for place in (
            Place.ADDRESS,
            "paper",
            Place.MODE,
            Place.OTHER_NAME,
        ):  # nothing is ever said there
            self.fields[place].spare_message_room()

    def _assemble(self) -> None:
        self._grid = look.grid(Space.M)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)
        self._arranged: object = None
        self._arrange()
        self.add(self._grid)
        self.add(self.unseen)
        openers = QWidget()
        line = look.flow(Space.S, parent=openers)
        line.addWidget(self.more)
        line.addWidget(self.renamed)
        self.add(openers)

    def _connect(self) -> None:
        presenter = self._presenter
        who = presenter.who
        self.name.asked.connect(who.look_for)
        self.name.chosen.connect(self._on_chosen)
        self.name.entered.connect(self._on_entered)
        self.name.textEdited.connect(lambda text: presenter.fill_applicant(name=text))
        self.number.textEdited.connect(lambda text: presenter.fill_applicant(id_number=text))
        self.phone.textEdited.connect(lambda text: presenter.fill_applicant(phone=text))
        self.address.textEdited.connect(lambda text: presenter.fill_applicant(address=text))
        self.id_note.textEdited.connect(lambda text: presenter.fill_applicant(id_note=text))
        self.other_name.textEdited.connect(lambda text: presenter.fill_applicant(other_name=text))
        self.name.left.connect(self._on_name_left)
        self.number.left.connect(self._on_number_left)
        self.phone.left.connect(self._on_phone_left)
        self.address.left.connect(partial(presenter.leave, Place.ADDRESS))
        self.address.left.connect(self._look_for_unseen)
        self.other_name.left.connect(self._look_for_unseen)
        self.paper.chosen.connect(self._on_paper_chosen)
        self.mode.chosen.connect(lambda mode: presenter.fill(mode=Mode(mode)))
        self.more.clicked.connect(self.others_asked)
        self.renamed.clicked.connect(self._on_renamed)
        who.found.connect(self._on_found)
        presenter.shown_anew.connect(self.show_form)
        presenter.outlook_changed.connect(self._show_modes)
        presenter.judged.connect(self._on_judged)
        for told in (presenter.others.counted, presenter.others.found, presenter.others.filled):
            told.connect(self._look_for_unseen)

    # --- showing ----------------------------------------------------------------------------------

    def show_form(self) -> None:
        """Every field as the form has it."""
        applicant = self._presenter.form.applicant
        self.name.setText(applicant.name)
        self.number.setText(self._tidy_number())
        self.phone.setText(checks.grouped_phone(applicant.phone))
        self.address.setText(applicant.address)
        self.id_note.setText(applicant.id_note)
        self.other_name.setText(applicant.other_name)
        self._show_other_name(shown=bool(applicant.other_name))
        self.paper.set_value((applicant.kind, checks.kind_of_number(applicant)))
        for field in self.fields.values():
            field.quiet()
        self._show_paper()
        self._show_modes()
        self._look_for_unseen()

    def _look_for_unseen(self) -> None:
        form = self._presenter.form
        applicant, others = form.applicant, [one.name for one in form.parties]
        self.unseen.look_at(applicant.name, applicant.other_name, applicant.address, *others)

    def _show_paper(self) -> None:
        applicant = self._presenter.form.applicant
        kind = checks.kind_of_number(applicant)
        person = applicant.kind is PartyKind.PERSON
        self.fields[Place.NAME].set_label(self.tr("申请人姓名") if person else self.tr("单位名称"))
        self.fields[Place.ID_NUMBER].set_label(number_label(kind))
        self.number.setEnabled(kind is not IdKind.NONE)
        self._show_id_note()

    def _show_id_note(self) -> None:
        applicant, today = self._presenter.form.applicant, self._presenter.today
        odd = checks.number_fault(applicant, today) is not None
        self.fields[Place.ID_NOTE].setVisible(odd)

    def _show_other_name(self, *, shown: bool) -> None:
        self.fields[Place.OTHER_NAME].setVisible(shown)
        self.renamed.setVisible(not shown)

    def _on_renamed(self) -> None:
        self._show_other_name(shown=True)
        self.other_name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_modes(self) -> None:
        found = self._presenter.outlook
        modes = found.modes if found is not None else ()
        self.mode.set_options([(self._mode_words(mode), mode) for mode in modes])
        self.mode.set_value(self._presenter.mode)
        self.mode.setEnabled(len(modes) > 1)

    def _mode_words(self, mode: Mode) -> str:
        return {
            Mode.DIRECT: self.tr("直办：本站受理审查"),
            Mode.PROXY: self.tr("本人到站，委托代办"),
            Mode.ASSIST: self.tr("协办：本人申报，本站帮办"),
            Mode.ACCOMPANY: self.tr("引领：陪同到有权机关"),
            Mode.INFORM: self.tr("告知"),
        }[mode]

    def _on_judged(self, place: Place, finding: Finding | None) -> None:
        field = self.fields.get(place)
        if field is None:
            return
        if finding is None:
            field.quiet()
        else:
            field.say(finding.mood, finding.text)
        if place is Place.ID_NUMBER:
            self._show_id_note()

    # --- the name ---------------------------------------------------------------------------------

    def _on_found(self, found: list[KnownApplicant]) -> None:
        wanted, self._wanted = self._wanted, None
        typed = self.name.text()
        same = [one for one in found if one.name == plain_name(typed)]
        if wanted is not None and wanted == typed:
            self._settle(same or found)
        elif self.name.hasFocus() and found:
            self.name.set_first_marked(_is_asked_for(typed) or bool(same))
            offered = [
                suggestions.of_person(one, self._presenter.today)
                for one in (*same, *_others(found, same))
            ]
            self.name.offer([*offered, *self._newcomer(typed, known=bool(same))])
        else:
            self.name.dismiss()

    def _settle(self, found: list[KnownApplicant]) -> None:
        """Enter was quicker than the list."""
        typed = self.name.text()
        same = any(one.name == plain_name(typed) for one in found)
        if found and (same or _is_asked_for(typed)):
            self._on_chosen(found[0])
        elif _is_number(typed):
            text = self.tr("没有登记过的人符合“{text}”，请输入姓名").format(text=typed)
            self.fields[Place.NAME].say(Mood.INFO, text)
            self.name.selectAll()
        else:
            self.name_settled.emit()

    def _newcomer(self, typed: str, *, known: bool) -> list[Suggestion]:
        if _is_asked_for(typed):
            return []
        title = self.tr("新申请人：{name}").format(name=plain_name(typed))
        detail = self.tr("同名的另一个人") if known else ""
        return [Suggestion(title=title, detail=detail, value=plain_name(typed))]

    def _on_chosen(self, chosen: KnownApplicant | str) -> None:
        self.name.dismiss()
        if isinstance(chosen, str):
            self.name_settled.emit()
            return
        self._presenter.who.take(chosen)

    def _on_entered(self) -> None:
        typed = self.name.text()
        if checks.scanned_kind(typed) is not None:
            self.name.dismiss()
            self.name.clear()
            self._presenter.fill_applicant(name="")
            self.scanned.emit(typed)
        elif (known := self._presenter.who.known) is not None and known.name == plain_name(typed):
            self._presenter.recognised.emit()
        elif plain(typed):
            self._wanted = typed
            self._presenter.who.look_for(typed)

    # --- leaving a field --------------------------------------------------------------------------

    def _on_name_left(self) -> None:
        name = plain_name(self.name.text())
        if name != self.name.text():
            self.name.setText(name)
            self._presenter.fill_applicant(name=name)
        self._presenter.leave(Place.NAME)
        self._look_for_unseen()

    def _on_number_left(self) -> None:
        self.number.setText(self._tidy_number())
        self._presenter.leave(Place.ID_NUMBER)

    def _tidy_number(self) -> str:
        applicant = self._presenter.form.applicant
        return checks.tidy_number(checks.kind_of_number(applicant), applicant.id_number)

    def _on_phone_left(self) -> None:
        self.phone.setText(checks.grouped_phone(self.phone.text()))
        self._presenter.leave(Place.PHONE)

    def _on_paper_chosen(self, paper: Paper) -> None:
        kind, id_kind = paper
        bare = "".join(self._presenter.form.applicant.id_number.split())
        number = "" if id_kind is IdKind.NONE else checks.tidy_number(id_kind, bare)
        self._presenter.fill_applicant(kind=kind, id_kind=id_kind, id_number=number)
        self.number.setText(number)
        self._show_paper()
        self._presenter.leave(Place.ID_NUMBER)

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
        roles = self.tr("添加当事人（监护人、受益人、家庭成员、委托人、领取人）")
        self.more.set_text(roles if places is _WIDE else self.tr("添加当事人"))
        for name, (row, column, columns) in places.items():
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(self.fields[name], row, column, 1, columns, top)


def number_label(kind: IdKind) -> str:
    """What stands over the number of such a paper."""
    return {
        IdKind.RESIDENT: _tr("居民身份证号"),
        IdKind.CREDIT: _tr("统一社会信用代码"),
        IdKind.OTHER: _tr("证件名称和号码"),
        IdKind.BIRTH: _tr("出生医学证明编号"),
        IdKind.LOST: _tr("身份证号（记得就填）"),
        IdKind.NONE: _tr("证件号码"),
    }.get(kind, _tr("{paper}号码").format(paper=kind.label))


def _is_asked_for(typed: str) -> bool:
    """Letters or digits ask for somebody; a name that is written out may be a newcomer's."""
    return plain(typed).isascii()


def _is_number(typed: str) -> bool:
    return plain(typed).replace(" ", "").isdigit()


def _others(found: list[KnownApplicant], but: list[KnownApplicant]) -> list[KnownApplicant]:
    return [one for one in found if one not in but]


def _tr(text: str) -> str:
    return QCoreApplication.translate("applicant_card", text)
