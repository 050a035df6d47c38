"""What any window asks of the GUI thread: one of plain widgets, a form's worth of them, made and painted."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QLineEdit, QPushButton, QWidget

_ROWS: Final = 40
_KINDS: Final = (QLabel, QLineEdit, QPushButton, QCheckBox)
_SIZE: Final = (1366, 768)


def bare_window_ms() -> float:
    """Processor time of this thread; nobody sees the window, and it takes the keyboard from none."""
    began_s = time.thread_time()
    window = QWidget()
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    window.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
    grid = QGridLayout(window)
    for row in range(_ROWS):
        for column, kind in enumerate(_KINDS):
            widget = kind()
            widget.setText(f"代办 {row}")
            grid.addWidget(widget, row, column)
    window.resize(*_SIZE)
    window.show()
    window.grab()
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    return (time.thread_time() - began_s) * 1000
