"""A file's whole way with real processes: closed, archived, ten years later destroyed, and nothing of it left."""

import json
from pathlib import Path

import pytest

from app.store import keyslots
from app.store.keyslots import Unlock
from tests.bytes_left import holds
from tests.end_to_end.conftest import PASSPHRASE
from ui.demo.places import Place

LATER = Path(__file__).parent / "years_later"
SECRETS = ("覃彧翀", "450305197805221235", "13977312345", "靖西巷七号", "腰腿旧伤")
PERSON = dict(zip(("name", "id_number", "phone", "address"), SECRETS[:4], strict=True))
DAYS = "4100"


def left(place: Place) -> set[str]:
    key = keyslots.open_key(place.folder, Unlock(passphrase=PASSPHRASE))
    return holds(place.folder, key, *SECRETS)


def in_years(*places: Place, **more: str) -> None:
    """From now on their processes live eleven years later."""
    for place in places:
        place.environment |= {"PYTHONPATH": str(LATER), "DAIBAN_TEST_AHEAD_DAYS": DAYS, **more}


@pytest.fixture
def stations(district, tmp_path):
    village, township = district.begun_with(
        ("village", "450305200201", "韦代办", "agent"),
        ("township", "450305200", "李主任", "clerk"),
    )
    with district.open():
        township.do("operator", "add", "--name", "黄档案", "--role", "archivist")
        file = tmp_path / "one.jsonl"
        line = {"item": "IT022", "applicant": PERSON, "mandate": True, "note": SECRETS[4]}
        file.write_text(json.dumps(line, ensure_ascii=False), "utf-8")
        village.do("case", "register", "--file", str(file))
        (case,) = village.do("case", "list")["cases"]
        number = case["local_number"]
        village.do("case", "act", number, "forward")
        village.do("sync")
        township.do("sync")
        township.do("case", "act", number, "take_over")
        refusal = json.dumps({"reason": f"{SECRETS[0]}不符合条件"}, ensure_ascii=False)
        township.do("case", "act", number, "refuse", "--facts", refusal)
        township.do("print", number, "refusal", "--out", str(tmp_path / "refusal.pdf"))
        township.do("archive", "add", number, "--operator", "黄档案")
        township.do("sync")
        village.do("sync")
    return village, township, number


def test_a_file_is_destroyed_everywhere_whoever_is_killed_meanwhile(district, stations):
    village, township, number = stations
    places = (village, township, district.centre)
    assert all(left(place) == set(SECRETS) for place in places)
    in_years(*places)
    assert [one["local_number"] for one in township.do("archive", "propose")["files"]] == [number]
    said = ("--reason", "期满无保存价值")
    township.do("archive", "appraise", number, "--destroy", *said, "--operator", "黄档案")
    own = township.attempt("archive", "destroy", number, *said, "--yes", "--operator", "黄档案")
    assert own.code == 1
    township.do("archive", "destroy", number, *said, "--yes")
    assert [one["awaits_centre"] for one in township.do("archive", "register")["register"]] == [
        True
    ]
    assert left(township) == set(SECRETS)

    in_years(township, DAIBAN_TEST_DIES_BEFORE_CLEARING="1")
    with district.open():
        killed = township.attempt("sync")
        assert killed.code not in (0, 1)
        del township.environment["DAIBAN_TEST_DIES_BEFORE_CLEARING"]
        assert township.do("verify")["ok"] is True  # whatever opens the store does what was left
        assert left(township) == set()
        township.do("sync")
        village.do("sync")
        for place in (village, township):
            assert place.do("verify")["ok"] is True
            (found,) = place.do("search", number)["cases"]
            assert (found["state"], found["applicant"]) == ("destroyed", "")
            assert place.do("case", "list")["cases"] == []
            kinds = [one["kind"] for one in place.do("case", "history", number)["entries"]]
            assert kinds[0] == "case.registered"
            assert kinds[-1] == "case.destroyed"
            place.do("rebuild")
    for place in places:
        assert left(place) == set()
    (line,) = village.do("archive", "register")["register"]
    assert (line["appraised_by"], line["approved_by"]) == ("黄档案", "李主任")
    assert village.do("case", "show", number)["state"] == "destroyed"
