"""A page in one of its states, and the windows it is looked at in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from ui.desktop.exchanging import ExchangeState
from ui.desktop.gallery import houses
from ui.desktop.gallery.district import Station
from ui.desktop.gallery.sheet import Dress, Sheet
from ui.desktop.gallery.stage import ONLINE, Stage, after
from ui.desktop.look import THEMES, Theme, ThemeName
from ui.desktop.pages.names import PageName
from ui.desktop.window.main_window import MainWindow

_PLAIN: Final[tuple[Dress, ...]] = ((ThemeName.ORDINARY, 100),)
_ALL: Final[tuple[tuple[tuple[int, int], tuple[Dress, ...]], ...]] = (
    (
        (1366, 768),
        ((ThemeName.ORDINARY, 100), (ThemeName.ORDINARY, 150), (ThemeName.CONTRAST, 100)),
    ),
    ((900, 500), ((ThemeName.ORDINARY, 100), (ThemeName.ORDINARY, 150))),
)
_PATIENT_S: Final = 1.2
Act = Callable[[Any, Stage], object]


@dataclass(frozen=True, kw_only=True)
class Scene:
    """`make` gives the window, `arrange` does there what a person would. `matters`: looked at in every size."""

    name: str
    title: str
    make: Callable[[], QWidget]
    arrange: Callable[[QWidget], object]
    left: Callable[[], object] = lambda: None
    matters: bool = False
    themes: Mapping[ThemeName, Theme] = field(default_factory=lambda: THEMES)


def sheets_of(scenes: Iterable[Scene]) -> list[Sheet]:
    return [
        Sheet(
            name=f"{scene.name}-{width}x{height}",
            title=scene.title,
            make=scene.make,
            size=(width, height),
            looks=looks,
            arrange=scene.arrange,
            left=scene.left,
            themes=scene.themes,
        )
        for scene in scenes
        for (width, height), looks in (_ALL if scene.matters else (((1366, 768), _PLAIN),))
    ]


def at_desk(
    name: str,
    title: str,
    station: Callable[[], Station],
    page: PageName,
    *,
    subject: Callable[[], object] = lambda: None,
    acts: Iterable[Act] = (),
    state: Callable[[], ExchangeState] = lambda: ONLINE,
    operator: str | None = None,
    matters: bool = False,
    themes: Mapping[ThemeName, Theme] = THEMES,
) -> Scene:
    """A page at a station's desk; each of `acts` begins when the one before has come to rest."""

    def make() -> QWidget:
        return houses.stage(station()).window(state=state(), operator=operator)

    def go(window: MainWindow, _stage: Stage) -> None:
        if page is not PageName.HOME:
            window.show_page(page, subject())

    return Scene(
        name=name,
        title=title,
        make=make,
        arrange=partial(_play, station, (go, *acts)),
        left=lambda: houses.stage(station()).settle(),
        matters=matters,
        themes=themes,
    )


def patiently(_window: QWidget, _stage: Stage) -> None:
    """What does not change at once, so that it does not flicker."""
    after(_PATIENT_S)


def _play(station: Callable[[], Station], acts: tuple[Act, ...], window: QWidget) -> None:
    stage = houses.stage(station())
    stage.settle()
    for act in acts:
        act(window, stage)
        stage.settle()
