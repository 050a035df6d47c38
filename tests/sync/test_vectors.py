"""The frozen formats, against the vectors that any other implementation can use too.

Who must change a vector changes the format: it needs a new version, and the old vector stays.
"""

import json
from pathlib import Path

import msgspec
import pytest

from app.journal import certificate, chain, entry
from app.journal.certificate import Certificate, SignedCertificate
from app.journal.entry import BadEntry, Draft
from app.journal.keys import DeviceKeys, device_id, head_message, signed_by
from app.journal.refs import Continuation, DeviceId, Ref
from sync import codec, protocol
from sync.enrolment_code import EnrolmentCode, read_code, write_code
from sync.protocol import AdmitRequest, EnrolRequest, LifeRequest

VECTORS = Path(__file__).parents[1] / "vectors"


def vectors(name):
    return json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))


ENTRY, CHAIN, CERTIFICATE = vectors("entry"), vectors("chain"), vectors("certificate")
CODE, MESSAGES = vectors("enrolment_code"), vectors("messages")


def device(text):
    return DeviceId(bytes.fromhex(text))


def ref(pair):
    return None if pair is None else Ref(device(pair[0]), pair[1])


def continuation(told):
    return Continuation(device(told["device"]), told["seq"], bytes.fromhex(told["digest"]))


def titled(rows):
    return [pytest.param(row, id=row["title"]) for row in rows]


# --- entries ------------------------------------------------------------------------------------


@pytest.mark.parametrize("told", titled(ENTRY["entries"]))
def test_an_entry_is_these_bytes(told):
    opens = told["subject"] == [told["device"], told["seq"]]
    draft = Draft(
        kind=told["kind"],
        version=told["version"],
        region=told["region"],
        body=bytes.fromhex(told["body"]),
        actor=ref(told["actor"]),
        subject=None if opens else ref(told["subject"]),
        after=tuple(map(ref, told["after"])),
    )

    written = entry.write(
        draft, device=device(told["device"]), seq=told["seq"], clock=int(told["clock"]), lineage={}
    )

    assert written.wire.hex() == told["wire"]
    assert written.header.hex() == told["header"]


@pytest.mark.parametrize("told", titled(ENTRY["entries"]))
def test_these_bytes_are_an_entry(told):
    read = entry.read(
        bytes.fromhex(told["wire"]), device=device(told["device"]), seq=told["seq"], lineage={}
    )

    assert (read.kind, read.version, read.region) == (told["kind"], told["version"], told["region"])
    assert (read.actor, read.subject) == (ref(told["actor"]), ref(told["subject"]))
    assert read.after == tuple(map(ref, told["after"]))
    assert read.clock == int(told["clock"])
    assert read.body == bytes.fromhex(told["body"])


def test_a_redacted_entry_is_its_header_and_the_digest_of_its_body():
    told = ENTRY["redacted"]

    read = entry.read(bytes.fromhex(told["wire"]), device=DeviceId(bytes(16)), seq=1, lineage={})

    assert read.body is None
    assert read.header.hex() == told["header"]
    assert read.body_digest == bytes.fromhex(told["body_digest"])
    assert read.wire.hex() == told["wire"]


@pytest.mark.parametrize("told", [pytest.param(row, id=row["why"]) for row in ENTRY["malformed"]])
def test_these_bytes_are_no_entry(told):
    with pytest.raises(BadEntry):
        entry.read(bytes.fromhex(told["wire"]), device=DeviceId(bytes(16)), seq=1, lineage={})


# --- the chain ----------------------------------------------------------------------------------


def chained(told, previous, *, first_seq=1, lineage=None):
    entries = [
        entry.read(
            bytes.fromhex(wire), device=device(told["device"]), seq=seq, lineage=lineage or {}
        )
        for seq, wire in enumerate(told["wires"], first_seq)
    ]
    return entries, [digest.hex() for digest in chain.digests(previous, entries)]


def test_a_life_begins_at_its_genesis_and_each_entry_is_linked():
    told = CHAIN["life"]
    genesis = chain.genesis(device(told["device"]), None)

    assert genesis.hex() == told["genesis"]
    assert chained(told, genesis)[1] == told["digests"]


def test_redaction_leaves_the_chain_as_it_is():
    told = CHAIN["redacted"]
    genesis = chain.genesis(device(told["device"]), None)

    assert chained(told, genesis)[1] == told["digests"] == CHAIN["life"]["digests"]


def test_a_life_that_continues_another_is_bound_to_the_place():
    told = CHAIN["continuation"]
    origin = continuation(told["continues"])
    genesis = chain.genesis(device(told["device"]), origin)

    entries, digests = chained(
        told, genesis, first_seq=told["first_seq"], lineage={device(told["device"]): origin}
    )

    assert genesis.hex() == told["genesis"]
    assert digests == told["digests"]
    last = told["last"]
    assert (entries[-1].actor, entries[-1].subject) == (ref(last["actor"]), ref(last["subject"]))
    assert entries[-1].after == tuple(map(ref, last["after"]))


def test_a_head_is_signed_so():
    told = CHAIN["head"]
    keys = DeviceKeys(sign_private=bytes.fromhex(told["sign_private"]), seal_private=bytes(32))

    message = head_message(keys.device, told["seq"], bytes.fromhex(told["digest"]))

    assert message.hex() == told["message"]
    assert keys.sign(message).hex() == told["signature"]


# --- the certificate ----------------------------------------------------------------------------


def test_a_certificate_is_these_bytes():
    told = CERTIFICATE
    fields = dict(told["fields"])
    origin, seq, digest = fields.pop("continues")
    plain = Certificate(
        **fields,
        sign_public=bytes.fromhex(told["sign_public"]),
        seal_public=bytes.fromhex(told["seal_public"]),
        continues=Continuation(device(origin), seq, bytes.fromhex(digest)),
    )

    payload, message = certificate.signing_input(plain)

    assert (payload.hex(), message.hex()) == (told["payload"], told["message"])
    assert plain.device.hex() == told["device"]


def test_a_certificate_is_the_districts():
    told = CERTIFICATE
    signed = msgspec.msgpack.decode(bytes.fromhex(told["wire"]), type=SignedCertificate)

    opened = certificate.opened(signed, bytes.fromhex(told["district_public"]))

    assert signed.signature.hex() == told["signature"]
    assert opened.slot_text == "B2"


def test_a_device_is_named_by_its_key():
    keys = DeviceKeys(
        sign_private=bytes.fromhex(CERTIFICATE["sign_private"]),
        seal_private=bytes.fromhex(CERTIFICATE["seal_private"]),
    )

    assert keys.sign_public.hex() == CERTIFICATE["sign_public"]
    assert keys.seal_public.hex() == CERTIFICATE["seal_public"]
    assert device_id(keys.sign_public).hex() == CERTIFICATE["device"]


# --- the enrolment code -------------------------------------------------------------------------


def test_an_enrolment_code_is_this_text():
    told = dict(CODE)
    text = told.pop("text")
    code = EnrolmentCode(
        secret=bytes.fromhex(told.pop("secret")),
        fingerprint=bytes.fromhex(told.pop("fingerprint")),
        **told,
    )

    assert write_code(code) == text
    assert read_code(text) == code


# --- messages -----------------------------------------------------------------------------------


def revealed(value):
    """A decoded message as the vectors write it: bytes in hexadecimal, large numbers as text."""
    match value:
        case bytes():
            return {"hex": value.hex()}
        case list():
            return [revealed(one) for one in value]
        case dict():
            return {key: revealed(one) for key, one in value.items()}
        case int() if abs(value) >= 2**53:
            return {"int": str(value)}
    return value


@pytest.mark.parametrize("told", titled(MESSAGES["messages"]))
def test_a_message_is_these_bytes(told):
    wire = bytes.fromhex(told["wire"])

    message = protocol.decode(wire, getattr(protocol, told["shape"]))

    written = protocol.encode(message)
    # Elements may have been appended since: an older peer's message is read all the same.
    if told.get("grown"):
        assert begins_with(revealed(msgspec.msgpack.decode(written)), told["elements"])
    else:
        assert written == wire
    assert revealed(msgspec.msgpack.decode(wire)) == told["elements"]


def begins_with(longer, shorter):
    """Whether arrays, and those within them, have only grown at their ends."""
    if isinstance(longer, list) and isinstance(shorter, list):
        pairs = zip(longer, shorter, strict=False)
        return len(longer) >= len(shorter) and all(begins_with(*pair) for pair in pairs)
    return longer == shorter


@pytest.mark.parametrize("told", titled([row for row in MESSAGES["messages"] if "proof" in row]))
def test_a_new_key_proves_itself_so(told):
    message = protocol.decode(bytes.fromhex(told["wire"]), getattr(protocol, told["shape"]))
    match message:
        case EnrolRequest():
            proof = protocol.enrol_proof(message)
        case LifeRequest():
            proof = protocol.life_proof(message)
        case AdmitRequest():
            proof = protocol.admit_proof(message)
        case _:
            pytest.fail(f"{told['shape']} has no proof")

    assert proof.hex() == told["proof"]
    if "handover" in told:
        assert isinstance(message, LifeRequest)
        handover = protocol.handover_proof(message)
        assert handover.hex() == told["handover"]
        assert signed_by(bytes.fromhex(CERTIFICATE["sign_public"]), message.old_signature, handover)
    assert signed_by(bytes.fromhex(CERTIFICATE["sign_public"]), message.signature, proof)


@pytest.mark.parametrize("told", titled(MESSAGES["frames"]))
def test_a_frame_is_unpacked_with_the_dictionary_it_names(told):
    message, dictionary = codec.unpack(bytes.fromhex(told["frame"]))

    assert (message.hex(), dictionary) == (told["message"], told["dictionary"])
