"""A desktop in a process of its own, in which a form is half filled; whoever started it pulls the plug."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Final

PASSPHRASE: Final = "芝麻开门"


def main(folder: Path) -> None:
    """Fill, wait until the form has been kept by itself, say so, and wait for the end."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from app.store import opening
    from app.store.keyslots import Unlock
    from app.usecases import drafts, operators
    from tests.builders import the_item
    from ui.desktop import look
    from ui.desktop.desk import Desk, StationFacts
    from ui.desktop.exchanging import Exchanger
    from ui.desktop.jobs import Jobs
    from ui.desktop.pages.registration.page import RegistrationPage

    app = QApplication([])
    look.apply(app, "ordinary", 100)
    store = opening.open_store(folder, Unlock(passphrase=PASSPHRASE))
    jobs = Jobs()
    jobs.open(lambda: opening.beside(store), done=lambda _: None, failed=lambda _: None)
    head = operators.acting(store, None)
    exchanger = Exchanger(lambda: opening.beside(store))
    page = RegistrationPage(Desk(folder, jobs, StationFacts.of(store), head, exchanger))
    page.show()
    page.presenter.take_item(the_item("IT001"))
    page.presenter.fill_applicant(name="覃建国", id_number="450305197501012311")
    page.presenter.tick("共同生活家庭成员居民身份证", True)
    while not drafts.of_operator(store, head):
        app.processEvents()
        time.sleep(0.01)
    sys.stdout.write("kept\n")
    sys.stdout.flush()
    while True:
        app.processEvents()
        time.sleep(0.01)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
