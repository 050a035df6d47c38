"""This computer's cameras, through QtMultimedia: loaded when somebody opens the camera, not when the program starts.

A document camera (高拍仪) is a camera as any other to the system.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from app.errors import Refused

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QCamera, QCameraDevice, QCameraFormat

_ENOUGH_DOTS: Final = 12_000_000
"""A page is kept smaller than that; more only makes the picture stutter."""


class NoCameraLibrary(Refused):
    """The system lacks a library that Qt's camera wants (fact: detail, the loader's words)."""

    code = "no_camera_library"


class NoCamera(Refused):
    code = "no_camera"


class CameraFailed(Refused):
    """The camera does not start or has gone (fact: detail)."""

    code = "camera_failed"


class CameraSource(QObject):
    """`framed` carries frames as they come, each with a `toImage` that takes its time; `failed` a Refused."""

    framed = Signal(object)
    failed = Signal(object)
    listed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Raises NoCameraLibrary."""
        super().__init__(parent)
        try:
            from PySide6 import QtMultimedia
        except ImportError as error:
            raise NoCameraLibrary(detail=str(error)) from error
        self._qt: Any = QtMultimedia
        self._devices = QtMultimedia.QMediaDevices(self)
        self._devices.videoInputsChanged.connect(self.listed)
        self._session = QtMultimedia.QMediaCaptureSession(self)
        self.sink = QtMultimedia.QVideoSink(self)
        self.sink.videoFrameChanged.connect(self._on_frame)
        self._camera: QCamera | None = None

    def cameras(self) -> list[tuple[str, str]]:
        """Name and label of each that is plugged in, the system's own choice first."""
        usual = self._qt.QMediaDevices.defaultVideoInput()
        found = sorted(self._qt.QMediaDevices.videoInputs(), key=lambda one: one != usual)
        return [(_name(one), one.description()) for one in found]

    def start(self, name: str) -> None:
        """Show the camera of that name; the one before stops."""
        self.stop()
        inputs = self._qt.QMediaDevices.videoInputs()
        device = next((one for one in inputs if _name(one) == name), None)
        if device is None:
            self.failed.emit(NoCamera())
            return
        camera = self._camera = self._qt.QCamera(device, self)
        best = _best(device)
        if best is not None:
            camera.setCameraFormat(best)
        camera.errorOccurred.connect(self._on_error)
        self._session.setCamera(camera)
        self._session.setVideoSink(self.sink)
        camera.start()

    def stop(self) -> None:
        if self._camera is not None:
            self._camera.stop()
            self._session.setCamera(None)  # type: ignore[arg-type]  # the bindings forget that it may be none
            self._camera.deleteLater()
            self._camera = None

    def _on_frame(self, frame: object) -> None:
        """On the GUI thread, whichever thread the camera has; nothing is copied."""
        self.framed.emit(frame)

    def _on_error(self, _error: object, detail: str) -> None:
        self.failed.emit(CameraFailed(detail=detail))


def _name(device: QCameraDevice) -> str:
    return bytes(device.id().data()).decode("utf-8", "replace")


def _best(device: QCameraDevice) -> QCameraFormat | None:
    """The sharpest that is not more than enough."""

    def dots(one: QCameraFormat) -> int:
        return one.resolution().width() * one.resolution().height()

    formats = [one for one in device.videoFormats() if dots(one) <= _ENOUGH_DOTS]
    return max(formats, key=lambda one: (dots(one), one.maxFrameRate()), default=None)
