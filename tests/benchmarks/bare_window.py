"""A bare window with Daiban's fonts: what any program of this kind costs. `desktop.py` runs it by itself."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QLabel
from typing_extensions import override

FONTS = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "HanaMinB.ttf")
REST_MS = 500


class _Label(QLabel):
    @override
    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() is QEvent.Type.Paint and self.painted_at is None:
            self.painted_at, self.painted_cpu_s = time.time(), time.process_time()
        return handled

    painted_at: float | None = None
    painted_cpu_s = 0.0


def memory_mb() -> float:
    """The private and shared memory of this process, shared pages divided among those who share (Linux)."""
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise LookupError("Pss")


def main(started: float, fonts: Path) -> None:
    application = QApplication(["bare"])
    families = []
    for name in FONTS:
        families += QFontDatabase.applicationFontFamilies(
            QFontDatabase.addApplicationFont(str(fonts / name))
        )
    font = QFont(families[0])
    font.setPixelSize(17)
    application.setFont(font)
    label = _Label("代办　政务服务站　湖塘村")
    label.resize(1366, 768)
    label.show()

    def tell() -> None:
        assert label.painted_at is not None
        told = {
            "painted": label.painted_at - started,
            "painted_cpu": label.painted_cpu_s,
            "memory": memory_mb(),
        }
        sys.stdout.write(json.dumps(told) + "\n")
        QObject.deleteLater(label)
        application.quit()

    QTimer.singleShot(REST_MS, tell)
    application.exec()


if __name__ == "__main__":
    main(float(sys.argv[1]), Path(sys.argv[2]))
