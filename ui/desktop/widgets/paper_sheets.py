"""Pages of a PDF under each other, drawn off the GUI thread, and only those that are in sight."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import ceil
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.errors import DaibanError
from ui.desktop import look
from ui.desktop.look import Ink, Space, TextKind
from ui.desktop.widgets import painting
from ui.desktop.widgets.zoom_area import ZoomArea

if TYPE_CHECKING:
    from printing.pages import PageSize, Picture
    from ui.desktop.jobs import Job

_T = TypeVar("_T")

STEPS: Final = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0, 3.0)
"""The sizes that + and − go through; 1 is as large as on paper."""

_POINTS_PER_INCH: Final = 72
_HALF_A_PIXEL: Final = 0.5  # sizes are rounded up
_DRAWN_FOR: Final = "dots_per_point"


class Outside(Protocol):
    """How work leaves the GUI thread: `Desk.outside`."""

    def __call__(
        self,
        work: Callable[[], _T],
        done: Callable[[_T], object],
        failed: Callable[[DaibanError], object] | None = None,
        *,
        replaces: str | None = None,
    ) -> Job: ...


class PaperSheets(ZoomArea):
    """As wide as there is room, or 1: as large as on paper.

    `turned`: another page is looked at, or the number of pages is another.
    """

    turned = Signal()
    steps = STEPS

    def __init__(self, outside: Outside, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outside = outside
        self._pdf = b""
        self._sizes: tuple[PageSize, ...] = ()
        self._pictures: dict[int, QImage] = {}
        self._asked: dict[int, tuple[float, Job]] = {}
        self._page = 0
        self.setAccessibleName(self.tr("文书预览"))
        self.zoomed.connect(self._look)
        # Jobs that come back after the window has gone must find nobody.
        self.destroyed.connect(partial(_forget, self._asked))

    # --- what is shown ----------------------------------------------------------------------------

    def show_pages(self, pdf: bytes, sizes: tuple[PageSize, ...]) -> None:
        """Begin at the top of the first page; the size stays as it was chosen."""
        _forget(self._asked)
        self._pictures.clear()
        self._pdf, self._sizes, self._page = pdf, sizes, 0
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue(0)
        self.zoomed.emit()
        self.turned.emit()

    @property
    @override
    def is_empty(self) -> bool:
        return not self._sizes

    @property
    def count(self) -> int:
        return len(self._sizes)

    @property
    def page(self) -> int:
        """The page that is looked at, from 0."""
        return self._page

    @property
    def drawn(self) -> frozenset[int]:
        """The pages of which a picture is there."""
        return frozenset(self._pictures)

    @property
    def waiting(self) -> bool:
        return bool(self._asked)

    def turn_to(self, page: int) -> None:
        if 0 <= page < self.count:
            gap = look.current().px(Space.M)
            self.verticalScrollBar().setValue(self._place(page).top() - gap)

    # --- size -------------------------------------------------------------------------------------

    @override
    def _held(self) -> QPoint:
        """The beginning of what is read."""
        return QPoint()

    @override
    def _fitting(self) -> float:
        widest = max((size.width for size in self._sizes), default=0)
        room = self.viewport().width() - 2 * look.current().px(Space.M)
        if not widest or room <= 0:
            return 1.0
        fitting = (room - _HALF_A_PIXEL) / (widest * self._paper_scale())
        return min(STEPS[-1], max(STEPS[0], fitting))

    def _paper_scale(self) -> float:
        """Pixels a point as large as on paper."""
        return self.logicalDpiX() / _POINTS_PER_INCH

    def _scale(self) -> float:
        return self.factor * self._paper_scale()

    # --- places -----------------------------------------------------------------------------------

    def _size(self, page: int) -> QSize:
        size, scale = self._sizes[page], self._scale()
        return QSize(ceil(size.width * scale), ceil(size.height * scale))

    def _place(self, page: int) -> QRect:
        """Where a page lies, from the top left of everything."""
        gap = look.current().px(Space.M)
        top = gap + sum(self._size(before).height() + gap for before in range(page))
        size = self._size(page)
        left = max(gap, (self._extent().width() - size.width()) // 2)
        return QRect(QPoint(left, top), size)

    def _extent(self) -> QSize:
        gap = look.current().px(Space.M)
        sizes = [self._size(page) for page in range(self.count)]
        width = max((size.width() for size in sizes), default=0) + 2 * gap
        height = gap + sum(size.height() + gap for size in sizes)
        return QSize(max(width, self.viewport().width()), height)

    def _in_sight(self) -> list[int]:
        window = QRect(self._offset(), self.viewport().size())
        return [page for page in range(self.count) if self._place(page).intersects(window)]

    @override
    def _lay_out(self) -> None:
        self._scroll_over(self._extent(), Space.XXL)

    # --- pictures ---------------------------------------------------------------------------------

    def _look(self) -> None:
        """Ask for what came into sight, drop what went out of it."""
        seen = self._in_sight()
        for page in set(self._pictures) - set(seen):
            del self._pictures[page]
        for page in set(self._asked) - set(seen):
            self._asked.pop(page)[1].cancel()
        for page in seen:
            self._ask(page)
        if seen and self._nearest(seen) != self._page:
            self._page = self._nearest(seen)
            self.turned.emit()

    def _ask(self, page: int) -> None:
        wanted = self._wanted()
        asked = self._asked.get(page)
        if asked is not None and asked[0] == wanted:
            return
        if asked is not None:
            asked[1].cancel()
        elif page in self._pictures and self._pictures[page].text(_DRAWN_FOR) == f"{wanted}":
            return
        job = self._outside(
            partial(_drawn, self._pdf, page, wanted),
            partial(self._on_drawn, page),
            partial(self._on_failed, page),
        )
        self._asked[page] = (wanted, job)

    def _wanted(self) -> float:
        """Dots a point on this screen."""
        return self._scale() * self.devicePixelRatioF()

    def _on_drawn(self, page: int, picture: QImage) -> None:
        del self._asked[page]
        self._pictures[page] = picture
        self.viewport().update()

    def _on_failed(self, page: int, _: DaibanError) -> None:
        """The same bytes gave their sizes before: nothing that a person could do."""
        del self._asked[page]

    def _nearest(self, seen: list[int]) -> int:
        """The page that has most of the window."""
        window = QRect(self._offset(), self.viewport().size())
        return max(seen, key=lambda page: self._place(page).intersected(window).height())

    # --- events -----------------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        now = look.current()
        painter.fillRect(event.rect(), QColor(now.theme.ground))
        for page in self._in_sight():
            place = self._place(page).translated(-self._offset())
            self._paint_page(painter, page, place)
        if self.hasFocus():
            painting.ring(painter, self.viewport().rect(), corner_px=0)

    def _paint_page(self, painter: QPainter, page: int, place: QRect) -> None:
        theme = look.current().theme
        edge = place.adjusted(-1, -1, 1, 1)
        painting.plate(
            painter, edge, fill="#FFFFFF", edge=theme.line, edge_px=1, corner_px=0
        )  # paper is white in every theme
        picture = self._pictures.get(page)
        if picture is None:
            colour = look.current().colour(Ink.FAINT)
            middle = Qt.AlignmentFlag.AlignCenter
            painting.line_of_text(
                painter, place, self.tr("正在显示…"), TextKind.SECONDARY, colour, middle
            )
            return
        if picture.text(_DRAWN_FOR) == f"{self._wanted()}":
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            painter.drawImage(place.topLeft(), picture)  # dot for dot
        else:  # until the one of this size is drawn
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(place), picture)

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()
        self._look()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
        self._look()
        if self.fits:
            self.zoomed.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._lay_out()
            self._look()

    @override
    def _acts(self) -> dict[int, Callable[[], Any]]:
        return {
            **super()._acts(),
            Qt.Key.Key_PageDown: partial(self.turn_to, self._page + 1),
            Qt.Key.Key_PageUp: partial(self.turn_to, max(0, self._page - 1)),
            Qt.Key.Key_Home: partial(self.turn_to, 0),
            Qt.Key.Key_End: partial(self.turn_to, self.count - 1),
        }


def _drawn(pdf: bytes, page: int, dots_per_point: float) -> QImage:
    """Off the GUI thread."""
    from printing.pages import Pages

    with Pages(pdf) as pages:
        picture = pages.picture(page, dots_per_point)
    return _image(picture, dots_per_point)


def _image(picture: Picture, dots_per_point: float) -> QImage:
    grey = QImage.Format.Format_Grayscale8
    image = QImage(picture.dots, picture.width, picture.height, picture.stride, grey).copy()
    image.setText(_DRAWN_FOR, f"{dots_per_point}")
    return image


def _forget(asked: dict[int, tuple[float, Job]], *_: object) -> None:
    for _scale, job in asked.values():
        job.cancel()
    asked.clear()
