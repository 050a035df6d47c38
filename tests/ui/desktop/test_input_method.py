"""An fcitx user can type Chinese although the bundle has no fcitx plugin."""

import pytest
from PySide6.QtCore import QCoreApplication

from ui.desktop.input_method import changes


@pytest.fixture
def plugins(tmp_path):
    """A plugin folder as PySide6 ships it: ibus, no fcitx."""
    (tmp_path / "platforminputcontexts").mkdir()
    _add(tmp_path, "compose", "ibus")
    return tmp_path


def _add(plugins, *names):
    for name in names:
        (plugins / f"platforminputcontexts/lib{name}platforminputcontextplugin.so").touch()


@pytest.mark.parametrize("name", ["fcitx", "fcitx5"])
def test_an_fcitx_user_is_served_through_ibus(plugins, name):
    assert changes({"QT_IM_MODULE": name}, [plugins]) == {"QT_IM_MODULE": "ibus"}


@pytest.mark.parametrize("name", ["fcitx", "fcitx5"])
def test_so_is_one_whose_desktop_tells_only_x_of_fcitx(plugins, name):
    assert changes({"XMODIFIERS": f"@im={name}"}, [plugins]) == {"QT_IM_MODULE": "ibus"}


def test_on_wayland_the_compositor_is_asked_first(plugins):
    desktop = {"XMODIFIERS": "@im=fcitx", "WAYLAND_DISPLAY": "wayland-0"}
    assert changes(desktop, [plugins]) == {"QT_IM_MODULES": "wayland;ibus"}


def test_a_list_of_methods_gets_ibus_at_its_end(plugins):
    desktop = {"QT_IM_MODULES": "wayland;fcitx", "QT_IM_MODULE": "fcitx"}
    assert changes(desktop, [plugins]) == {"QT_IM_MODULES": "wayland;fcitx;ibus"}


@pytest.mark.parametrize("name", ["fcitx", "fcitx5"])
def test_where_a_plugin_of_fcitx_is_found_it_is_used(plugins, tmp_path_factory, name):
    other = tmp_path_factory.mktemp("other")
    (other / "platforminputcontexts").mkdir()
    _add(other, name)
    assert changes({"QT_IM_MODULE": "fcitx"}, [plugins, other]) == {}


@pytest.mark.parametrize(
    "desktop",
    [
        {},
        {"QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=fcitx"},
        {"QT_IM_MODULE": "compose"},
        {"QT_IM_MODULES": "wayland;ibus", "QT_IM_MODULE": "fcitx"},
        {"QT_IM_MODULES": "wayland;fcitx;ibus"},
        {"XMODIFIERS": "@im=ibus"},
        {"XMODIFIERS": "@im=none"},
    ],
)
def test_what_works_is_left_alone(plugins, desktop):
    assert changes(desktop, [plugins]) == {}


def test_without_the_ibus_plugin_there_is_nothing_to_offer(tmp_path):
    assert changes({"QT_IM_MODULE": "fcitx"}, [tmp_path]) == {}


def test_the_qt_that_is_shipped_brings_ibus_and_not_fcitx():
    from pathlib import Path

    folders = [Path(folder) for folder in QCoreApplication.libraryPaths()]
    assert changes({"QT_IM_MODULE": "fcitx"}, folders) == {"QT_IM_MODULE": "ibus"}
