"""归档."""

from __future__ import annotations

from ui.desktop.gallery import houses
from ui.desktop.gallery.scene import Scene, at_desk
from ui.desktop.pages.archive.lines import View
from ui.desktop.pages.names import PageName


def scenes() -> list[Scene]:
    ordinary = lambda: houses.ordinary().township  # noqa: E731
    empty = lambda: houses.empty().village  # noqa: E731
    page = PageName.ARCHIVE
    return [
        at_desk("archive-waiting", "归档：待归档", ordinary, page, matters=True),
        at_desk("archive-catalogue", "归档：目录", ordinary, page, subject=lambda: View.CATALOGUE),
        at_desk("archive-due", "归档：到期鉴定", ordinary, page, subject=lambda: View.DUE),
        at_desk("archive-empty", "归档：空的", empty, page, matters=True),
    ]
