"""草稿 and 最近登记: what was begun and not finished, and the last few that were."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from app.store.drafts import Draft
from ui.desktop import words
from ui.desktop.desk import Desk
from ui.desktop.pages.home.glance import Glance, Recent
from ui.desktop.pages.home.presenter import HomePresenter
from ui.desktop.pages.home.side_lines import Doing, SideLine, SideLines
from ui.desktop.pages.names import PageName
from ui.desktop.widgets.button import ButtonKind
from ui.desktop.widgets.card import Card


class DraftsCard(Card):
    """Hidden while there are none."""

    def __init__(self, desk: Desk, presenter: HomePresenter, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.set_title(self.tr("草稿"))
        self._desk = desk
        self._presenter = presenter
        self._lines = SideLines()
        self.add(self._lines)
        self.hide()

    def show_drafts(self, seen: Glance) -> None:
        self._lines.show_lines([self._line(one, seen) for one in seen.drafts])
        self.set_note(str(len(seen.drafts)) if len(seen.drafts) > 1 else "")
        self.setVisible(bool(seen.drafts))

    def _line(self, draft: Draft, seen: Glance) -> SideLine:
        title = draft.title or self.tr("没有名字的草稿")
        return SideLine(
            title=title,
            detail=self.tr("存于 {when}").format(when=words.moment(draft.saved_ms, seen.today)),
            doings=(
                Doing(
                    icon="pencil",
                    name=self.tr("接着填：{title}").format(title=title),
                    act=partial(self._desk.go, PageName.REGISTRATION, draft),
                ),
                Doing(
                    icon="trash-2",
                    name=self.tr("丢弃草稿：{title}").format(title=title),
                    act=partial(self._discard, draft, title),
                ),
            ),
        )

    def _discard(self, draft: Draft, title: str) -> None:
        from ui.desktop.widgets.dialogs import confirm

        sure = confirm(
            self.window(),  # its buttons are none of this card's
            self.tr("丢弃这份草稿？"),
            self.tr("“{title}”填过的内容会删掉，找不回来。").format(title=title),
            self.tr("丢弃"),
            ButtonKind.DANGER,
        )
        if sure:
            self._presenter.discard(draft)


class RecentCard(Card):
    """Hidden while nothing was registered here."""

    def __init__(self, desk: Desk, presenter: HomePresenter, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.set_title(self.tr("最近登记"))
        self._desk = desk
        self._presenter = presenter
        self._lines = SideLines()
        self.add(self._lines)
        self.hide()

    def show_recent(self, seen: Glance) -> None:
        self._lines.show_lines([self._line(one) for one in seen.recent])
        self.setVisible(bool(seen.recent))

    def _line(self, recent: Recent) -> SideLine:
        title = f"{recent.applicant} {recent.item}"
        return SideLine(
            title=title,
            detail=f"{words.bare_day(recent.received_on)} · {_short(recent.local_number)}",
            doings=(
                Doing(
                    icon="printer",
                    name=self.tr("补打回执：{title}").format(title=title),
                    act=partial(self._presenter.print_receipt, recent),
                ),
                Doing(
                    icon="chevron-right",
                    name=self.tr("打开：{title}").format(title=title),
                    act=partial(self._desk.go, PageName.CASES, recent.subject),
                ),
            ),
        )


def _short(local_number: str) -> str:
    """A2-0007: the station and the day stand beside it."""
    return "-".join(local_number.split("-")[-2:])
