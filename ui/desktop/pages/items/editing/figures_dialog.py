"""What the catalogue comes to: compression, coverage, authorisation, and the items behind each."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.regions import Tier
from app.usecases.catalogue_figures import Figures, Rate
from ui.desktop import look, words
from ui.desktop.desk import Desk
from ui.desktop.look import Mood, Space, TextKind
from ui.desktop.widgets.chip import Chip
from ui.desktop.widgets.dialogs import FormDialog
from ui.desktop.widgets.rule import Rule
from ui.desktop.widgets.text import Text


class FiguresDialog(FormDialog):
    def __init__(
        self, desk: Desk, found: Figures, names: dict[str, str], parent: QWidget | None = None
    ) -> None:
        note = desk.tr("{day}，现行事项 {n} 项").format(day=words.day(found.on), n=found.items)
        super().__init__(desk.tr("目录的指标"), desk.tr("知道了"), parent, note=note)
        self._names = names
        self.no.hide()
        self.ok_requested.connect(self.accept)
        self._compression(found)
        for tier in reversed(Tier):
            key = tier.name.lower()
            self._rate(
                self.tr("{tier}进驻率").format(tier=tier.label),
                found.coverage[key],
                self.tr("不在这一级收的："),
                found.closed[key],
            )
        for tier in reversed(Tier):
            key = tier.name.lower()
            if key in found.authorisation:
                self._rate(
                    self.tr("{tier}授权率").format(tier=tier.label),
                    found.authorisation[key],
                    self.tr("还没有书面授权的："),
                    found.unauthorised[key],
                )
        self._each(found)

    def _compression(self, found: Figures) -> None:
        one = found.compression
        reached = self.tr("达到 30%") if one.enough else self.tr("不到 30%")
        self._line(
            self.tr("承诺比法定压缩"), one.share, reached, Mood.GOOD if one.enough else Mood.WARN
        )
        told = self.tr(
            "法定合计 {statutory} 日，承诺合计 {promised} 日；没有法定时限的 {n} 项不算在内"
        )
        self.add(
            Text(
                told.format(statutory=one.statutory, promised=one.promised, n=one.without),
                TextKind.SECONDARY,
            )
        )

    def _each(self, found: Figures) -> None:
        """Item by item, those that save least first."""
        self.add(Rule())
        self.add(Text(self.tr("每项的压缩，少的在前"), TextKind.SECTION))
        least = sorted(found.compression.items, key=lambda each: each.share)
        lines = [
            self.tr("{name}：法定 {statutory}，承诺 {promised}，压缩 {share}").format(
                name=each.name,
                statutory=words.days(each.statutory, each.unit),
                promised=words.days(each.promised, each.unit),
                share=percent(each.share),
            )
            for each in least
        ]
        self.add(Text("\n".join(lines), TextKind.SECONDARY))

    def _rate(self, label: str, rate: Rate, heading: str, ids: tuple[str, ...]) -> None:
        self.add(Rule())
        whole = rate.done == rate.of
        chip = self.tr("{done} / {of} 项").format(done=rate.done, of=rate.of)
        self._line(label, rate.share, chip, Mood.GOOD if whole else Mood.WARN)
        if ids:
            told = self.tr("、").join(self._names.get(one, one) for one in ids)
            self.add(Text(heading + told, TextKind.SECONDARY))

    def _line(self, label: str, share: float | None, chip: str, mood: Mood) -> None:
        row = look.row(Space.M)
        row.addWidget(Text(label, TextKind.SECTION), 1)
        row.addWidget(Text(percent(share), TextKind.HEADING))
        row.addWidget(Chip(chip, mood))
        self.add(row)


def percent(share: float | None) -> str:
    return "—" if share is None else f"{share:.1%}"
