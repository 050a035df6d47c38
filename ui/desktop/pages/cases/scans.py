"""The scans of the case that is open: looked at large, added later, taken out of sight with a reason."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.attachments import NO_MATERIAL
from app.domain.names import plain_lines
from app.domain.staff import OperatorCard
from app.errors import DaibanError
from app.journal.refs import Ref
from app.store.store import Store
from app.usecases import attaching, attachments, looks
from app.usecases.attachments import MaterialScans
from ui import wording
from ui.desktop.desk import Desk
from ui.desktop.look.mood import Mood
from ui.desktop.pages.cases.case_presenter import CasePresenter
from ui.desktop.pages.cases.materials import CasePage, Materials, pages_of
from ui.desktop.pages.cases.sheet import CaseSheet, SheetScan
from ui.desktop.scans.pile import NONE, Pile
from ui.desktop.scans.workshop import workshop_of
from ui.desktop.widgets.button import ButtonKind
from ui.desktop.widgets.dialogs import FormDialog
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.text_area import TextArea

if TYPE_CHECKING:
    from ui.desktop.scans.capture_dialog import CaptureDialog
    from ui.desktop.scans.viewer import ScanViewer, ViewPage


class CaseScans(QObject):
    """Opens what is asked for by the section of the materials."""

    def __init__(
        self, desk: Desk, presenter: CasePresenter, materials: Materials, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._presenter = presenter
        self._materials = materials
        self._over = parent
        self.viewer: ScanViewer | None = None
        self.capture: CaptureDialog | None = None
        self.removing: RemoveDialog | None = None
        materials.opened.connect(self.look_at)
        materials.add_asked.connect(self.add)
        presenter.shown.connect(self._on_shown)

    # --- looking ----------------------------------------------------------------------------------

    def look_at(self, at: int) -> None:
        """A page, large. They show whole numbers: where that is to be written down, it is so first."""
        sheet = self._presenter.sheet
        if sheet is None or self.viewer is not None:
            return
        if sheet.own:
            self._open_viewer(sheet.subject, at)
        else:
            self._desk.act(
                partial(_looked, subject=sheet.subject),
                lambda _: self._open_viewer(sheet.subject, at),
            )

    def _open_viewer(self, subject: Ref, at: int) -> None:
        from ui.desktop.scans.viewer import ScanViewer

        sheet = self._presenter.sheet
        if sheet is None or sheet.subject != subject or not self._over.isVisible():
            return
        title = self.tr("扫描件 {number}").format(number=sheet.local_number)
        viewer = self.viewer = ScanViewer(self._desk, title, self._over.window())
        viewer.fetch_asked.connect(self._materials.fetch_missing)
        viewer.removed.connect(self._on_remove_asked)
        viewer.finished.connect(self._on_viewer_finished)
        self._show_pages(sheet, at)
        viewer.open()

    def _show_pages(self, sheet: CaseSheet, at: int | None = None) -> None:
        if self.viewer is None:
            return
        pages = pages_of(sheet)
        self.viewer.allow_removing([page.scan.may_remove for page in pages])
        self.viewer.show_pages([self._view_page(sheet, page) for page in pages], at)

    def _view_page(self, sheet: CaseSheet, page: CasePage) -> ViewPage:
        from ui.desktop.scans.viewer import ViewPage

        scan = page.scan
        about = " ".join(part for part in (scan.who, scan.when) if part)
        label = " · ".join(part for part in (_name(sheet, scan), scan.note, about) if part)
        return ViewPage(sheet=page.sheet, label=label, here=page.here)

    def _on_shown(self, sheet: CaseSheet) -> None:
        self._show_pages(sheet)

    def _on_viewer_finished(self) -> None:
        self.viewer = None

    # --- taking away ------------------------------------------------------------------------------

    def _on_remove_asked(self, at: int) -> None:
        sheet = self._presenter.sheet
        if sheet is None or self.viewer is None:
            return
        scan = pages_of(sheet)[at].scan
        dialog = self.removing = RemoveDialog(_name(sheet, scan), len(scan.sheets), self.viewer)
        dialog.given.connect(partial(self._remove, sheet.subject, scan))
        dialog.finished.connect(self._on_removing_finished)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _remove(self, subject: Ref, scan: SheetScan, reason: str) -> None:
        self._desk.act(
            partial(_removed, subject=subject, scan=scan.ref, reason=reason),
            self._on_removed,
            self._on_not_removed,
        )

    def _on_removed(self, _: object) -> None:
        if self.removing is not None:
            self.removing.accept()
        self._desk.say(Mood.GOOD, self.tr("已移走；经过里留有记录。"))
        self._presenter.refresh()

    def _on_not_removed(self, error: DaibanError) -> None:
        if self.removing is not None:
            self.removing.set_busy(False)
            self.removing.say(Mood.BAD, wording.sentence_on_screen(error))

    def _on_removing_finished(self) -> None:
        self.removing = None

    # --- adding -----------------------------------------------------------------------------------

    def add(self) -> None:
        """Camera, scanner and files; what was put together is attached in one act."""
        from ui.desktop.scans.capture_dialog import CaptureDialog, PileMaterial

        sheet = self._presenter.sheet
        if sheet is None or self.capture is not None:
            return
        pile = Pile(workshop_of(self._desk), self)
        named = [PileMaterial(name=one.name, label=one.name) for one in sheet.materials]
        dialog = self.capture = CaptureDialog(
            self._desk,
            pile,
            [*named, PileMaterial(name=NONE, label=self.tr("其他（委托书、现场照片）"))],
            self._over.window(),
            title=self.tr("添加扫描件"),
            yes_text=self.tr("添加到办件"),
        )
        dialog.finished_with.connect(partial(self._attach, sheet.subject, pile))
        dialog.finished.connect(partial(self._on_capture_finished, pile))
        dialog.open()
        dialog.show_way(dialog.usual_way)

    def _attach(self, subject: Ref, pile: Pile) -> None:
        if not pile.count:
            if self.capture is not None:
                self.capture.refuse(self.tr("还没有扫描或者选好的页。"))
            return
        self._desk.act(
            partial(_attached, subject=subject, scans=pile.scans),
            partial(self._on_attached, pile.count),
            self._on_not_attached,
        )

    def _on_attached(self, count: int, _: object) -> None:
        if self.capture is not None:
            self.capture.accept()
        self._desk.say(Mood.GOOD, self.tr("已添加 {n} 页。").format(n=count))
        self._presenter.refresh()

    def _on_not_attached(self, error: DaibanError) -> None:
        if self.capture is not None:
            self.capture.refuse(wording.sentence_on_screen(error))

    def _on_capture_finished(self, pile: Pile, _how: int) -> None:
        if self.capture is not None:
            self.capture.deleteLater()
            self.capture = None
        pile.put(())


class RemoveDialog(FormDialog):
    """Why pages are taken out of sight; what was attached together goes together. `given` carries the reason."""

    given = Signal(str)

    def __init__(self, name: str, pages: int, parent: QWidget) -> None:
        super().__init__(
            _tr("移走“{name}”的扫描件").format(name=name),
            _tr("移走 {n} 页").format(n=pages),
            parent,
            kind=ButtonKind.DANGER,
            note=_tr("一起添加的 {n} 页一起移走。移走以后不再显示，办件的经过里留有记录。").format(
                n=pages
            ),
        )
        self.reason = TextArea(_tr("如：放错了办件，是另一个人的户口簿"), lines=2)
        self._field = Field(_tr("原因"), self.reason)
        self.add(self._field)
        self.ok_requested.connect(self._on_ok)

    def _on_ok(self) -> None:
        reason = plain_lines(self.reason.text())
        if not reason:
            self._field.say(Mood.BAD, _tr("请写为什么移走。"))
            self.reason.setFocus()
            return
        self.set_busy(True)
        self.given.emit(reason)


def _name(sheet: CaseSheet, scan: SheetScan) -> str:
    if scan.material == NO_MATERIAL:
        return _tr("其他扫描件")
    return sheet.materials[scan.material].name


def _looked(store: Store, by: OperatorCard, subject: Ref) -> None:
    looks.scans_seen(store, subject, by)


def _removed(store: Store, by: OperatorCard, subject: Ref, scan: Ref, reason: str) -> None:
    attachments.remove(store, subject, scan, reason, by)


def _attached(
    store: Store, by: OperatorCard, subject: Ref, scans: tuple[MaterialScans, ...]
) -> None:
    attaching.attach_kept(store, subject, scans, by)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CaseScans", text)
