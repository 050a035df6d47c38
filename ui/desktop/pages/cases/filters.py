"""The filters over the list of cases: each says how many it would leave, and one button takes all away."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.domain.case import State
from app.usecases.lookup import CaseFilter, DueLight, Whereabouts
from ui.desktop import look
from ui.desktop.look import Space
from ui.desktop.pages.cases.presenter import FilterCounts, FilterOptions
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.tick import Tick
from ui.desktop.widgets.tips import set_tip

_TYPING_MS = 150
_SEARCH_WIDTH = 296
_CHOICE_WIDTH = 164


class CaseFilters(QWidget):
    """`narrowed` carries the parts of a CaseFilter that somebody changed; `cleared`: all filters go."""

    narrowed = Signal(dict)
    cleared = Signal()
    left = Signal()
    """Enter in the search: on to the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make()
        self._assemble()
        self._connect()

    def _make(self) -> None:
        self.search = LineEdit(self.tr("姓名、拼音、证件后四位、编号"), icon="search")
        self.search.setAccessibleName(self.tr("查找办件"))
        self.search.setClearButtonEnabled(True)
        set_tip(self.search, self.tr("查找办件（F3）"))
        self.state = self._choice(self.tr("按状态筛选"), self._state_options(None))
        self.light = self._choice(self.tr("按时限筛选"), self._light_options(None))
        self.item = self._choice(self.tr("按事项筛选"), [(self.tr("全部事项"), None)])
        self.place = self._choice(self.tr("按村筛选"), [(self.tr("全部村"), None)])
        self.where = self._choice(self.tr("按在哪里筛选"), self._where_options())
        self.urgent = Tick(self.tr("只看加急"))
        self.duplicate = Tick(self.tr("只看可能重复"))
        self.more = Button(self.tr("更多筛选"), icon="sliders-horizontal")
        self.more.setCheckable(True)
        self._rest = QWidget()
        self.clear = Button(self.tr("清除筛选"), icon="x", kind=ButtonKind.QUIET)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)

    def _choice(self, name: str, options: list[tuple[str, object]]) -> Choice:
        choice = Choice(options)
        choice.setAccessibleName(name)
        set_tip(choice, name)
        return look.sized(choice, width=_CHOICE_WIDTH)

    def _assemble(self) -> None:
        look.sized(self.search, width=_SEARCH_WIDTH)
        first = look.flow(Space.S)
        for control in (self.search, self.state, self.light, self.more, self.clear):
            first.addWidget(control)
        second = look.flow(Space.S, parent=self._rest)
        for other in (self.item, self.place, self.where, self.urgent, self.duplicate):
            second.addWidget(other)
        stack = look.column(Space.S, parent=self)
        stack.addLayout(first)
        stack.addWidget(self._rest)
        self._rest.hide()
        self.clear.hide()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_typed)
        self.search.entered.connect(self._on_entered)
        self._typing.timeout.connect(self._on_typing_rested)
        self.state.chosen.connect(self._on_state)
        self.light.chosen.connect(self._on_light)
        self.item.chosen.connect(lambda item: self.narrowed.emit({"item": item}))
        self.place.chosen.connect(lambda place: self.narrowed.emit({"station": place}))
        self.where.chosen.connect(self._on_where)
        self.urgent.toggled.connect(lambda on: self.narrowed.emit({"urgent": on}))
        self.duplicate.toggled.connect(lambda on: self.narrowed.emit({"duplicate": on}))
        self.more.toggled.connect(self._rest.setVisible)
        self.clear.clicked.connect(self.cleared)

    # --- what is wanted ---------------------------------------------------------------------------

    def show_wanted(self, wanted: CaseFilter) -> None:
        """Say what the list shows; nothing is emitted."""
        if self.search.text().strip() != wanted.text:
            with QSignalBlocker(self.search):
                self.search.setText(wanted.text)
        self.state.set_value(wanted.states[0] if len(wanted.states) == 1 else None)
        self.light.set_value(wanted.light)
        self.item.set_value(wanted.item)
        self.place.set_value(wanted.station)
        self.where.set_value(wanted.where)
        for tick, wants in ((self.urgent, wanted.urgent), (self.duplicate, wanted.duplicate)):
            with QSignalBlocker(tick):
                tick.setChecked(wants)
        if wanted.item or wanted.station or wanted.where or wanted.urgent or wanted.duplicate:
            self.more.setChecked(True)

    def show_clear(self, needed: bool) -> None:
        self.clear.setVisible(needed)

    def show_counts(self, counts: FilterCounts) -> None:
        with QSignalBlocker(self.state), QSignalBlocker(self.light):
            state, light = self.state.value(), self.light.value()
            self.state.set_options(self._state_options(counts.states))
            self.light.set_options(self._light_options(counts.lights))
            self.state.set_value(state)
            self.light.set_value(light)

    def show_options(self, options: FilterOptions) -> None:
        with QSignalBlocker(self.item), QSignalBlocker(self.place):
            item, place = self.item.value(), self.place.value()
            self.item.set_options([(self.tr("全部事项"), None), *options.items])
            self.place.set_options([(self.tr("全部村"), None), *options.places])
            self.item.set_value(item)
            self.place.set_value(place)
        self.place.setVisible(len(options.places) > 1)

    def _state_options(self, counts: dict[State, int] | None) -> list[tuple[str, object]]:
        options = [(_with_count(state.label, counts, state), state) for state in State]
        return [(self.tr("全部状态"), None), *options]

    def _light_options(self, counts: dict[DueLight, int] | None) -> list[tuple[str, object]]:
        names = {
            DueLight.LATE: self.tr("超期"),
            DueLight.TODAY: self.tr("今天到期"),
            DueLight.SOON: self.tr("两天内到期"),
            DueLight.WEEK: self.tr("本周到期"),
        }
        options = [(_with_count(name, counts, light), light) for light, name in names.items()]
        return [(self.tr("全部时限"), None), *options]

    def _where_options(self) -> list[tuple[str, object]]:
        options = [(where.label, where) for where in Whereabouts]
        return [(self.tr("不论在哪里"), None), *options]

    # --- typing -----------------------------------------------------------------------------------

    def _on_typed(self) -> None:
        self._typing.start()

    def _on_typing_rested(self) -> None:
        if not self.search.is_composing():
            self.narrowed.emit({"text": self.search.text().strip()})

    def _on_entered(self) -> None:
        self._typing.stop()
        self._on_typing_rested()
        self.left.emit()

    # A combo box gives an enum back as its bare string.

    def _on_state(self, state: str | None) -> None:
        self.narrowed.emit({"states": () if state is None else (State(state),)})

    def _on_light(self, light: str | None) -> None:
        self.narrowed.emit({"light": None if light is None else DueLight(light)})

    def _on_where(self, where: str | None) -> None:
        self.narrowed.emit({"where": None if where is None else Whereabouts(where)})


def _with_count(
    name: str, counts: dict[State, int] | dict[DueLight, int] | None, key: object
) -> str:
    count = (counts or {}).get(key)  # type: ignore[call-overload]
    return name if count is None else f"{name} {count:,}"
