"""Pages from paper: camera, scanner, folder, files and clipboard at the left, one material's pages at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QDialog, QFileDialog, QStackedWidget, QWidget
from typing_extensions import override

from ui.desktop import look
from ui.desktop.desk import Desk
from ui.desktop.look import Mood, Space, TextKind
from ui.desktop.scans.camera_panel import CameraPanel, Source
from ui.desktop.scans.camera_source import CameraSource
from ui.desktop.scans.folder_panel import FolderPanel
from ui.desktop.scans.incoming import FILE_FILTER, Brought, from_file, from_mime, holds_pages
from ui.desktop.scans.pile import Pile
from ui.desktop.scans.pile_strip import PileStrip
from ui.desktop.scans.scanner_panel import ScannerPanel
from ui.desktop.scans.viewer import ScanViewer, ViewPage
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.dialogs import cover_window
from ui.desktop.widgets.page_strip import PICTURE
from ui.desktop.widgets.reading_order import follow_layout
from ui.desktop.widgets.scroll_body import ScrollBody
from ui.desktop.widgets.segments import Segment, Segments
from ui.desktop.widgets.text import Elided, Text

_STRIP_UNITS = 2 * (PICTURE.width() + 12) + 20
"""Two pages beside each other, and a scroll bar."""


class Way(StrEnum):
    CAMERA = "camera"
    SCANNER = "scanner"
    FOLDER = "folder"


class PileMaterial(msgspec.Struct, frozen=True, kw_only=True):
    """`name` is what the pile knows it by, `label` what people read."""

    name: str
    label: str


class CaptureDialog(QDialog):
    """Works on a pile. `finished_with`: 完成 was pressed, and nothing is being read any more."""

    finished_with = Signal()

    def __init__(
        self,
        desk: Desk,
        pile: Pile,
        materials: Sequence[PileMaterial],
        parent: QWidget,
        *,
        title: str = "",
        yes_text: str = "",
        camera: Callable[[QWidget], Source] = CameraSource,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pile = pile
        self._materials = tuple(materials)
        self._camera_source = camera
        self._ending = False
        self._viewer: ScanViewer | None = None
        self.setWindowTitle(title or self.tr("扫描和拍照"))
        self.setModal(True)
        self.setAcceptDrops(True)
        self._make(yes_text)
        self._assemble()
        self._connect()
        self.show_material(self._materials[0].name)

    # --- sections ---------------------------------------------------------------------------------

    def _make(self, yes_text: str) -> None:
        preferences = self._desk.preferences
        self.ways = Segments(self.tr("从哪里来"))
        self.ways.show_segments(
            [
                Segment(text=self.tr("拍照"), value=Way.CAMERA),
                Segment(text=self.tr("扫描仪"), value=Way.SCANNER),
                Segment(text=self.tr("扫描文件夹"), value=Way.FOLDER),
            ]
        )
        self.files = Button(self.tr("选文件"), icon="image-plus", kind=ButtonKind.QUIET)
        self.paste = Button(
            self.tr("粘贴"), icon="clipboard-paste", kind=ButtonKind.QUIET, key="Ctrl+V"
        )
        self.materials = Choice()
        self.materials.setAccessibleName(self.tr("放到哪一件材料"))
        self.camera = CameraPanel(self._camera_source, preferences.camera)
        self.scanner = ScannerPanel(preferences.scanner)
        self.folder = FolderPanel(preferences.scan_folder)
        self.strip = PileStrip(self._pile, "", "")
        self.said = Banner(Mood.WARN, "", closable=True)
        self.said.hide()
        self._told = Text("", TextKind.SECONDARY)
        self._none_yet = Text("", TextKind.SECONDARY)
        self.yes = Button(
            yes_text or self.tr("完成"), kind=ButtonKind.PRIMARY, shown_key="Ctrl+Return"
        )
        self.no = Button(self.tr("取消"))
        self.no.setVisible(bool(yes_text))
        self._stack = QStackedWidget()

    def _assemble(self) -> None:
        column = look.column(Space.S, (Space.L,) * 4, self)
        whose = look.row(Space.S)
        whose.addWidget(Elided(self.tr("放到"), TextKind.STRONG))
        whose.addWidget(self.materials, 1)
        column.addLayout(whose)
        top = look.flow(Space.S)
        for widget in (self.ways, self.files, self.paste):
            top.addWidget(widget)
        column.addLayout(top)
        for panel in (self.camera, self.scanner, self.folder):
            self._stack.addWidget(panel)
        right = QWidget()
        beside = look.column(Space.S, parent=right)
        beside.addWidget(self._none_yet)
        beside.addWidget(ScrollBody(self.strip), 1)
        beside.addWidget(self._told)
        ends = look.flow(Space.S)
        ends.addWidget(self.no)
        ends.addWidget(self.yes)
        beside.addLayout(ends)
        look.sized(right, width=_STRIP_UNITS)
        middle = look.row(Space.M)
        middle.addWidget(self._stack, 1)
        middle.addWidget(right)
        column.addLayout(middle, 1)
        column.addWidget(self.said)

    def _connect(self) -> None:
        self.ways.chosen.connect(lambda way: self.show_way(Way(str(way))))
        self.files.clicked.connect(self._on_files)
        self.paste.clicked.connect(self._on_paste)
        self.materials.chosen.connect(lambda name: self.show_material(str(name)))
        self.camera.snapped.connect(self._bring_one)
        self.camera.began.connect(self._on_camera_began)
        self.scanner.scanned.connect(self._bring_one)
        self.folder.taken.connect(self._bring)
        self.folder.folder_chosen.connect(lambda folder: self._desk.prefer(scan_folder=folder))
        self.strip.opened.connect(self._on_opened)
        self._pile.changed.connect(self._on_changed)
        self._pile.settled.connect(self._on_settled)
        self._pile.refused.connect(self.refuse)
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self.reject)
        for keys, act in (
            ("Ctrl+Return", self._on_yes), ("Ctrl+Enter", self._on_yes),
            ("PgDown", partial(self._step, 1)), ("PgUp", partial(self._step, -1)),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self, act)
        self.finished.connect(self._on_finished)

    # --- what is shown ----------------------------------------------------------------------------

    @property
    def material(self) -> str:
        return self.strip.material

    @property
    def usual_way(self) -> Way:
        """What was used here before; else the camera, which most counters have."""
        preferences = self._desk.preferences
        if preferences.camera or not (preferences.scanner or preferences.scan_folder):
            return Way.CAMERA
        return Way.SCANNER if preferences.scanner else Way.FOLDER

    def show_way(self, way: Way) -> None:
        """The camera's light is on only while it is looked through."""
        self.ways.set_value(way)
        panels: dict[Way, CameraPanel | ScannerPanel | FolderPanel] = {
            Way.CAMERA: self.camera, Way.SCANNER: self.scanner, Way.FOLDER: self.folder,
        }  # fmt: skip
        self.camera.end()
        self.folder.end()
        self._stack.setCurrentWidget(panels[way])
        panels[way].begin()

    def _on_camera_began(self) -> None:
        """Space takes a page, unless somebody is busy elsewhere already."""
        if self.focusWidget() in (None, self.materials, self.camera.snap):
            self.camera.snap.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_material(self, name: str) -> None:
        label = next(one.label for one in self._materials if one.name == name)
        self.strip.show_material(name, label)
        self._on_changed()

    def _step(self, way: int) -> None:
        names = [one.name for one in self._materials]
        at = names.index(self.material) + way
        if 0 <= at < len(names):
            self.show_material(names[at])

    def _on_changed(self) -> None:
        options = []
        for one in self._materials:
            pages = len(self._pile.of(one.name))
            counted = self.tr("{name}（{n} 页）").format(name=one.label, n=pages)
            options.append((counted if pages else one.label, one.name))
        self.materials.set_options(options)
        self.materials.set_value(self.material)
        waiting = self._pile.waiting
        self._told.set_text(self.tr("正在处理 {n} 页…").format(n=waiting))
        self._told.setVisible(bool(waiting))
        none_yet = self.tr("还没有页。也可以把文件拖进来，或者粘贴。")
        if len(self._materials) > 1:
            none_yet += self.tr("PageDown 到下一件材料。")
        self._none_yet.set_text(none_yet)
        self._none_yet.setVisible(not self._pile.of(self.material) and not waiting)

    def refuse(self, sentence: str) -> None:
        """Why something was not put in, or not attached."""
        self.said.say(Mood.WARN, sentence)
        self.said.show()

    # --- pages ------------------------------------------------------------------------------------

    def _bring_one(self, brought: Brought) -> None:
        self._bring([brought])

    def _bring(self, brought: Sequence[Brought]) -> None:
        self.said.hide()
        self._pile.bring(self.material, brought)

    def _on_files(self) -> None:
        self._bring([from_file(file) for file in chosen_files(self)])

    def _on_paste(self) -> None:
        brought = from_mime(QGuiApplication.clipboard().mimeData(), self.tr("粘贴的图片"))
        if brought:
            self._bring(brought)
        else:
            self.refuse(self.tr("剪贴板里没有图片，也没有文件。"))

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if holds_pages(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._bring(from_mime(event.mimeData(), self.tr("拖来的图片")))
        event.acceptProposedAction()

    def _on_opened(self, at: int) -> None:
        open_pile(self._desk, self._pile, self._materials, self.material, at, self)

    # --- the end ----------------------------------------------------------------------------------

    def _on_yes(self) -> None:
        """What is still being read is waited for: a moment."""
        self._ending = True
        self.scanner.stop()
        if not self._pile.waiting:
            self._end()

    def _on_settled(self) -> None:
        if self._ending and not self._pile.waiting:
            self._end()

    def _end(self) -> None:
        self._ending = False
        self.finished_with.emit()
        if self.no.isHidden():
            self.accept()

    def _on_finished(self) -> None:
        self.camera.end()
        self.folder.end()
        self.scanner.end()
        used = {"camera": self.camera.camera, "scanner": self.scanner.device}
        before = self._desk.preferences
        new = {
            name: value for name, value in used.items() if value and value != getattr(before, name)
        }
        if new:
            self._desk.prefer(**new)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        cover_window(self)
        follow_layout(self)
        self.camera.snap.setFocus(Qt.FocusReason.OtherFocusReason)


def chosen_files(parent: QWidget) -> list[Path]:
    """Those that somebody chooses in the system's dialog."""
    names, _ = QFileDialog.getOpenFileNames(
        parent,
        _tr("选图片或 PDF"),
        "",
        _tr("图片和 PDF ({suffixes})").format(suffixes=FILE_FILTER),
    )
    return [Path(name) for name in names]


def open_pile(
    desk: Desk,
    pile: Pile,
    materials: Sequence[PileMaterial],
    material: str,
    at: int,
    parent: QWidget,
) -> ScanViewer:
    """One material's pages at large; what is turned or taken away there is so in the pile."""
    label = next((one.label for one in materials if one.name == material), material)
    viewer = ScanViewer(desk, label, parent.window(), editable=True)

    def show(first: int | None = None) -> None:
        pages = [ViewPage(sheet=sheet, label=label) for sheet in pile.of(material)]
        viewer.show_pages(pages, first)

    look_again = partial(show, None)
    pile.changed.connect(look_again)
    viewer.finished.connect(lambda _: pile.changed.disconnect(look_again))
    viewer.turned.connect(partial(pile.turn, material))
    viewer.removed.connect(partial(pile.remove, material))
    show(at)
    viewer.open()
    return viewer


def _tr(text: str) -> str:
    return QCoreApplication.translate("CaptureDialog", text)
