"""How the stations of a place are: the present life of each device, as it was heard last."""

from __future__ import annotations

from app.domain.regions import RegionTree
from sync import protocol
from sync.centre.devices import Device, Devices, number_of
from sync.centre.ledger import Ledger
from sync.protocol import MAX_HEALTH_TEXT, Fleet, Health, SeenStation


def below(ledger: Ledger, reader: Device, now_ms: int) -> Fleet:
    """The stations whose entries this device may read: its own place and those under it, the centre left out."""
    return Fleet(
        version=protocol.VERSION,
        centre_ms=now_ms,
        stations=[seen(one) for one in present(ledger) if _is_under(ledger.tree, one, reader)][
            : protocol.MAX_FLEET
        ],
    )


def present(ledger: Ledger) -> list[Device]:
    """The last life of every device that is not revoked, in the order of enrolment; not the centre's own."""
    own = ledger.own.certificate
    last: dict[tuple[str, int], Device] = {}
    for device in Devices(ledger.database).every():
        place = (device.certificate.region, device.certificate.slot)
        if place == (own.region, own.slot):
            continue
        before = last.get(place)
        if before is None or number_of(before.certificate.life) < number_of(
            device.certificate.life
        ):
            last[place] = device
    return [device for device in last.values() if device.revoked_ms is None]


def _is_under(tree: RegionTree, device: Device, reader: Device) -> bool:
    return device.region in tree and tree.under(device.region, tree.present(reader.region))


def seen(device: Device) -> SeenStation:
    certificate = device.certificate
    return SeenStation(
        device=device.id,
        station=certificate.station[:MAX_HEALTH_TEXT],
        region=certificate.region,
        tier=certificate.tier,
        slot=certificate.slot_text,
        enrolled_ms=device.enrolled_ms,
        contact_ms=device.contact_ms or 0,
        health=device.health or Health(),
    )
