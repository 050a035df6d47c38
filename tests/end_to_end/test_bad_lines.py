"""`daiban sync` on a line that breaks: what passed counts, and is said."""

import pytest

from app.store.keyslots import Unlock
from app.store.opening import open_store
from sync.client import pace
from tests.end_to_end.conftest import PASSPHRASE, District
from tests.end_to_end.paperwork import numbers, written
from tests.sync.proxy import Fault, Proxy, Way
from ui.demo.places import Centre

CASES = 100


@pytest.fixture
def proxied(tmp_path):
    """A district whose stations reach their centre through a line whose faults can be told."""
    centre = Centre(tmp_path / "centre", PASSPHRASE)
    port = int(centre.url.rsplit(":", 1)[1])
    with Proxy(port=port) as proxy:
        centre.do("centre", "init", "--region", "450305", "--url", proxy.url)
        yield District(tmp_path, centre), proxy


def send_little_at_once(place):
    store = open_store(place.folder, Unlock(passphrase=PASSPHRASE))
    store.remember("pace", pace.to_remember(pace.Pace(wire=256, ceiling=256)))
    store.close()


def test_what_passed_before_the_line_broke_is_said_and_the_next_goes_on_from_there(
    proxied, tmp_path
):
    district, proxy = proxied
    with district.open():
        village = district.enrolled("village", "450305200201", "韦代办", "agent")
        village.do("sync")
        village.do("case", "register", "--file", str(written(tmp_path / "cases", CASES)))
        send_little_at_once(village)
        proxy.faults += [Fault(way=Way.UP, after=2500), *[Fault(way=Way.UP, after=300)] * 4]

        broken = village.attempt("sync")

        assert broken.code == 1
        facts = broken.document["error"]["facts"]
        assert 0 < facts["sent"] < CASES
        assert f"中断之前已送出 {facts['sent']} 条" in broken.messages
        assert village.do("status")["pending"] == CASES - facts["sent"]
        proxy.faults.clear()

        done = village.do("sync")

        assert (done["sent"], done["pending"]) == (CASES - facts["sent"], 0)
        places = {case["record"] for case in village.do("case", "list")["cases"]}
        assert places == {"at_centre"}
        assert len(numbers(village)) == CASES
