"""What the camera sees, and a page of it at the press of a key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final, Protocol

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget
from shiboken6 import isValid
from typing_extensions import override

from app.errors import DaibanError
from ui import wording
from ui.desktop import look
from ui.desktop.jobs import Jobs
from ui.desktop.look import Space, TextKind
from ui.desktop.scans.camera_source import CameraSource, NoCamera
from ui.desktop.scans.incoming import Brought, from_frame
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.choice import Choice
from ui.desktop.widgets.empty_state import EmptyState
from ui.desktop.widgets.scroll_body import ScrollBody
from ui.desktop.widgets.text import Elided

_SEEN: Final = QSize(1280, 960)
"""Dots of the moving picture at most: it is only looked at."""
_LEAST: Final = QSize(240, 90)


class Source(Protocol):
    """What a CameraSource is; tests bring frames of their own."""

    @property
    def framed(self) -> SignalInstance: ...
    @property
    def failed(self) -> SignalInstance: ...
    @property
    def listed(self) -> SignalInstance: ...
    def cameras(self) -> list[tuple[str, str]]: ...
    def start(self, name: str) -> None: ...
    def stop(self) -> None: ...


class CameraPanel(QWidget):
    """`snapped` carries a Brought: the frame that was seen when the key was pressed.

    Frames become pictures on a thread of the panel's own, one at a time: those that come meanwhile are passed over.
    """

    snapped = Signal(object)
    began = Signal()
    """The first picture is there."""

    def __init__(
        self,
        source: Callable[[QWidget], Source] = CameraSource,
        usual: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`usual` is the name of the camera that was used last."""
        super().__init__(parent)
        self._make_source = source
        self._source: Source | None = None
        self._usual = usual
        self._jobs = Jobs()
        self._frame: Any = None  # the newest one; whoever makes pictures of it knows its type
        self._drawing = False
        self._count = 0
        self._make()
        self._assemble()
        self.destroyed.connect(self._jobs.stop)

    def _make(self) -> None:
        self.live = _Live()
        self.empty = EmptyState("camera", self.tr("正在打开摄像头…"))
        self.cameras = Choice()
        self.cameras.setAccessibleName(self.tr("用哪个摄像头"))
        self._told = Elided(self.tr("把纸放平，看清四角，再拍。"), TextKind.SECONDARY)
        self.snap = Button(
            self.tr("拍一页"), icon="camera", kind=ButtonKind.PRIMARY, tip=self.tr("空格")
        )
        self._stack = QStackedWidget()

    def _assemble(self) -> None:
        self._stack.addWidget(ScrollBody(self.empty))
        self._stack.addWidget(self.live)
        row = look.row(Space.S)
        row.addWidget(self.cameras)
        row.addWidget(self._told, 1)
        row.addWidget(self.snap)
        column = look.column(Space.S, parent=self)
        column.addWidget(self._stack, 1)
        column.addLayout(row)
        self.snap.setEnabled(False)
        self.cameras.hide()
        self.snap.clicked.connect(self.take)
        self.cameras.chosen.connect(self._on_chosen)
        self.empty.acted.connect(self.begin)

    @property
    def camera(self) -> str:
        """The one in use; "" if there is none."""
        return str(self.cameras.value() or "")

    # --- the camera -------------------------------------------------------------------------------

    def begin(self) -> None:
        """Look through the camera; its library is loaded now."""
        if self._source is None:
            try:
                self._source = self._make_source(self)
            except DaibanError as error:
                self._say(error)
                return
            self._source.framed.connect(self._on_frame)
            self._source.failed.connect(self._say)
            self._source.listed.connect(self._list)
        self._list()

    def end(self) -> None:
        """The light of the camera goes out."""
        if self._source is not None:
            self._source.stop()
        self._frame = None
        self.snap.setEnabled(False)

    def _list(self) -> None:
        assert self._source is not None
        found = self._source.cameras()
        if not found:
            self._say(NoCamera())
            return
        names = [name for name, _ in found]
        before = self.camera or self._usual
        name = before if before in names else names[0]
        self.cameras.set_options([(label, name) for name, label in found])
        self.cameras.set_value(name)
        self.cameras.setVisible(len(found) > 1)
        self._start(name)

    def _start(self, name: str) -> None:
        assert self._source is not None
        self._frame = None
        self.empty.say("camera", self.tr("正在打开摄像头…"))
        self._stack.setCurrentIndex(0)
        self._source.start(name)

    def _on_chosen(self, name: object) -> None:
        self._start(str(name))

    def _say(self, error: DaibanError) -> None:
        self._frame = None
        self.snap.setEnabled(False)
        self.empty.say(
            "camera-off", self.tr("摄像头现在用不了"), wording.sentence_on_screen(error),
            self.tr("再试一次"),
        )  # fmt: skip
        self._stack.setCurrentIndex(0)

    # --- frames -----------------------------------------------------------------------------------

    def _on_frame(self, frame: object) -> None:
        self._frame = frame
        if not self._drawing:
            self._drawing = True
            self._jobs.outside(
                partial(_seen, frame), done=self._on_seen, failed=lambda _: self._on_seen(None)
            )

    def _on_seen(self, picture: QImage | None) -> None:
        if not isValid(self):
            return
        self._drawing = False
        if picture is None or picture.isNull() or self._frame is None:
            return
        self.live.show_picture(picture)
        if self._stack.currentWidget() is not self.live:
            self._stack.setCurrentWidget(self.live)
        if not self.snap.isEnabled():
            self.snap.setEnabled(True)
            self.began.emit()

    def take(self) -> None:
        """The page as it is seen now; it is made into a picture elsewhere."""
        if self._frame is not None and self.snap.isEnabled():
            self._count += 1
            brought: Brought = from_frame(self._frame, self.tr("照片 {n}").format(n=self._count))
            self.snapped.emit(brought)
            self.live.blink()


class _Live(QWidget):
    """The moving picture."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("摄像头画面"))
        self._blinks = False

    def show_picture(self, picture: QImage) -> None:
        self._picture = picture
        self._blinks = False
        self.update()

    def blink(self) -> None:
        """A frame around it until the next picture: it was taken."""
        self._blinks = True
        self.update()

    @override
    def sizeHint(self) -> QSize:
        px = look.current().px
        return QSize(px(_LEAST.width()) * 2, px(_LEAST.height()) * 2)

    @override
    def minimumSizeHint(self) -> QSize:
        px = look.current().px
        return QSize(px(_LEAST.width()), px(_LEAST.height()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        now = look.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(now.theme.track))
        size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(QPoint(), size)
        place.moveCenter(self.rect().center())
        painter.drawImage(place, self._picture)
        painter.setPen(QColor(now.theme.edge))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self._blinks:
            edge = now.px(Space.S)
            painter.setPen(Qt.PenStyle.NoPen)
            for side in (
                QRect(place.left(), place.top(), place.width(), edge),
                QRect(place.left(), place.bottom() - edge + 1, place.width(), edge),
                QRect(place.left(), place.top(), edge, place.height()),
                QRect(place.right() - edge + 1, place.top(), edge, place.height()),
            ):
                painter.fillRect(side, QColor(now.theme.primary))


def _seen(frame: Any) -> QImage:  # noqa: ANN401 -- a frame of whatever library the source uses
    """Off the GUI thread."""
    picture: QImage = frame.toImage()
    if picture.width() > _SEEN.width() or picture.height() > _SEEN.height():
        picture = picture.scaled(
            _SEEN, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.FastTransformation
        )
    return picture
