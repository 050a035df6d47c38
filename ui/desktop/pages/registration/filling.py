"""The form: three cards and what stands beside them, arranged for the room there is, and the way Enter takes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.names import plain
from app.domain.papers import PaperKind
from ui.desktop import look
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.look.tokens import TextKind
from ui.desktop.pages.names import PageName
from ui.desktop.pages.registration.alike import Alike
from ui.desktop.pages.registration.applicant_card import ApplicantCard
from ui.desktop.pages.registration.arrangement import Arrangement, Foot
from ui.desktop.pages.registration.aside import Aside
from ui.desktop.pages.registration.checks import Place
from ui.desktop.pages.registration.guide import Guide
from ui.desktop.pages.registration.item_card import ItemCard
from ui.desktop.pages.registration.materials_card import MaterialsCard
from ui.desktop.pages.registration.others_card import OthersCard
from ui.desktop.pages.registration.presenter import RegistrationPresenter
from ui.desktop.pages.registration.repeating import Repeated
from ui.desktop.pages.registration.special import Special
from ui.desktop.print_choice import receipt_kind
from ui.desktop.print_jobs import jobs_of
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button, ButtonKind, ButtonSize
from ui.desktop.widgets.page_frame import PageFrame
from ui.desktop.widgets.reading_order import stops
from ui.desktop.widgets.text import Elided

_COUNTS = "零一两三四"


class Filling(QWidget):
    """Shows the form, or what came of it in its place. `draft_refused`: the restored draft is not wanted now."""

    draft_refused = Signal()

    def __init__(
        self,
        desk: Desk,
        presenter: RegistrationPresenter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._presenter = presenter
        self._instead: QWidget | None = None
        self._guide_wanted = False
        self._make()
        self._assemble()
        self._connect()

    # --- made -------------------------------------------------------------------------------------

    def _make(self) -> None:
        presenter = self._presenter
        self.frame = PageFrame(self.tr("登记"), self.tr("草稿自动保存 · 回车到下一项"))
        self.restored = Banner(Mood.INFO, "", self.tr("另填一份"), closable=True)
        self.corrects = Banner(Mood.INFO, "")
        self.corrects.hide()
        self.alike = Alike()
        self.refusal = Banner(Mood.BAD, "", closable=True)
        self.item = ItemCard(presenter)
        self.applicant = ApplicantCard(presenter)
        self._others: OthersCard | None = None
        self.materials = MaterialsCard(presenter)
        self.aside = Aside(presenter)
        self.guide = Guide()
        self.finish = Button(
            self.tr("登记并打印回执"),
            icon="printer",
            kind=ButtonKind.PRIMARY,
            size=ButtonSize.LARGE,
            key="Ctrl+Return",
        )
        self._paper = Elided("", TextKind.SECONDARY)

    def _assemble(self) -> None:
        foot = Foot(self.finish, self._paper)
        self._arrangement = Arrangement(self.frame, self.aside, self.guide, foot)
        look.column(0, parent=self).addWidget(self._arrangement)
        for part in (
            self.restored, self.corrects, self.alike, self.refusal, self.item, self._arrangement.low_guide,
            self.applicant, self.materials, self._arrangement.low_aside,
        ):  # fmt: skip
            self.frame.body.addWidget(part)
        self.frame.body.addStretch(1)

    def _connect(self) -> None:
        presenter = self._presenter
        self.restored.acted.connect(self.draft_refused)
        self.alike.opened.connect(lambda subject: self._desk.go(PageName.CASES, subject))
        self.finish.clicked.connect(presenter.submit)
        self.item.guide_asked.connect(self._on_guide_asked)
        self._arrangement.guide_closed.connect(self._on_guide_asked)
        presenter.refused.connect(self._on_refused)
        presenter.alike_found.connect(self._on_alike)
        presenter.item_changed.connect(self._on_item_changed)
        presenter.recognised.connect(self._on_recognised)
        presenter.others.counted.connect(self._on_others_counted)
        presenter.shown_anew.connect(self._show_paper)
        presenter.shown_anew.connect(self._show_corrects)
        presenter.visit.changed.connect(self._show_paper)
        self.applicant.others_asked.connect(lambda: self.others.add_one())
        self.materials.form_asked.connect(lambda item: jobs_of(self._desk).print_form(item))
        self.aside.specials_shown.connect(self.order_tabs)
        self.aside.special_made.connect(self._connect_special)
        self.aside.visit.receipt_asked.connect(self._on_visit_receipt)
        presenter.table.changed.connect(self.order_tabs)
        presenter.pile.changed.connect(self.order_tabs)
        self._arrangement.moved.connect(self.order_tabs)
        self._desk.preferences_changed.connect(self._show_paper)
        self._connect_enter()
        self._show_paper()
        for banner in (self.restored, self.alike, self.refusal):
            banner.hide()

    def _connect_enter(self) -> None:
        """Enter goes on in reading order; past the ways of working, which the item settles by itself."""
        item, applicant, aside = self.item, self.applicant, self.aside
        item.settled.connect(self._after_item)
        item.scanned.connect(self._on_scanned)
        applicant.scanned.connect(self._on_scanned)
        renamed = (applicant.other_name, *self._after_applicant())
        steps: tuple[tuple[object, tuple[QWidget, ...]], ...] = (
            (applicant.name_settled, (applicant.number, applicant.phone)),
            (applicant.paper.entered, (applicant.number, applicant.phone)),
            (applicant.phone.entered, (applicant.address,)),
            (applicant.address.entered, (applicant.id_note, *renamed)),
            (applicant.id_note.entered, renamed),
            (applicant.other_name.entered, self._after_applicant()),
            (applicant.mode.entered, (applicant.id_note, *renamed)),
            (self.materials.list.entered, (aside.mandate, aside.told)),
            (aside.mandate.entered, (aside.told,)),
            (aside.told.entered, (aside.urgent,)),
            (aside.note.entered, (aside.day, self.finish)),
            (aside.day.entered, (self.finish,)),
        )
        for entered, targets in steps:
            entered.connect(partial(self._go, targets))  # type: ignore[attr-defined]
        applicant.number.entered.connect(self._after_number)
        aside.urgent.entered.connect(lambda: self._go((*aside.first_special(), aside.note)))

    def _after_applicant(self) -> tuple[QWidget, ...]:
        return self.materials.list, self.aside.mandate, self.aside.told

    def order_tabs(self) -> None:
        """Tab goes as people read, whatever was made or moved last."""
        others = stops(self._others) if self._others is not None else []
        chain: list[QWidget] = [
            self.item.box, self.item.guide, *stops(self.applicant), *others,
            *self.materials.in_order(), *stops(self.aside), self.finish,
        ]  # fmt: skip
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    # --- made when they are wanted ----------------------------------------------------------------

    @property
    def others(self) -> OthersCard:
        """Most requests have an applicant and nobody else."""
        if self._others is None:
            self._others = OthersCard(self._presenter)
            below = self.frame.body.indexOf(self.materials)
            self.frame.body.insertWidget(below, self._others)
            self._others.finished.connect(partial(self._go, self._after_applicant()))
            self._others.counted.connect(self.order_tabs)
            self._others.show_all()
        return self._others

    def _on_others_counted(self) -> None:
        if self._presenter.others.all:
            _ = self.others

    def _connect_special(self, special: Special) -> None:
        special.walk.finished.connect(partial(self._go, (self.aside.note,)))

    # --- the way of Enter -------------------------------------------------------------------------

    def focus_item(self) -> None:
        _focus(self.item.box)

    def step_back(self) -> None:
        """Esc: close the guide where it hides the rest, else go one field back."""
        if self._arrangement.hides_by_guide:
            self._on_guide_asked()
        elif not self.item.box.hasFocus():
            self.focusPreviousChild()

    def _go(self, targets: Iterable[QWidget]) -> None:
        """To the first of these that can be filled now; the guide makes way."""
        targets = tuple(targets)
        if any(self.aside.isAncestorOf(widget) for widget in targets):
            self._uncover_aside()
        for widget in targets:
            if widget.isVisibleTo(self) and widget.isEnabled():
                _focus(widget)
                return

    def _after_item(self) -> None:
        """Whoever is known already (one visit, several items) needs no asking again."""
        known = bool(plain(self._presenter.form.applicant.name))
        self._go(self._after_applicant() if known else (self.applicant.name,))

    def _after_number(self) -> None:
        named = bool(plain(self._presenter.form.applicant.name))
        self._go((self.applicant.phone if named else self.applicant.name,))

    def _on_scanned(self, number: str) -> None:
        _focus(self.applicant.number)
        self._presenter.take_number(number)

    def _on_recognised(self) -> None:
        if self.applicant.isAncestorOf(self.focusWidget() or self):
            self._go(self._after_applicant())

    # --- what is said -----------------------------------------------------------------------------

    def show_form(self) -> None:
        """The form, in place of whatever stood there instead."""
        if self._instead is not None:
            self._instead.hide()
        for part in self._form_parts():
            part.show()
        for banner in (self.restored, self.alike, self.refusal):
            banner.hide()
        self._arrangement.show_alone(alone=False)

    def _form_parts(self) -> tuple[QWidget, ...]:
        others = (self._others,) if self._others is not None and self._others.blocks else ()
        return self.item, self.applicant, *others, self.materials

    def show_instead(self, widget: QWidget) -> None:
        if widget is not self._instead:
            self._instead = widget
            self.frame.body.insertWidget(0, widget)
        for part in (*self._form_parts(), self.restored, self.corrects, self.alike, self.refusal):
            part.hide()
        self._arrangement.show_alone(alone=True)
        widget.show()

    def _show_corrects(self) -> None:
        """What is on the page takes the place of a refused registration."""
        number = self._presenter.form.instead_of
        text = self.tr(
            "正在更正被区中心退回的 {number}：核对、改好以后登记。原收件号作废，新的收件回执会写明，请把旧回执换回来。"
        )
        self.corrects.say(Mood.INFO, text.format(number=number))
        self.corrects.setVisible(bool(number))

    def say_restored(self, when: str) -> None:
        text = self.tr("已接着 {when} 没登记完的草稿。").format(when=when)
        self.restored.say(Mood.INFO, text, self.tr("另填一份"))
        self.restored.show()

    def _on_refused(self, place: Place | None, text: str) -> None:
        """Say it at its field and go there."""
        fields = self.applicant.fields
        if place is Place.ITEM:
            self.item.field.say(Mood.BAD, text)
            _focus(self.item.box)
        elif place is not None and place in fields:
            fields[place].show()
            fields[place].say(Mood.BAD, text)
            _focus(fields[place].editor)
        elif place in (Place.TOLD, Place.DAY, Place.WITNESS):
            self._uncover_aside()
            self.aside.say(place, text)
            _focus(self.aside.place_of(place))
        elif place is Place.PARTIES:
            self.others.say_nameless(text)
        else:
            self.refusal.say(Mood.BAD, text)
            self.refusal.show()
            self.frame.show_widget(self.refusal)

    def _on_alike(self, found: list[Repeated]) -> None:
        self.alike.show_found(found)
        self.alike.setVisible(bool(found) and self.item.isVisibleTo(self))

    def _show_paper(self) -> None:
        preferences = self._desk.preferences
        kind = receipt_kind(preferences)
        paper = preferences.printer_for(kind.value).paper.label
        copies = len(kind.copies)
        text = self.tr("{paper} 一式{copies}联").format(paper=paper, copies=_COUNTS[copies])
        in_visit = bool(self._presenter.form.visit)
        self.finish.set_text(self.tr("登记") if in_visit else self.tr("登记并打印回执"))
        self._paper.set_text(self.tr("回执留到最后合并打印") if in_visit else text)

    def _on_visit_receipt(self) -> None:
        cases = self._presenter.visit.so_far.cases
        jobs_of(self._desk).print(cases[-1].subject, PaperKind.VISIT_RECEIPT)

    # --- the guide --------------------------------------------------------------------------------

    def _on_item_changed(self) -> None:
        item = self._presenter.item
        self.guide.show_item(item)
        if item is None:
            self._guide_wanted = False
        self._arrangement.show_guide(opened=self._guide_wanted)

    def _uncover_aside(self) -> None:
        if self._arrangement.covers_aside:
            self._on_guide_asked()

    def _on_guide_asked(self) -> None:
        self._guide_wanted = not self._guide_wanted
        self._arrangement.show_guide(opened=self._guide_wanted)


def _focus(widget: QWidget) -> None:
    widget.setFocus(Qt.FocusReason.TabFocusReason)
