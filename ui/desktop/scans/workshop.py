"""Where pages are read, turned and drawn small: one room for the whole desk, off the GUI thread.

A page goes to the disk as soon as it is read. What stays in memory are its name and a thumbnail.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QGuiApplication, QImage

from app.domain.attachments import Sheet
from app.errors import DaibanError
from app.store import attachments as images
from app.store.store import Store
from app.usecases import attachments
from app.usecases.attachments import Scan, ScanLost
from ui.desktop import look
from ui.desktop.desk import Desk
from ui.desktop.jobs import Jobs
from ui.desktop.scans import pictures
from ui.desktop.scans.incoming import Brought
from ui.desktop.widgets.page_strip import PICTURE

_MOST: Final = 400
"""Thumbnails that are remembered: some 20 KB each."""

Failed = Callable[[DaibanError], object]


def workshop_of(desk: Desk) -> Workshop:
    """The desk's one room."""
    return desk.findChild(Workshop) or Workshop(desk)


class Workshop(QObject):
    """`drawn` carries the digest of a page whose thumbnail is there now."""

    drawn = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        # A queue of its own: a printer or a network folder may be waited for meanwhile.
        self._jobs = Jobs()
        self._jobs.broke.connect(desk.jobs.broke)
        self.destroyed.connect(self._jobs.stop)
        self._small: OrderedDict[bytes, QImage] = OrderedDict()
        self._asked: set[bytes] = set()

    @property
    def busy(self) -> bool:
        return self._jobs.busy

    def stop(self) -> None:
        """The window is closed: what was read and kept is on the disk."""
        self._jobs.stop()

    # --- pages that come in -----------------------------------------------------------------------

    def take_in(
        self, brought: Brought, done: Callable[[tuple[Sheet, ...]], object], failed: Failed
    ) -> None:
        """Read what was brought and put it on the disk."""
        self._jobs.outside(
            partial(_read, brought, _room()),
            done=partial(self._on_read, done, failed),
            failed=failed,
        )

    def turn(
        self, sheet: Sheet, degrees: int, done: Callable[[Sheet], object], failed: Failed
    ) -> None:
        """Another page image, turned clockwise."""

        def turned(scans: list[Scan]) -> None:
            work = partial(_turned, scans[0], degrees % 360, _room())
            self._jobs.outside(
                work, done=partial(self._on_read, lambda kept: done(kept[0]), failed), failed=failed
            )

        self.fetch([sheet], turned, failed)

    def _on_read(
        self,
        done: Callable[[tuple[Sheet, ...]], object],
        failed: Failed,
        read: tuple[list[Scan], list[QImage]],
    ) -> None:
        scans, small = read
        for scan, picture in zip(scans, small, strict=True):
            self._remember(scan.sheet.digest, picture)
        self._desk.read(lambda store: attachments.keep(store, scans), done, failed)

    # --- pages that are here ----------------------------------------------------------------------

    def thumbnail(self, sheet: Sheet) -> QImage | None:
        """None if it has to be drawn first, which `drawn` tells, or is not on this computer."""
        small = self._small.get(sheet.digest)
        if small is not None:
            self._small.move_to_end(sheet.digest)
            return small
        if sheet.digest not in self._asked:
            self._asked.add(sheet.digest)
            self._desk.read(
                lambda store: images.content(store, sheet.digest),
                partial(self._on_content, sheet.digest),
                lambda _: self._asked.discard(sheet.digest),
            )
        return None

    def forget_missing(self) -> None:
        """Something was brought: what was not here may be here now."""
        self._asked.clear()

    def fetch(
        self, sheets: Sequence[Sheet], done: Callable[[list[Scan]], object], failed: Failed
    ) -> None:
        """The pages with their bytes. Fails with ScanLost if one of them is not here."""
        self._desk.read(partial(_found, sheets=tuple(sheets)), done, failed)

    def show(
        self, sheet: Sheet, done: Callable[[tuple[QImage, ...]], object], failed: Failed
    ) -> None:
        """The page for the view: large, and smaller."""

        def found(scans: list[Scan]) -> None:
            self._jobs.outside(
                partial(pictures.levels, scans[0].content), done=done, failed=failed,
                replaces="scan.shown",
            )  # fmt: skip

        self.fetch([sheet], found, failed)

    def outside(
        self,
        work: Callable[[], object],
        done: Callable[[object], object],
        failed: Failed,
        *,
        replaces: str | None = None,
    ) -> None:
        """What else has to do with pictures and no store."""
        self._jobs.outside(work, done=done, failed=failed, replaces=replaces)

    def _on_content(self, digest: bytes, content: bytes | None) -> None:
        if content is not None:
            self._jobs.outside(
                partial(pictures.thumbnail, content, _room()),
                done=partial(self._on_drawn, digest),
                failed=lambda _: None,
            )

    def _on_drawn(self, digest: bytes, small: QImage) -> None:
        self._remember(digest, small)
        self.drawn.emit(digest)

    def _remember(self, digest: bytes, small: QImage) -> None:
        self._asked.discard(digest)
        self._small[digest] = small
        while len(self._small) > _MOST:
            self._small.popitem(last=False)


def _room() -> QSize:
    """In dots of the sharpest screen."""
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    px = look.current().px
    return QSize(px(PICTURE.width()), px(PICTURE.height())) * ratio


def _read(brought: Brought, room: QSize) -> tuple[list[Scan], list[QImage]]:
    scans = brought.read()
    return scans, [pictures.thumbnail(scan.content, room) for scan in scans]


def _turned(scan: Scan, degrees: int, room: QSize) -> tuple[list[Scan], list[QImage]]:
    turned = attachments.rotate(scan, degrees)
    return [turned], [pictures.thumbnail(turned.content, room)]


def _found(store: Store, sheets: tuple[Sheet, ...]) -> list[Scan]:
    found = []
    for sheet in sheets:
        content = images.content(store, sheet.digest)
        if content is None:
            raise ScanLost(pages=1)
        found.append(Scan(sheet=sheet, content=content))
    return found
