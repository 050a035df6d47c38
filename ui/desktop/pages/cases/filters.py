"""The filters over the list of cases: each says how many it would leave, and one button takes all away."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.journal.refs import Ref
from app.usecases.lookup import CaseFilter, DueLight, Whereabouts
from ui.desktop import look
from ui.desktop.look import Space
from ui.desktop.pages.cases import state_groups
from ui.desktop.pages.cases.presenter import FilterCounts, FilterOptions
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.line_edit import LineEdit
from ui.desktop.widgets.tick import Tick
from ui.desktop.widgets.tips import set_tip

_TYPING_MS = 150
_SEARCH_WIDTH = 296
_CHOICE_WIDTH = 164
_REPEATS, _UNJUDGED = "repeats", "unjudged"


class CaseFilters(QWidget):
    """`narrowed` carries the parts of a CaseFilter that somebody changed; `cleared`: all filters go."""

    narrowed = Signal(dict)
    cleared = Signal()
    save_asked = Signal()
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
        self._owners: tuple[Ref, ...] = ()
        self.state = self._choice(self.tr("按状态筛选"), state_groups.options(None))
        self.light = self._choice(self.tr("按时限筛选"), self._light_options(None))
        self.item = self._choice(self.tr("按事项筛选"), [(self.tr("全部事项"), None)])
        self.place = self._choice(self.tr("按村筛选"), [(self.tr("全部村"), None)])
        self.where = self._choice(self.tr("按在哪里筛选"), self._where_options())
        self.mine = Tick(self.tr("我负责的"))
        self.repeats = self._choice(self.tr("按可能重复筛选"), self._repeat_options())
        self.urgent = Tick(self.tr("加急"))
        self.green = Tick(self.tr("绿色通道"))
        self.carded = Tick(self.tr("有黄牌红牌的"))
        self.more = Button(self.tr("更多筛选"), icon="sliders-horizontal")
        self.more.setCheckable(True)
        self._rest = QWidget()
        self.clear = Button(self.tr("清除筛选"), icon="x", kind=ButtonKind.QUIET)
        self.save = Button(self.tr("存为常用"), icon="save", kind=ButtonKind.QUIET)
        set_tip(self.save, self.tr("给现在的筛选起个名字，以后按一下就到"))
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)

    def _choice(self, name: str, options: list[tuple[str, object]]) -> Choice:
        choice = Choice(options)
        choice.setAccessibleName(name)
        set_tip(choice, name)
        return look.sized(choice, width=_CHOICE_WIDTH)

    def _assemble(self) -> None:
        look.sized(self.search, width=_SEARCH_WIDTH)
        first = look.flow(Space.S)
        for control in (self.search, self.state, self.light, self.more, self.clear, self.save):
            first.addWidget(control)
        second = look.flow(Space.S, parent=self._rest)
        ticks = (self.mine, self.urgent, self.green, self.carded)
        for other in (self.item, self.place, self.where, self.repeats, *ticks):
            second.addWidget(other)
        stack = look.column(Space.S, parent=self)
        stack.addLayout(first)
        stack.addWidget(self._rest)
        self._rest.hide()
        self.clear.hide()
        self.save.hide()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_typed)
        self.search.entered.connect(self._on_entered)
        self._typing.timeout.connect(self._on_typing_rested)
        self.state.chosen.connect(self._on_state)
        self.light.chosen.connect(self._on_light)
        self.item.chosen.connect(lambda item: self.narrowed.emit({"item": item}))
        self.place.chosen.connect(lambda place: self.narrowed.emit({"station": place}))
        self.where.chosen.connect(self._on_where)
        self.repeats.chosen.connect(self._on_repeats)
        self.mine.toggled.connect(self._on_mine)
        for name, tick in self._flags().items():
            tick.toggled.connect(lambda on, name=name: self.narrowed.emit({name: on}))
        self.more.toggled.connect(self._rest.setVisible)
        self.clear.clicked.connect(self.cleared)
        self.save.clicked.connect(self.save_asked)

    def _flags(self) -> dict[str, Tick]:
        """The ticks by the fields of a CaseFilter that they are."""
        return {
            "urgent": self.urgent,
            "green": self.green,
            "carded": self.carded,
        }

    # --- what is wanted ---------------------------------------------------------------------------

    def show_wanted(self, wanted: CaseFilter) -> None:
        """Say what the list shows; nothing is emitted."""
        if self.search.text().strip() != wanted.text:
            with QSignalBlocker(self.search):
                self.search.setText(wanted.text)
        self.state.set_value(state_groups.value_of(wanted.states))
        self.light.set_value(wanted.light)
        self.item.set_value(wanted.item)
        self.place.set_value(wanted.station)
        self.where.set_value(wanted.where)
        repeats = _UNJUDGED if wanted.unjudged else _REPEATS if wanted.duplicate else None
        self.repeats.set_value(repeats)
        ticked = {tick: bool(getattr(wanted, name)) for name, tick in self._flags().items()}
        ticked[self.mine] = bool(wanted.owners)
        for tick, on in ticked.items():
            with QSignalBlocker(tick):
                tick.setChecked(on)
        if wanted.item or wanted.station or wanted.where or repeats or any(ticked.values()):
            self.more.setChecked(True)

    def show_clear(self, needed: bool) -> None:
        self.clear.setVisible(needed)
        self.save.setVisible(needed)

    def show_counts(self, counts: FilterCounts) -> None:
        with QSignalBlocker(self.state), QSignalBlocker(self.light):
            state, light = self.state.value(), self.light.value()
            self.state.set_options(state_groups.options(counts.states or None))
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
        self._owners = options.owners

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

    def _repeat_options(self) -> list[tuple[str, object]]:
        named = (self.tr("可能重复的"), _REPEATS), (self.tr("重复未比对"), _UNJUDGED)
        return [(self.tr("不论重复"), None), *named]

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

    def _on_mine(self, on: bool) -> None:
        """One's own, and those of whom one stands in for."""
        self.narrowed.emit({"owners": self._owners if on else ()})

    def _on_repeats(self, which: object) -> None:
        self.narrowed.emit({"duplicate": which == _REPEATS, "unjudged": which == _UNJUDGED})

    # A combo box gives an enum back as its bare string.

    def _on_state(self, state: object) -> None:
        self.narrowed.emit({"states": state_groups.states_of(state)})

    def _on_light(self, light: str | None) -> None:
        self.narrowed.emit({"light": None if light is None else DueLight(light)})

    def _on_where(self, where: str | None) -> None:
        self.narrowed.emit({"where": None if where is None else Whereabouts(where)})


def _with_count(name: str, counts: dict[DueLight, int] | None, key: DueLight) -> str:
    count = (counts or {}).get(key)
    return name if count is None else f"{name} {count:,}"
