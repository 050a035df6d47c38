"""Names, numbers, passphrases and tokens stand in no log, in no trace, and in nothing that is said beside an answer."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.store.keyslots import Unlock, open_key
from app.store.opening import open_store
from sync.centre import office
from sync.client.transport import Line
from sync.refusals import CentreRefusal, Unintelligible
from ui.demo.places import Centre, Place

NAME, NUMBER, PHONE, ROAD = "欧阳翠翠", "450305196203151028", "13877399991", "湖塘村九十九组"
CENTRE_SECRET, VILLAGE_SECRET = "中心口令-斑鸠斑鸠", "村站口令-画眉画眉"
CASE = {
    "item": "IT001",
    "applicant": {"kind": "person", "name": NAME, "id_number": NUMBER, "phone": PHONE, "address": ROAD},
    "materials": [],
    "mode": "proxy",
    "mandate": True,
}  # fmt: skip
VILLAGE = "450305200201"
_BROKEN = """
import sys
from unittest.mock import patch
def broken(*words, **named):
    raise ValueError({words!r}, words, named)
with patch({target!r}, broken):
    from ui.commands.main import main
    sys.exit(main())
"""


class Everything:
    """A centre and a village that worked, and all that they and their commands have said beside their documents."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.centre = Centre(folder / "centre", CENTRE_SECRET)
        self.village = Place(folder / "village", VILLAGE_SECRET)
        self.said: list[str] = []
        self.secrets = [NAME, NUMBER, PHONE, ROAD, CENTRE_SECRET, VILLAGE_SECRET]

    def does(self, place: Place, *words: str, code: int = 0) -> dict[str, object]:
        answer = place.attempt(*words)
        assert answer.code == code, answer.messages
        self.said.append(answer.messages)
        return answer.document

    def breaks(self, place: Place, target: str, *words: str) -> None:
        """A command in which something is a bug, whose words hold everything."""
        program = _BROKEN.format(target=target, words=(NAME, NUMBER, VILLAGE_SECRET))
        run = subprocess.run(
            [sys.executable, "-c", program, *words, "--data", str(place.folder)],
            env=place.environment, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert run.returncode != 0
        self.said.append(run.stderr)

    def hide(self, secret: bytes) -> None:
        """A secret of bytes, in the ways in which it could be written."""
        coded = base64.urlsafe_b64encode(secret).decode().rstrip("=")
        self.secrets += [
            secret.hex(),
            coded,
            coded.replace("-", "+").replace("_", "/"),
            repr(secret),
        ]

    def logs(self) -> dict[str, str]:
        return {
            str(path.relative_to(self.folder)): path.read_text("utf-8", "replace")
            for path in self.folder.rglob("*.log*")
        }


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    told = Everything(tmp_path_factory.mktemp("secrets"))
    told.does(told.centre, "centre", "init", "--region", "450305", "--url", told.centre.url)
    issued = told.does(told.centre, "centre", "enrol-code", "--region", VILLAGE)
    told.secrets.append(str(issued["code"]))
    with told.centre.open():
        work(told, str(issued["code"]))
        with_wrong_words(told)
    serving_with_a_bug(told)
    hidden(told)
    bugs(told)
    return told


def work(told, code):
    told.does(told.village, "enrol", code)
    told.does(told.village, "sync")
    told.does(told.village, "operator", "add", "--name", NAME, "--role", "agent")
    cases = told.folder / "cases.jsonl"
    lines = [CASE, {**CASE, "item": "no such item"}, {**CASE, "applicant": {"name": NAME}}]
    cases.write_text(
        "\n".join(json.dumps(one, ensure_ascii=False) for one in lines) + "\nno json\n", "utf-8"
    )
    told.village.attempt(
        "case", "register", "--file", str(cases)
    )  # two of which are no registrations
    told.does(told.village, "sync")
    told.does(told.village, "search", NAME)
    told.does(told.village, "packet", "write", str(told.folder))
    told.does(told.village, "backup", "--out", str(told.folder / "village.backup"))


def with_wrong_words(told):
    """What people and strangers do wrongly: other passphrases, names in paths, half of a token in a header."""
    other = Place(told.village.folder, VILLAGE_SECRET + "不对")
    told.secrets.append(other.environment["DAIBAN_PASSPHRASE"])
    told.does(other, "sync", code=1)
    told.village.attempt("case", "show", NAME)  # whoever types a name is told that it is no number
    store = open_store(told.village.folder, Unlock(passphrase=VILLAGE_SECRET))
    line = Line(store.identity.url, store.identity.ca)
    for path in ("/exchange", "/attachments/" + "a" * 64, "/ca/x"):
        with pytest.raises((CentreRefusal, Unintelligible)):
            line.post(f"{path}?{NUMBER}", NAME.encode(), store.identity.token)
    with pytest.raises(CentreRefusal):
        line.post("/exchange", f"{NAME} {NUMBER}".encode(), store.identity.token)
    line.close()
    told.hide(store.identity.token)
    told.hide(store.identity.keys.sign_private)
    told.hide(store.key)
    store.close()


def serving_with_a_bug(told):
    """The centre goes on after it; who asked hears no word of it."""
    program = _BROKEN.format(target="sync.centre.exchange.answer", words=(NAME, NUMBER))
    words = ("centre", "serve", "--port", str(told.centre.port), "--data", str(told.centre.folder))
    centre = subprocess.Popen(
        [sys.executable, "-c", program, *words, "--json"],
        env=told.centre.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert centre.stdout is not None
    assert "ready" in centre.stdout.readline()
    for _ in range(2):
        told.does(told.village, "sync", code=1)
    centre.terminate()
    out, err = centre.communicate(timeout=60)
    told.said += [out, err]


def hidden(told):
    key = open_key(told.centre.folder, Unlock(passphrase=CENTRE_SECRET))
    with office.opened(told.centre.folder, Unlock(passphrase=CENTRE_SECRET)) as ledger:
        for name in ("authority", "recovery"):
            told.hide(ledger.secret(name))
    told.hide(key)


def bugs(told):
    """Whatever breaks, in the middle of somebody's case, at a station and at the centre."""
    told.breaks(told.village, "app.usecases.lookup.found", "search", NAME)
    told.breaks(told.centre, "sync.centre.office.devices", "centre", "devices")
    told.breaks(told.village, "sync.client.engine.exchange", "sync")


def test_nothing_that_was_logged_or_said_holds_a_secret_or_a_person(everything):
    logs = everything.logs()
    assert any("ValueError" in text for text in logs.values())  # something was logged at all
    for secret in everything.secrets:
        for name, text in logs.items():
            assert secret not in text, (name, secret)
        for text in everything.said:
            assert secret not in text, secret


def test_no_file_holds_a_person_or_a_passphrase(everything):
    """The ledger, the stores, the backup and the packet are sealed; what the operator brought is theirs."""
    looked = 0
    for path in everything.folder.rglob("*"):
        if path.is_file() and path.name != "cases.jsonl":
            raw, looked = path.read_bytes(), looked + 1
            for secret in (NAME, NUMBER, PHONE, CENTRE_SECRET, VILLAGE_SECRET):
                assert secret.encode() not in raw, (path, secret)
    assert looked > 8
