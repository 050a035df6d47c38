"""Whose name stands on a document: the organ that examines or decides, or the department that entrusts."""

from __future__ import annotations

from app.domain import rules
from app.domain.items import Delegation, Item, Level
from app.domain.regions import Region, RegionCode, Tier, place_name
from app.store.store import Store
from app.usecases import district_settings

_SERVICE_PLACES = ("街道", "社区", "村", "乡", "镇")


def sealing(store: Store, item: Item) -> str:
    """Whose name and seal a notice bears: of entrusted power (委托) the entrusting department's."""
    department = district_settings.current(store).department(item.category)
    if department is not None and (
        item.delegation is Delegation.ENTRUSTED or store.certificate.tier == Tier.DISTRICT
    ):
        return department.name
    return office(store, store.publications.tree.region(store.region))


def office(store: Store, region: Region) -> str:
    """The organ whose seal a notice bears: the township's government, the subdistrict's office."""
    name = place_name(region)
    match region.tier:
        case Tier.TOWNSHIP:
            return f"{name}办事处" if name.endswith("街道") else f"{name}人民政府"
        case Tier.DISTRICT:  # which of its departments, the catalogue does not say yet
            return f"{name}主管部门"
        case Tier.VILLAGE:
            return store.publications.station_name(region.code)


def authority(store: Store, region: RegionCode, item: Item) -> str:
    """Who examines and who decides, where they are not one."""
    examining = organ(store, region, item, rules.examining_level(item))
    deciding = organ(store, region, item, item.decides)
    return deciding if examining == deciding else f"{examining}受理，{deciding}决定"


def organ(store: Store, region: RegionCode, item: Item, level: Level) -> str:
    tree = store.publications.tree
    code = None if level.tier is None else tree.at_tier(region, level.tier)
    if code is None:
        return item.external_body or level.label
    department = district_settings.current(store).department(item.category)
    if level is Level.DISTRICT and department is not None:
        return department.name
    return office(store, tree.region(code))


def short_name(store: Store) -> str:
    """How the station calls itself in the numbers of its documents: 湖塘政服."""
    place = place_name(store.publications.tree.region(store.region))
    for ending in _SERVICE_PLACES:
        if place.endswith(ending) and len(place) > len(ending) + 1:
            return f"{place.removesuffix(ending)}政服"
    return f"{place}政服"
