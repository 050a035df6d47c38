"""The item's checklist with what is there and what is missing, and under each material its scans."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.attachments import NO_MATERIAL, Sheet
from app.domain.case import State
from app.usecases.whereabouts import Whereabouts
from ui.desktop import look, words
from ui.desktop.desk import Desk
from ui.desktop.look import Mood, Space, TextKind
from ui.desktop.pages.cases.sheet import CaseSheet, SheetMaterial, SheetScan
from ui.desktop.scans.downloads import DownloadState, downloads_of
from ui.desktop.scans.workshop import workshop_of
from ui.desktop.widgets.banner import Banner
from ui.desktop.widgets.button import Button, ButtonKind
from ui.desktop.widgets.checklist import Checklist, Line
from ui.desktop.widgets.page_strip import PageCard, PageStrip
from ui.desktop.widgets.progress import Progress
from ui.desktop.widgets.text import Text


class CasePage(msgspec.Struct, frozen=True, kw_only=True):
    """One page in the order of the checklist; `scan` is what it was attached with."""

    scan: SheetScan
    sheet: Sheet
    here: bool


class Materials(QWidget):
    """What was handed in is changed by an act, not here. `opened` carries the place of a page in `pages`."""

    opened = Signal(int)
    add_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workshop = workshop_of(desk)
        self._downloads = downloads_of(desk)
        self.pages: tuple[CasePage, ...] = ()
        self._strips: dict[int, PageStrip] = {}
        self._make()
        self._assemble()
        self._connect()

    def _make(self) -> None:
        self._title = Text(self.tr("材料"), TextKind.SECTION)
        self.add = Button(self.tr("添加扫描件"), icon="image-plus", kind=ButtonKind.QUIET)
        self.fetch = Button("", icon="download")
        self._list = Checklist()
        self._list.setAccessibleName(self.tr("材料"))
        self._no_more = Text("", TextKind.SECONDARY)
        self._none = Text(self.tr("这个事项不收材料。"), TextKind.SECONDARY)
        self._loose_title = Text(self.tr("其他扫描件"), TextKind.SECONDARY)
        self.progress = Progress()
        self.failed = Banner(Mood.WARN, "", closable=True)

    def _assemble(self) -> None:
        stack = look.column(Space.S, parent=self)
        head = look.row(Space.S)
        head.addWidget(self._title, 1)
        head.addWidget(self.add)
        stack.addLayout(head)
        stack.addWidget(self._no_more)
        row = look.row(Space.S)
        row.addWidget(self.fetch)
        row.addStretch(1)
        stack.addLayout(row)
        stack.addWidget(self.progress)
        stack.addWidget(self.failed)
        stack.addWidget(self._list)
        stack.addWidget(self._none)
        stack.addWidget(self._loose_title)
        stack.addWidget(self._strip(NO_MATERIAL))
        rest = (self._no_more, self.progress, self.failed, self._loose_title)
        for widget in (self.add, self.fetch, *rest):
            widget.hide()

    def _connect(self) -> None:
        self.add.clicked.connect(self.add_asked)
        self.fetch.clicked.connect(self.fetch_missing)
        self.progress.cancelled.connect(self._downloads.cancel)
        self._downloads.told.connect(self._on_download)
        self._workshop.drawn.connect(self._on_drawn)

    # --- what is shown ----------------------------------------------------------------------------

    def show_sheet(self, sheet: CaseSheet) -> None:
        missing = len(sheet.missing)
        title = self.tr("材料（缺 {n} 件）").format(n=missing) if missing else self.tr("材料")
        self._title.set_text(title)
        self.pages = pages_of(sheet)
        self._list.show_lines([self._line(one, key) for key, one in enumerate(sheet.materials)])
        self._list.setVisible(bool(sheet.materials))
        self._none.setVisible(not sheet.materials)
        self.add.setVisible(sheet.may_attach)
        self._no_more.set_text(self._why_no_more(sheet))
        self._no_more.setVisible(bool(self._no_more.text()))
        self._show_strips(sheet)
        self._show_missing()

    def _why_no_more(self, sheet: CaseSheet) -> str:
        """Where nobody here can add a scan any more."""
        if sheet.state is State.ARCHIVED:
            return self.tr("已归档，不再添加扫描件。")
        if sheet.where is Whereabouts.MOVED:
            return self.tr("已划出，本站不再添加扫描件。")
        return ""

    @property
    def missing(self) -> list[Sheet]:
        """Pages that are not on this computer."""
        return [page.sheet for page in self.pages if not page.here]

    def fetch_missing(self) -> None:
        """Bring what is not here."""
        self._downloads.fetch(self.missing)

    def _line(self, material: SheetMaterial, key: int) -> Line:
        right, mood, icon = "", Mood.PLAIN, None
        scanned = sum(page.scan.material == key for page in self.pages)
        if not material.given and material.required:
            right, mood = self.tr("缺"), Mood.BAD
        elif not material.given:
            right = self.tr("没有交")
        elif scanned:
            right, icon = self.tr("扫描 {n} 页").format(n=scanned), "paperclip"
        elif material.pages:
            right = self.tr("{n} 页").format(n=material.pages)
        return Line(
            title=material.name,
            key=key,
            detail=material.detail,
            ticked=material.given,
            right=right,
            mood=mood,
            right_icon=icon,
            tickable=False,
        )

    def _show_strips(self, sheet: CaseSheet) -> None:
        with_pages = {page.scan.material for page in self.pages}
        for place, material in enumerate(sheet.materials):
            if place in with_pages:
                self._strip(place).set_name(material.name)
        self._look()
        self._list.put_below(
            {place: self._strips[place] for place in with_pages if place != NO_MATERIAL}
        )
        loose = NO_MATERIAL in with_pages
        self._loose_title.setVisible(loose)
        self._strips[NO_MATERIAL].setVisible(loose)

    def _strip(self, place: int) -> PageStrip:
        if place not in self._strips:
            strip = self._strips[place] = PageStrip(self.tr("其他扫描件"), self)
            strip.set_editable(False)
            strip.opened.connect(partial(self._on_opened, place))
        return self._strips[place]

    def _look(self) -> None:
        for place, strip in self._strips.items():
            strip.show_cards([self._card(page) for page in self._of(place)])

    def _of(self, place: int) -> Sequence[CasePage]:
        return [page for page in self.pages if page.scan.material == place]

    def _card(self, page: CasePage) -> PageCard:
        key = (page.scan.ref, page.sheet.digest)
        if not page.here:
            return PageCard(key=key, mark=self.tr("没下载"), mood=Mood.INFO)
        return PageCard(key=key, picture=self._workshop.thumbnail(page.sheet))

    def _on_drawn(self, digest: object) -> None:
        if any(page.sheet.digest == digest for page in self.pages):
            self._look()

    def _on_opened(self, place: int, at: int) -> None:
        self.opened.emit(self.pages.index(self._of(place)[at]))

    # --- what is not here -------------------------------------------------------------------------

    def _show_missing(self) -> None:
        missing, state = self.missing, self._downloads.state
        size = words.size(sum(sheet.size for sheet in missing))
        self.fetch.set_text(
            self.tr("下载扫描件（{n} 页，{size}）").format(n=len(missing), size=size)
        )
        self.fetch.setVisible(bool(missing) and not state.working)
        self.progress.setVisible(bool(missing) and state.working)
        if not missing:
            self.failed.hide()

    def _on_download(self, state: DownloadState) -> None:
        if state.working and self.missing:
            what = self.tr("正在下载 {done} / {n} 页").format(done=state.done, n=state.sheets)
            left = words.size(max(0, state.size - state.here))
            share = state.here / state.size if state.size else None
            self.progress.show_progress(what, share, self.tr("还剩 {size}").format(size=left))
            self.failed.hide()
        elif state.failed and self.missing:
            self.failed.say(Mood.WARN, state.failed)
            self.failed.show()
        self._show_missing()


def pages_of(sheet: CaseSheet) -> tuple[CasePage, ...]:
    """Every page, by the checklist, and what belongs to no material last."""
    last = len(sheet.materials)
    in_order = sorted(
        sheet.scans, key=lambda scan: last if scan.material == NO_MATERIAL else scan.material
    )
    return tuple(
        CasePage(scan=scan, sheet=page, here=here)
        for scan in in_order
        for page, here in zip(scan.sheets, scan.here, strict=True)
    )
