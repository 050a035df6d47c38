from datetime import date

import msgspec
import pytest

from app.domain import events
from app.journal import certificate, chain, entry
from app.journal.keys import DeviceKeys, head_message
from app.journal.refs import Continuation
from sync import protocol
from sync.centre.publishing import publish, withdraw
from sync.protocol import Admission, AdmitRequest, EnrolRequest, Head, LifeRequest
from sync.refusals import (
    BadProof,
    CodeExpired,
    CodeUsed,
    LifeUnknown,
    OtherStation,
    Revoked,
    UnknownCode,
    UnknownDevice,
)
from tests.sync.builders import (
    OTHER_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    Pen,
    a_centre,
    a_pen,
    an_enrolment,
    sealed,
    wires_in,
)

pytestmark = pytest.mark.usefixtures("on_each")


@pytest.fixture
def centre(tmp_path):
    return a_centre(tmp_path / "centre")


def enrol(centre, secret, keys, offers=None):
    return protocol.decode(
        centre.post(protocol.ENROL, an_enrolment(secret, keys, offers)), Admission
    )


def next_life(pen, offers, keys=None, signer=None, old=None):
    keys = keys or DeviceKeys.generate()
    request = LifeRequest(1, keys.sign_public, keys.seal_public, bytes(64), offers)
    signature = (signer or keys).sign(protocol.life_proof(request))
    old_signature = (old or pen.keys).sign(protocol.handover_proof(request))
    signed = msgspec.structs.replace(request, signature=signature, old_signature=old_signature)
    body = protocol.encode(signed)
    return protocol.decode(pen.centre.post(protocol.LIFE, body, pen.token), Admission)


def place(pen, seq):
    digest = pen.digests[seq - 1] if seq else chain.genesis(pen.device, None)
    return Continuation(pen.device, seq, digest)


def test_a_code_makes_a_device_of_its_station(centre):
    keys = DeviceKeys.generate()

    admission = enrol(centre, centre.code(VILLAGE), keys)

    own = certificate.opened(admission.certificate, admission.district_public)
    assert (own.device, own.region, own.tier, own.slot_text) == (keys.device, VILLAGE, 1, "A1")
    assert own.station == "湖塘村委会服务站"
    assert admission.district_public == centre.authority.public


def test_each_device_of_a_station_has_its_own_slot(centre):
    slots = [a_pen(centre, VILLAGE).certificate.slot_text for _ in range(3)]

    assert slots == ["A1", "A2", "A3"]
    assert a_pen(centre, OTHER_VILLAGE).certificate.slot_text == "A1"


def test_every_station_is_told_of_a_new_device(centre):
    reader = a_pen(centre, TOWNSHIP)
    reader.send()
    pen = a_pen(centre, VILLAGE)

    (wire,) = wires_in(reader.send())

    told = entry.read(wire, device=centre.ledger.own.id, seq=1, lineage={})
    body = events.decode_body(told.kind, told.version, told.body or b"")
    assert isinstance(body, events.DeviceCertified)
    assert certificate.opened(body.certificate, centre.authority.public).device == pen.device


def test_a_code_enrols_one_device(centre):
    secret = centre.code(VILLAGE)
    enrol(centre, secret, DeviceKeys.generate())

    with pytest.raises(CodeUsed):
        enrol(centre, secret, DeviceKeys.generate())


def test_a_device_that_did_not_hear_the_answer_may_ask_again(centre):
    secret, keys = centre.code(VILLAGE), DeviceKeys.generate()
    first = enrol(centre, secret, keys)

    again = enrol(centre, secret, keys)

    assert again.certificate == first.certificate
    assert centre.devices.by_token(first.token) is None
    assert centre.devices.by_token(again.token).id == keys.device


def test_an_unknown_code_is_refused(centre):
    with pytest.raises(UnknownCode):
        enrol(centre, bytes(16), DeviceKeys.generate())


def test_an_expired_code_is_refused(centre):
    secret = centre.code(VILLAGE, days=7)
    centre.wall.turn(days=7.01)

    with pytest.raises(CodeExpired):
        enrol(centre, secret, DeviceKeys.generate())


def ends(centre, region, successor=None):
    """The district publishes that a region is no more."""
    rows = tuple(
        msgspec.structs.replace(row, until=date(2026, 10, 31), successor=successor)
        if row.code == region
        else row
        for row in centre.ledger.tree.rows
    )
    with centre.ledger.writing():
        publish(centre.ledger, [events.RegionsPublished(regions=rows)], centre.wall())


@pytest.mark.parametrize("successor", [None, OTHER_VILLAGE])
def test_a_code_ends_with_the_place_that_it_was_given_for(centre, successor):
    heard, unused = centre.code(VILLAGE), centre.code(VILLAGE)
    keys = DeviceKeys.generate()
    enrol(centre, heard, keys)
    ends(centre, VILLAGE, successor)

    with pytest.raises(CodeExpired):
        enrol(centre, unused, DeviceKeys.generate())
    again = certificate.read(enrol(centre, heard, keys).certificate)  # the answer was not heard
    assert (again.region, again.device) == (VILLAGE, keys.device)


def test_a_store_of_a_place_that_went_into_another_goes_on_by_a_code_of_that_one(centre):
    pen = a_pen(centre, VILLAGE)
    pen.write()
    pen.send()
    ends(centre, VILLAGE, OTHER_VILLAGE)

    admission = enrol(
        centre, centre.code(OTHER_VILLAGE), DeviceKeys.generate(), [place(pen, 1), place(pen, 0)]
    )
    own = certificate.read(admission.certificate)
    assert (own.region, own.slot_text) == (VILLAGE, "B1")  # its numbers stay its own
    assert own.continues == place(pen, 1)
    with pytest.raises(OtherStation):
        enrol(centre, centre.code(TOWNSHIP), DeviceKeys.generate(), [place(pen, 1)])


def test_a_key_that_the_sender_does_not_hold_is_refused(centre):
    keys = DeviceKeys.generate()
    request = EnrolRequest(
        1, centre.code(VILLAGE), keys.sign_public, keys.seal_public, bytes(64), []
    )

    with pytest.raises(BadProof):
        centre.post(protocol.ENROL, sealed(request, DeviceKeys.generate()))


def test_a_token_is_kept_as_a_hash_only(centre):
    pen = a_pen(centre, VILLAGE)
    everything = [
        value
        for table in ("token", "device", "code")
        for row in centre.ledger.database.rows(f"SELECT * FROM {table}")
        for value in row
    ]

    assert pen.token not in everything
    assert centre.devices.by_token(pen.token).id == pen.device


def test_a_restored_store_goes_on_from_its_own_head_with_the_next_letter(centre):
    pen = a_pen(centre, VILLAGE)
    for _ in range(3):
        pen.write()
    pen.send()

    admission = next_life(pen, [place(pen, 2)])

    own = certificate.opened(admission.certificate, admission.district_public)
    assert own.slot_text == "B1"
    assert own.continues == place(pen, 2)
    assert own.station == pen.certificate.station


def test_the_old_life_of_a_cloned_disk_stays_open(centre):
    pen = a_pen(centre, VILLAGE)
    next_life(pen, [place(pen, 0)])

    assert pen.send().accepted.seq == 0


def test_a_life_goes_on_only_where_the_ledger_agrees(centre):
    pen = a_pen(centre, VILLAGE)
    pen.write()
    pen.send()
    wrong = Continuation(pen.device, 1, bytes(32))

    admission = next_life(pen, [wrong])

    own = certificate.opened(admission.certificate, admission.district_public)
    assert own.continues == place(pen, 0)


def test_the_highest_offer_that_fits_is_taken(centre):
    pen = a_pen(centre, VILLAGE)
    for _ in range(5):
        pen.write()
    pen.send()
    offers = [Continuation(pen.device, 5, bytes(32)), place(pen, 3), place(pen, 1)]

    own = certificate.read(next_life(pen, offers).certificate)

    assert own.continues == place(pen, 3)


def test_what_the_ledger_has_is_answered_when_no_offer_contradicts_it(centre):
    pen = a_pen(centre, VILLAGE)
    for _ in range(8):
        pen.write()
    pen.send(last=5)
    offers = [place(pen, 8), place(pen, 7), place(pen, 3)]

    own = certificate.read(next_life(pen, offers).certificate)

    assert own.continues == place(pen, 5)


def test_a_store_that_has_something_else_there_is_certified_anew(centre):
    pen = a_pen(centre, VILLAGE)
    for _ in range(8):
        pen.write()
    pen.send(last=5)
    secret, keys = centre.code(VILLAGE), DeviceKeys.generate()
    offers = [place(pen, 8), place(pen, 3)]
    first = certificate.read(enrol(centre, secret, keys, offers).certificate)

    contradicted = [place(pen, 8), Continuation(pen.device, 5, bytes(32)), place(pen, 3)]
    again = certificate.read(enrol(centre, secret, keys, contradicted).certificate)

    assert (first.continues, again.continues) == (place(pen, 5), place(pen, 3))
    assert again.slot_text == first.slot_text == "B1"
    known = centre.device(keys.device)
    assert (known.accepted_seq, known.accepted_digest) == (
        3,
        chain.genesis(keys.device, place(pen, 3)),
    )


def test_a_request_to_enrol_that_comes_late_moves_no_life_that_has_spoken(centre):
    """It had been sent by what stood on the disk before an older copy was put back."""
    pen = a_pen(centre, VILLAGE)
    for _ in range(8):
        pen.write()
    pen.send(last=5)
    secret, keys = centre.code(VILLAGE), DeviceKeys.generate()
    settled = enrol(centre, secret, keys, [place(pen, 3)])
    own = certificate.read(settled.certificate)
    speaks = Pen(centre, VILLAGE, keys, settled.token, own)
    digest = chain.genesis(keys.device, place(pen, 3))
    signature = keys.sign(head_message(keys.device, 3, digest))
    speaks.send(speaks.request(head=Head(3, digest, signature)))

    late = certificate.read(enrol(centre, secret, keys, [place(pen, 8)]).certificate)

    assert late.continues == place(pen, 3)
    assert centre.device(keys.device).accepted_seq == 3


def test_nobody_goes_on_from_a_life_that_the_ledger_does_not_know(centre):
    stranger = Continuation(DeviceKeys.generate().device, 3, bytes(32))

    with pytest.raises(LifeUnknown):
        enrol(centre, centre.code(VILLAGE), DeviceKeys.generate(), [stranger])


def test_nobody_goes_on_from_a_life_of_another_station(centre):
    pen = a_pen(centre, OTHER_VILLAGE)

    with pytest.raises(OtherStation) as said:
        enrol(centre, centre.code(VILLAGE), DeviceKeys.generate(), [place(pen, 0)])
    assert said.value.facts == {
        "station": centre.devices.code(centre.code(VILLAGE)).station,
        "kept": centre.device(pen.device).certificate.station,
    }
    with pytest.raises(LifeUnknown):
        next_life(a_pen(centre, VILLAGE), [place(pen, 0)])


def test_a_new_life_needs_the_old_token_and_the_new_key(centre):
    pen = a_pen(centre, VILLAGE)

    with pytest.raises(BadProof):
        next_life(pen, [place(pen, 0)], signer=DeviceKeys.generate())
    pen.token = bytes(16)
    with pytest.raises(UnknownDevice):
        next_life(pen, [place(pen, 0)])


def test_revocation_counts_from_the_next_request(centre):
    pen, reader = a_pen(centre, VILLAGE), a_pen(centre, TOWNSHIP)
    reader.send()
    with centre.ledger.writing():
        withdraw(centre.ledger, centre.device(pen.device), "失窃", centre.wall())

    with pytest.raises(Revoked):
        pen.send()
    with pytest.raises(Revoked):
        next_life(pen, [place(pen, 0)])
    (wire,) = wires_in(reader.send())
    assert entry.read(wire, device=centre.ledger.own.id, seq=1, lineage={}).kind == "device.revoked"


def test_after_another_life_letters_go_on(centre):
    pen = a_pen(centre, VILLAGE)
    lives = [certificate.read(next_life(pen, [place(pen, 0)]).certificate).life for _ in range(27)]

    assert lives[0] == "B"
    assert lives[-3:] == ["Z", "AA", "AB"]


def shown(pen, token, signer=None):
    certificate_shown = pen.centre.device(pen.device).signed
    request = AdmitRequest(1, certificate_shown, token, bytes(64))
    signature = (signer or pen.keys).sign(protocol.admit_proof(request))
    return protocol.encode(msgspec.structs.replace(request, signature=signature))


def test_a_centre_restored_from_before_a_device_enrolled_knows_it_by_its_certificate(
    centre, tmp_path
):
    copy = centre.saved(tmp_path / "copy")
    pen = a_pen(centre, VILLAGE)
    pen.write()
    pen.send()
    request = shown(pen, pen.token)
    pen.centre = restored = centre.restored(copy)
    with pytest.raises(UnknownDevice):
        pen.send()

    restored.post(protocol.ADMIT, request)

    assert pen.send(first=1).accepted.seq == 1
    assert restored.entries_of(pen.device) == pen.wires


def test_a_device_is_known_again_though_its_slot_was_given_to_another_meanwhile(centre, tmp_path):
    copy = centre.saved(tmp_path / "copy")
    old = a_pen(centre, VILLAGE)
    request = shown(old, old.token)
    restored = centre.restored(copy)
    new = a_pen(restored, VILLAGE)
    assert new.certificate.slot_text == old.certificate.slot_text == "A1"

    restored.post(protocol.ADMIT, request)

    old.centre = restored
    for pen in (old, new):
        pen.write()
        assert pen.send(first=1).accepted.seq == 1
    assert restored.device(old.device).certificate == old.certificate
    third = next_life(new, [place(new, 1)])
    assert certificate.read(third.certificate).slot_text == "C1"


def test_a_certificate_of_another_district_admits_nobody(centre, tmp_path):
    stranger = a_pen(a_centre(tmp_path / "other"), VILLAGE)
    other = DeviceKeys.generate()
    payload = centre.device(a_pen(centre, VILLAGE).device).signed.payload
    forged = certificate.SignedCertificate(payload, other.sign(payload))
    request = AdmitRequest(1, forged, bytes(16), bytes(64))
    request = msgspec.structs.replace(
        request, signature=stranger.keys.sign(protocol.admit_proof(request))
    )

    with pytest.raises(BadProof):
        centre.post(protocol.ADMIT, protocol.encode(request))


def test_a_certificate_alone_admits_nobody(centre):
    pen = a_pen(centre, VILLAGE)

    with pytest.raises(BadProof):
        centre.post(protocol.ADMIT, shown(pen, bytes(16), signer=DeviceKeys.generate()))
    assert pen.send().accepted.seq == 0


def test_a_life_never_continues_itself(centre):
    secret, keys = centre.code(VILLAGE), DeviceKeys.generate()
    enrol(centre, secret, keys)
    itself = Continuation(keys.device, 0, chain.genesis(keys.device, None))

    with pytest.raises(LifeUnknown):
        enrol(centre, secret, keys, [itself])
    assert centre.device(keys.device).certificate.continues is None


def test_nor_a_life_that_it_was_not_certified_to_continue(centre):
    pen, victim = a_pen(centre, VILLAGE), a_pen(centre, TOWNSHIP)
    secrets = [centre.code(VILLAGE) for _ in range(2)]
    one, other = DeviceKeys.generate(), DeviceKeys.generate()
    for secret, keys in zip(secrets, (one, other), strict=True):
        enrol(centre, secret, keys, [place(pen, 0)])

    for stranger in (one, other, victim):
        device = centre.device(stranger.device)
        offer = Continuation(device.id, device.accepted_seq, device.accepted_digest)
        with pytest.raises(LifeUnknown):
            enrol(centre, secrets[0], one, [offer])
    assert centre.device(one.device).certificate.continues == place(pen, 0)


def test_lives_in_a_circle_are_gone_round_once(centre):
    pen = a_pen(centre, VILLAGE)
    device = centre.device(pen.device)
    itself = msgspec.structs.replace(device.certificate, continues=place(pen, 0))
    with centre.ledger.writing():  # as a ledger may have them from before this was refused
        centre.devices.replace(device, centre.authority.certify(itself))

    assert centre.ledger.refused_seqs(centre.device(pen.device)) == set()


@pytest.mark.parametrize("old", [DeviceKeys.generate(), None])
def test_a_token_alone_begins_no_life(centre, old):
    """Whoever has stolen one, and not the key, would have become a certified device of that station by it."""
    pen = a_pen(centre, VILLAGE)
    thief = DeviceKeys.generate()
    request = LifeRequest(1, thief.sign_public, thief.seal_public, bytes(64), [place(pen, 0)])
    by_old = b"" if old is None else old.sign(protocol.handover_proof(request))
    signed = msgspec.structs.replace(
        request, signature=thief.sign(protocol.life_proof(request)), old_signature=by_old
    )

    with pytest.raises(BadProof):
        centre.post(protocol.LIFE, protocol.encode(signed), pen.token)

    assert centre.devices.known(thief.device) is None
