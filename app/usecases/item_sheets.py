"""What a station hands out about an item: its guide, flow chart, sample form, and the form itself, blank."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Final

from app.domain.items import Item
from app.domain.papers import Printable
from app.store.store import Store
from app.usecases import application_forms
from app.usecases.flow_charts import flow_chart
from app.usecases.item_guides import service_guide
from app.usecases.sample_forms import sample_form


class ItemSheet(StrEnum):
    GUIDE = "guide"
    CHART = "chart"
    SAMPLE = "sample"
    FORM = "form"

    @property
    def label(self) -> str:
        """The Chinese for screens and paper."""
        return {"guide": "办事指南", "chart": "流程图", "sample": "样表", "form": "空白申请表"}[
            self
        ]

    @property
    def is_poster(self) -> bool:
        """Whether it is made for the wall too, on A3."""
        return self in (ItemSheet.GUIDE, ItemSheet.CHART)


def sheets_of(item: Item) -> tuple[ItemSheet, ...]:
    """Those that there are: an item without a form of its own has no sample of it."""
    forms = (ItemSheet.SAMPLE, ItemSheet.FORM)
    return tuple(one for one in ItemSheet if one not in forms or item.application_form is not None)


_MAKING: Final[dict[ItemSheet, Callable[[Store, Item], Printable]]] = {
    ItemSheet.GUIDE: service_guide,
    ItemSheet.CHART: flow_chart,
    ItemSheet.SAMPLE: sample_form,
    ItemSheet.FORM: application_forms.blank,
}


def make(store: Store, item: Item, sheet: ItemSheet) -> Printable:
    """What it says. Raises application_forms.NoForm for a form that there is not."""
    return _MAKING[sheet](store, item)
