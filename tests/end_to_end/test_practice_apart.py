"""Whatever somebody tries, nothing of a practice store arrives at a centre or passes for genuine at a station."""

from __future__ import annotations

import shutil
from functools import partial

import msgspec
import pytest

from app.domain import events
from app.domain.papers import PaperKind
from app.domain.receipt_code import PRACTICE_PREFIX, BadCode, read_code, verify
from app.journal import chain
from app.journal.certificate import BadCertificate, SignedCertificate
from app.journal.keys import DeviceKeys, head_message, signed_by
from app.journal.refs import Continuation
from app.store import practice as apart
from app.store.practice import NotInPractice
from app.usecases import lookup, operators, papers, practice
from app.usecases.lookup import UnknownNumber
from printing import render
from sync import codec, protocol
from sync.centre import publishing
from sync.client import engine, enrolment
from sync.enrolment_code import EnrolmentCode, write_code
from sync.protocol import AdmitRequest, Head, LifeRequest, Request, Run
from sync.refusals import BadProof, LifeUnknown, UnknownDevice
from tests.builders import Wall, an_entry, hand
from tests.practising import opened
from tests.sync.builders import (
    UNLOCK,
    VILLAGE,
    Line,
    a_centre,
    a_station,
    exchange,
    listening,
    reopened,
)
from tests.sync.builders import opened as centre_in


class NoLine(Line):
    """Nobody may even pick it up."""

    def post(self, path, body, token=b""):
        raise AssertionError(path)


@pytest.fixture(scope="module")
def master(tmp_path_factory):
    """A centre and a village that practises, closed: made once, copied for each test."""
    folder = tmp_path_factory.mktemp("apart")
    centre = a_centre(folder / "centre")
    station = a_station(centre, VILLAGE, folder / "village")
    exchange(station, centre)
    practice.start(station.store, UNLOCK, by=operators.acting(station.store, None), seed=1)
    station.store.close()
    centre.ledger.close()
    return folder


@pytest.fixture
def places(master, tmp_path):
    return shutil.copytree(master, tmp_path / "places")


@pytest.fixture
def centre(places):
    centre = centre_in(places / "centre", Wall())
    yield centre
    centre.ledger.close()


@pytest.fixture
def real(places):
    station = reopened(places / "village", Wall())
    yield station
    station.store.close()


@pytest.fixture
def own(real):
    store = opened(apart.place_of(real.store.folder))
    yield store
    store.close()


@pytest.fixture
def unmoved(centre, own):
    """At the end the centre has what it had before, and knows whom it knew."""

    def known():
        database = centre.ledger.database
        return [database.row(f"SELECT count(*) FROM {table}") for table in ("entry", "device")]

    before = known()
    yield
    assert known() == before


def a_practice_code(own):
    by = operators.acting(own, None)
    row = own.rows.where("station = ?", (own.region,), limit=1)[0]
    issued = papers.issue(own, row.subject, PaperKind.MATERIALS_RECEIPT, by=by, render=render)
    return issued.facts.code


# --- to the centre --------------------------------------------------------------------------------


@pytest.mark.usefixtures("unmoved")
def test_an_exchange_is_refused_before_there_is_a_line(centre, own):
    with pytest.raises(NotInPractice):
        engine.open_line(own)
    with pytest.raises(NotInPractice):
        engine.exchange(own, NoLine(centre))


@pytest.mark.usefixtures("unmoved")
def test_with_a_real_stations_token_and_address_it_is_still_refused(centre, real, own):
    """Somebody puts the real identity's address and token beside the practice keys."""
    true = real.store.identity
    own.identity = msgspec.structs.replace(own.identity, url=true.url, ca=true.ca, token=true.token)
    with pytest.raises(NotInPractice):
        engine.exchange(own, NoLine(centre))
    own.identity = true  # and then the whole of it
    with pytest.raises(NotInPractice):
        engine.exchange(own, NoLine(centre))


def practice_entries(own):
    """A request as a program without our scruples would send it."""
    wires = own.journal.wires(own.device, 1, 1000)
    head = own.head()
    return Request(
        version=protocol.VERSION,
        runs=[Run(None, 1, [msgspec.Raw(wire) for wire in wires])],
        head=Head(
            head.seq,
            head.digest,
            own.identity.keys.sign(head_message(own.device, head.seq, head.digest)),
        ),
        cursor=None,
        room=1 << 20,
    )


@pytest.mark.usefixtures("unmoved")
def test_the_centre_takes_nothing_under_a_practice_key(centre, real, own):
    body = codec.pack(protocol.encode(practice_entries(own)))
    with pytest.raises(BadProof):
        centre.post(protocol.EXCHANGE, body, real.store.identity.token)
    for token in (own.identity.token, b"t" * 16):
        with pytest.raises(UnknownDevice):
            centre.post(protocol.EXCHANGE, body, token)


@pytest.mark.usefixtures("unmoved")
def test_the_centre_does_not_know_a_practice_certificate(centre, own):
    keys, signed = own.identity.keys, own.identity.signed
    request = AdmitRequest(
        version=protocol.VERSION, certificate=signed, token=b"t" * 16, signature=bytes(64)
    )
    shown = msgspec.structs.replace(request, signature=keys.sign(protocol.admit_proof(request)))
    with pytest.raises(BadProof):
        centre.post(protocol.ADMIT, protocol.encode(shown))


@pytest.mark.usefixtures("unmoved")
def test_a_real_device_does_not_go_on_from_a_practice_store(centre, real, own):
    keys, head = DeviceKeys.generate(), own.head()
    request = LifeRequest(
        version=protocol.VERSION,
        sign_public=keys.sign_public,
        seal_public=keys.seal_public,
        signature=bytes(64),
        offers=[Continuation(own.device, head.seq, head.digest)],
    )
    shown = msgspec.structs.replace(
        request,
        signature=keys.sign(protocol.life_proof(request)),
        old_signature=real.store.identity.keys.sign(protocol.handover_proof(request)),
    )
    with pytest.raises(LifeUnknown):
        centre.post(protocol.LIFE, protocol.encode(shown), real.store.identity.token)


def test_the_centre_never_gives_the_letters_of_practice(centre):
    devices, slot = centre.devices, 7
    known = centre.device(centre.ledger.own.id).certificate
    keys = DeviceKeys.generate()
    last_before = msgspec.structs.replace(known, slot=slot, life="LW", sign_public=keys.sign_public)
    with centre.ledger.writing():
        publishing.certify(centre.ledger, centre.authority, last_before, centre.wall())
    assert devices.next_life(known.region, slot) == "LY"
    with pytest.raises(AssertionError):
        centre.authority.certify(msgspec.structs.replace(last_before, life="LX"))


def test_a_code_is_not_shown_for_a_practice_folder(centre, real, tmp_path):
    with listening(centre) as url:
        secret = centre.code(VILLAGE)
        code = write_code(
            EnrolmentCode(
                url=url,
                secret=secret,
                fingerprint=centre.authority.fingerprint,
                region=VILLAGE,
                station="湖塘村政务服务站",
                tier=1,
                expires_ms=0,
            )
        )
        for folder in (
            apart.place_of(real.store.folder),
            real.store.folder / "practice" / "seat-township",
        ):
            with pytest.raises(NotInPractice):
                enrolment.enrol(code, folder, UNLOCK)
        enrolment.enrol(code, tmp_path / "another", UNLOCK).close()  # nobody has used it


# --- to a real station ----------------------------------------------------------------------------


def test_a_real_store_does_not_take_in_what_practice_wrote(real, own):
    """Not even if somebody brings it: who vouches for it is nobody here."""
    signed = own.identity.signed
    assert isinstance(signed, SignedCertificate)
    other = DeviceKeys.generate()
    forged = an_entry(
        other.device, 1, region="450305", body=events.DeviceCertified(certificate=signed), clock=1
    )
    count = real.store.journal.count()
    with pytest.raises(BadCertificate):
        hand(real, (other.device, 1, [forged.wire]))
    assert real.store.journal.count() == count
    assert own.device not in real.store.publications.devices


def test_its_cases_wait_for_ever_for_somebody_who_vouches_for_them(real, own):
    """A case entry of practice that reaches a real store is shown nowhere."""
    before = real.store.database.rows("SELECT local_number FROM case_row")
    hand(real, (own.device, 1, own.journal.wires(own.device, 1, 1000)))
    assert real.store.database.rows("SELECT local_number FROM case_row") == before


def test_its_codes_are_told_apart_before_anything_is_looked_up(own):
    code = a_practice_code(own)
    assert code.startswith(PRACTICE_PREFIX)
    with pytest.raises(BadCode) as refused:
        read_code(code)
    assert refused.value.facts["why"] == "practice"


def test_a_code_without_its_beginning_is_still_nobodys(real, own):
    """Somebody cuts 练习 away from the code: it reads, but no real station's device has signed it."""
    claim = read_code(a_practice_code(own).removeprefix(PRACTICE_PREFIX))
    known = real.store.publications.devices
    assert claim.device not in known
    for device in known.values():
        assert not verify(claim, partial(signed_by, device.certificate.sign_public))
    assert "-LX1-" in claim.local_number.text
    with pytest.raises(UnknownNumber):
        lookup.by_number(real.store, claim.local_number.text)


def test_the_practice_chain_does_not_begin_where_any_real_one_does(real, own):
    assert chain.genesis(own.device, None) != chain.genesis(real.device, None)
    assert own.identity.district_public != real.store.identity.district_public
    assert own.identity.recovery_public != real.store.identity.recovery_public
