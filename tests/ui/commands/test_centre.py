"""What the district's administrator reads."""

import pytest

from tests.ui.commands.desk import Desk, run


@pytest.fixture(scope="module")
def centre(tmp_path_factory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("centre") / "data")
    desk.json("centre", "init", "--region", "450305")
    return desk


def test_times_are_chinas_whatever_the_machine_is_set_to(centre, monkeypatch):
    monkeypatch.setenv("TZ", "America/New_York")
    (own,) = centre.json("centre", "devices")["devices"]
    assert own["enrolled"].endswith("+08:00")
    issued = centre.json("centre", "enrol-code", "--region", "450305200201")
    assert issued["expires"].endswith("+08:00")


def test_a_folder_that_is_a_file_is_said_in_chinese():
    said = run("centre", "devices", "--data", __file__)
    assert (said.code, said.out) == (2, "")
    assert "是文件，这里要文件夹" in said.err
    assert "Directory" not in said.err
