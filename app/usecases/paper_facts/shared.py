"""What several documents say: the item's basis, limits, fees, remedies."""

from __future__ import annotations

from app.domain.items import Item, Starts
from app.domain.limits import Unit
from app.domain.money import yuan
from app.domain.papers import remedies_text
from app.domain.regions import Tier, place_name
from app.store.store import Store
from app.usecases import district_settings

UNITS = {Unit.WORKING: "个工作日", Unit.NATURAL: "日"}


def basis(item: Item) -> tuple[str, ...]:
    return tuple(f"《{law.title}》{_source(law.document_no)}" for law in item.legal_basis)


def _source(number: str | None) -> str:
    """（主席令第32号，2019年修正）: a bracket inside a bracket reads badly."""
    if not number:
        return ""
    return f"（{number.replace('（', '，').replace('）', '')}）"


_STARTS = {
    Starts.RECEIPT: "自收到申请之日起",
    Starts.TAKING_OVER: "自审批机关接收之日起",
    Starts.ACCEPTANCE: "自受理之日起",
}


def limit_words(item: Item) -> str:
    clock = item.clock
    if clock.promised == 0:
        return "即办件，收到当日办结"
    unit = UNITS[clock.unit]
    words = f"{_STARTS[clock.starts]}{clock.promised}{unit}内办结（承诺时限）"
    return words if clock.statutory is None else f"{words}；法定时限{clock.statutory}{unit}"


def fees_words(item: Item) -> str:
    if not item.fees:
        return "不收费"
    return "；".join(
        f"{fee.name}{yuan(fee.amount_fen) if fee.amount_fen is not None else '按当地标准'}"
        for fee in item.fees
    )


def remedies(store: Store, *, against: str = "本决定") -> str:
    """As the district publishes them; by default its own government and the court that has jurisdiction."""
    tree = store.publications.tree
    district = tree.at_tier(store.region, Tier.DISTRICT)
    name = place_name(tree.region(district)) if district else ""
    settings = district_settings.current(store)
    return remedies_text(
        reconsider_to=settings.reconsider_to or f"{name}人民政府",
        sue_in=settings.sue_in or "有管辖权的人民法院",
        reconsider_days=settings.reconsider_days,
        suit_months=settings.suit_months,
        against=against,
    )
