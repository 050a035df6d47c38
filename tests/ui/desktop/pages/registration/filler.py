"""A desktop in a process of its own, in which a form is half filled; whoever started it pulls the plug."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Final

PASSPHRASE: Final = "芝麻开门"
_PAGES: Final = 2


def main(folder: Path) -> None:
    """Fill, wait until the form has been kept by itself, say so, and wait for the end."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from app.domain.attachments import Sheet
    from app.domain.events import PartyRole
    from app.store import opening
    from app.store.drafts import Draft
    from app.store.keyslots import Unlock
    from app.usecases import drafts, operators
    from app.usecases.parties import SigningForm
    from tests.builders import the_item
    from tests.ui.desktop.scans.papers import a_picture
    from ui.desktop import look
    from ui.desktop.desk import Desk, StationFacts
    from ui.desktop.exchanging import Exchanger
    from ui.desktop.jobs import Jobs
    from ui.desktop.pages.registration.drafting import read_scans
    from ui.desktop.pages.registration.page import RegistrationPage
    from ui.desktop.scans.incoming import from_picture

    def kept_pages(found: list[Draft]) -> list[Sheet]:
        return [sheet for draft in found for one in read_scans(draft) for sheet in one.sheets]

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
    page.presenter.table.tick("共同生活家庭成员居民身份证", True)
    page.presenter.fill_applicant(other_name="覃健国")
    page.presenter.others.add(PartyRole.GUARDIAN)
    page.presenter.others.change(0, name="莫秀英", relation="配偶", basis="居民户口簿")
    page.presenter.fill(
        green="行动不便，上门办理", staff_relative="韦代办的姑父",
        signing=SigningForm(written_by="韦代办", read_by="韦代办", witness="莫秀英"),
    )  # fmt: skip
    page.presenter.bring(
        "共同生活家庭成员居民身份证", [from_picture(a_picture(mark), "页") for mark in (1, 2)]
    )
    while len(kept_pages(drafts.of_operator(store, head))) < _PAGES:
        app.processEvents()
        time.sleep(0.01)
    sys.stdout.write("kept\n")
    sys.stdout.flush()
    while True:
        app.processEvents()
        time.sleep(0.01)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
