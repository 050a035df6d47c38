"""Lets an fcitx user type Chinese: Qt as it is bundled speaks to ibus, not to fcitx.

Desktops with fcitx tell Qt to load fcitx's own plugin, which the bundle cannot have (it is built for one Qt only);
then nothing but Latin letters would arrive. fcitx serves ibus clients as well, so Qt is told to be one.
What works already is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

_ONE: Final = "QT_IM_MODULE"
_SEVERAL: Final = "QT_IM_MODULES"
"""Since Qt 6.7: names with semicolons, the first that works is taken; stands above the other."""
_FCITX: Final = frozenset({"fcitx", "fcitx5"})
_IBUS: Final = "ibus"
_WAYLAND: Final = "wayland"
_PLUGIN: Final = "platforminputcontexts/lib{}platforminputcontextplugin.so"


def changes(environment: Mapping[str, str], plugin_folders: Iterable[Path]) -> dict[str, str]:
    """What to set before the QApplication is made; nothing where the input method is served as it is.

    `plugin_folders` are Qt's, as `QCoreApplication.libraryPaths()` lists them.
    """
    folders = list(plugin_folders)
    if any(_has(folders, name) for name in _FCITX) or not _has(folders, _IBUS):
        return {}
    several = [name for name in environment.get(_SEVERAL, "").split(";") if name]
    one = environment.get(_ONE, "")
    if several:
        served = _IBUS in several or _FCITX.isdisjoint(several)
        return {} if served else {_SEVERAL: ";".join([*several, _IBUS])}
    if one:
        return {_ONE: _IBUS} if one in _FCITX else {}
    if not _runs_fcitx(environment):
        return {}
    if environment.get("WAYLAND_DISPLAY"):  # the compositor's own way comes first
        return {_SEVERAL: f"{_WAYLAND};{_IBUS}"}
    return {_ONE: _IBUS}


def _runs_fcitx(environment: Mapping[str, str]) -> bool:
    return environment.get("XMODIFIERS", "").removeprefix("@im=") in _FCITX


def _has(folders: list[Path], name: str) -> bool:
    return any((folder / _PLUGIN.format(name)).exists() for folder in folders)
