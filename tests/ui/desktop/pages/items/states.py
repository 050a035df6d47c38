"""事项 in the states that it can be found in: for tests, and for pictures."""

from __future__ import annotations

from datetime import date

import msgspec

from app.domain import events
from app.domain.items import Item, Step, StepBy
from tests.builders import District, a_district, carry, the_catalogue, the_item
from tests.ui.desktop.desks import SomeDesk

LONGEST_NAME = (
    "城乡居民基本养老保险参保登记（含被征地农民社会保障补贴资格审核确认）及其后续待遇核定支付"
)
FROM = date(2026, 12, 1)


def with_notes(district: District) -> District:
    """What is not issued here and what is called otherwise today is published too."""
    catalogue = the_catalogue()
    district.publish(
        events.CatalogueNotesPublished(
            not_issued_here=catalogue.not_issued_here, retired_terms=catalogue.retired_terms
        )
    )
    return district


def a_whole_district() -> District:
    return with_notes(a_district(items=[item.id for item in the_catalogue().items]))


def a_new_version(item: str = "IT001", effective: date = FROM) -> Item:
    """Fewer days and one material less, from a later day on."""
    before = the_item(item)
    return msgspec.structs.replace(
        before,
        version=before.version + 1,
        effective=effective,
        clock=msgspec.structs.replace(before.clock, promised=before.clock.promised - 5),
        materials=before.materials[:-1],
    )


def the_longest_item() -> Item:
    """Names as long as a catalogue allows, in every place that has one."""
    before = the_item("IT001")
    long_step = Step(
        name="组织有关部门联合踏勘现场并征求利害关系人和专家意见", by=StepBy.DISTRICT, days=15
    )
    return msgspec.structs.replace(
        before,
        id="IT999",
        name=LONGEST_NAME,
        aliases=tuple(f"{LONGEST_NAME}的又一种叫法{n}" for n in range(6)),
        category="城乡居民基本养老保险和被征地农民社会保障",
        steps=(long_step, *before.steps, long_step),
        external_body=None,
        quantity_limit="每户只能申请一次，受年度资金规模和单户限额限制",
    )


def publish(some: SomeDesk, *items: Item) -> None:
    """The district publishes, and it comes down to this desk."""
    for item in items:
        some.district.publish(events.ItemPublished(item=item))
    carry(some.district, some.station)
    some.desk.changed.emit()
