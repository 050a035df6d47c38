"""Pages from camera, files, clipboard and folder go to the material that is chosen, each on the disk at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.store import attachments as images
from tests.ui.desktop import walks
from tests.ui.desktop.desks import SomeDesk
from tests.ui.desktop.scans.papers import Camera, a_file, a_picture, drop
from ui.desktop.scans import scanner
from ui.desktop.scans.capture_dialog import CaptureDialog, PileMaterial, Way
from ui.desktop.scans.pile import Pile
from ui.desktop.scans.workshop import workshop_of

MATERIALS = (
    PileMaterial(name="身份证", label="居民身份证"),
    PileMaterial(name="户口簿", label="居民户口簿"),
    PileMaterial(name="", label="其他"),
)


class Table:
    """The dialog over a window, and what came of it."""

    def __init__(self, some: SomeDesk, *, names: tuple[str, ...] = ("高拍仪",)) -> None:
        self.some = some
        self.window = QWidget()
        self.window.resize(1100, 700)
        some.qtbot.addWidget(self.window)
        self.window.show()
        self.pile = Pile(workshop_of(some.desk), self.window)
        self.cameras: list[Camera] = []
        self.names = names
        self.dialog = CaptureDialog(
            some.desk, self.pile, MATERIALS, self.window, camera=self._camera
        )
        self.dialog.show()
        self.dialog.activateWindow()
        some.qtbot.waitUntil(self.dialog.isActiveWindow)

    def _camera(self, parent: QWidget) -> Camera:
        self.cameras.append(Camera(parent, self.names))
        return self.cameras[-1]

    def light(self) -> bool:
        return bool(self.cameras[-1].on)

    def rest(self) -> None:
        self.some.qtbot.waitUntil(lambda: not self.pile.waiting and not self.pile.workshop.busy)
        self.some.settle()

    def see(self, mark: int = 1) -> None:
        self.cameras[-1].see(mark)
        self.some.qtbot.waitUntil(self.dialog.camera.snap.isEnabled)

    def press(
        self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.dialog, key, held)

    def kept(self) -> int:
        digests = [sheet.digest for one in self.pile.scans for sheet in one.sheets]
        return len(images.has(self.some.station.store, digests))


@pytest.fixture
def table(some_desk: SomeDesk, monkeypatch: pytest.MonkeyPatch) -> Table:
    """On a computer where no scanner is connected: looking for one takes SANE seconds."""
    monkeypatch.setattr(scanner, "scanners", lambda _: [])
    return Table(some_desk)


def test_space_takes_a_page_and_page_down_goes_to_the_next_material(table: Table):
    table.dialog.show_way(Way.CAMERA)
    assert table.cameras[0].on == "高拍仪"
    table.see(1)
    table.dialog.camera.snap.setFocus()
    table.press(Qt.Key.Key_Space)
    table.rest()
    table.press(Qt.Key.Key_PageDown)
    table.see(2)
    table.press(Qt.Key.Key_Space)
    table.rest()
    assert [(one.material, len(one.sheets)) for one in table.pile.scans] == [
        ("身份证", 1),
        ("户口簿", 1),
    ]
    assert table.kept() == 2
    assert "居民户口簿（1 页）" in table.dialog.materials.currentText()


def test_the_light_goes_out_with_the_dialog_and_with_another_way(table: Table):
    table.dialog.show_way(Way.CAMERA)
    table.dialog.show_way(Way.FOLDER)
    lights = [table.light()]
    table.dialog.show_way(Way.CAMERA)
    lights.append(table.light())
    table.dialog.reject()
    assert [*lights, table.light()] == [False, True, False]


def test_a_computer_without_a_camera_says_what_to_do(some_desk: SomeDesk):
    table = Table(some_desk, names=())
    table.dialog.show_way(Way.CAMERA)
    assert "没有找到摄像头" in " ".join(walks.texts(table.dialog.camera))
    assert not table.dialog.camera.snap.isEnabled()


def test_a_picture_is_pasted_and_files_too(table: Table, tmp_path: Path):
    QGuiApplication.clipboard().setImage(a_picture(3))
    table.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    table.rest()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(a_file(tmp_path, mark=4)))])
    QGuiApplication.clipboard().setMimeData(mime)
    table.dialog.paste.click()
    table.rest()
    assert len(table.pile.of("身份证")) == 2
    QGuiApplication.clipboard().setText("不是图片")
    table.dialog.paste.click()
    assert "剪贴板里没有图片" in " ".join(walks.texts(table.dialog))


def test_files_are_dropped_and_one_that_is_no_picture_is_named(table: Table, tmp_path: Path):
    bad = tmp_path / "说明.png"
    bad.write_text("不是图片")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(one)) for one in (a_file(tmp_path, mark=5), bad)])
    drop(table.dialog, mime)
    table.rest()
    assert len(table.pile.of("身份证")) == 1
    assert "说明.png" in " ".join(walks.texts(table.dialog))


def test_what_the_scanners_program_puts_into_the_folder_is_taken(table: Table, tmp_path: Path):
    folder = tmp_path / "扫描"
    folder.mkdir()
    table.some.desk.prefer(scan_folder=str(folder))
    again = CaptureDialog(table.some.desk, table.pile, MATERIALS, table.window)
    again.show()
    again.show_way(Way.FOLDER)
    a_file(folder, "IMG_0001.png", mark=6)

    def whole() -> bool:
        again.folder.look()
        return again.folder.take.isEnabled()

    table.some.qtbot.waitUntil(whole)
    again.folder.take.click()
    table.rest()
    assert len(table.pile.of("身份证")) == 1
    assert not again.folder.take.isEnabled()
    again.reject()


def test_finishing_waits_for_what_is_still_being_read(table: Table):
    done = []
    table.dialog.finished_with.connect(lambda: done.append(table.pile.count))
    QGuiApplication.clipboard().setImage(a_picture(7, (3000, 4000)))
    table.dialog.paste.click()
    table.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not done
    table.some.qtbot.waitUntil(lambda: bool(done))
    assert done == [1]
    assert not table.dialog.isVisible()


def test_everything_can_be_reached_named_and_read(table: Table):
    table.dialog.show_way(Way.CAMERA)
    table.see(1)
    table.dialog.camera.take()
    table.rest()
    for way in Way:
        table.dialog.show_way(way)
        table.some.qtbot.wait(50)
        assert walks.faults(table.dialog) == []


def test_a_page_that_is_there_already_is_not_put_in_twice(table: Table):
    QGuiApplication.clipboard().setImage(a_picture(8))
    table.dialog.paste.click()
    table.rest()
    table.dialog.paste.click()
    table.rest()
    assert len(table.pile.of("身份证")) == 1
    assert "已经有了" in " ".join(walks.texts(table.dialog))
