"""The demonstration from beginning to end, as `make demo` runs it."""

import json
import shutil
import socket
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from ui.commands.tables import width
from ui.demo.places import Place

PROGRAM = [str(shutil.which("daiban", path=Path(sys.executable).parent))]


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """The folder it left, and its screen of text."""
    folder = tmp_path_factory.mktemp("demo")
    run = subprocess.run(
        [*PROGRAM, "demo", "--out", "demo-output", "--headless"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    return folder / "demo-output", run.stdout


@pytest.fixture(scope="module")
def told(shown):
    return json.loads((shown[0] / "demo.json").read_text("utf-8"))


def station(shown, told, name):
    return Place(shown[0] / name, told["passphrase"])


def test_the_text_is_one_screen(shown):
    lines = shown[1].splitlines()
    assert len(lines) <= 24
    # How deep the checkout lies is not ours.
    assert max(width(line) for line in lines if "PATH=" not in line) <= 80
    assert (shown[0] / "demo.txt").read_text("utf-8") == shown[1]


def test_every_step_has_its_proof(told):
    assert len(told["steps"]) >= 30
    assert [step["step"] for step in told["steps"]] == list(range(1, len(told["steps"]) + 1))
    assert all(step["proof"] for step in told["steps"])


def test_the_line_was_down_and_nothing_was_lost(told):
    offline = next(step for step in told["steps"] if "error" in step["proof"])["proof"]
    assert offline["error"]["code"] == "offline"
    assert offline["pending"] >= 8
    sent = next(step for step in told["steps"] if step["title"].startswith("线路恢复"))["proof"]
    assert (sent["sent"], sent["pending"]) == (offline["pending"], 0)


def test_cases_ended_as_the_story_says(shown, told):
    states = {
        case["applicant"]: case["state"]
        for case in station(shown, told, "village").do("case", "list")["cases"]
    }
    assert states == {
        "秦德旺": "closed",
        "莫秀英": "delivered",
        "韦𠮷祥": "delivered",
        "韦小妹": "in_progress",
        "黄志刚": "refused",
        "廖桂芳": "closed",
        "周海燕": "under_examination",
        "蒋文明": "under_examination",
    }


@pytest.mark.parametrize("name", ["village", "township", "district"])
def test_the_delivered_result_stands_at_all_places(shown, told, name):
    place = station(shown, told, name)
    delivered = [case for case in place.do("case", "list")["cases"] if case["state"] == "delivered"]
    assert sorted(case["applicant"] for case in delivered) == ["莫秀英", "韦𠮷祥"]
    assert place.do("verify")["ok"] is True


def test_papers_are_there_with_their_pictures(shown, told):
    papers = [
        step["proof"]
        for step in told["steps"]
        if "pictures" in step["proof"] and "file" in step["proof"]
    ]
    assert [paper["document"] for paper in papers] == [
        "materials_receipt", "materials_receipt", "materials_slip", "acceptance", "refusal", "decision",
    ]  # fmt: skip
    for paper in papers:
        file = shown[0] / paper["file"]
        assert sha256(file.read_bytes()).hexdigest() == paper["sha256"]
        document = pypdfium2.PdfDocument(file)
        assert len(paper["pictures"]) == len(document)
        document.close()
        assert all(
            (file.parent / picture).read_bytes().startswith(b"\x89PNG")
            for picture in paper["pictures"]
        )


def test_both_desktops_are_shown_after_each_step(shown, told):
    assert len(told["pictures"]) >= 9
    seen: dict[str, set[bytes]] = {name: set() for name in ("village", "township")}
    for step in told["pictures"]:
        for name, contents in seen.items():
            picture = Image.open(shown[0] / step[name])
            assert picture.size == (1366, 768)
            assert len(picture.convert("RGB").getcolors(1 << 24) or ()) > 50
            contents.add(picture.tobytes())
    # What happens shows: hardly a step looks like another.
    assert all(len(contents) >= 6 for contents in seen.values())


def test_the_name_with_a_rare_character_is_on_its_receipt(shown):
    document = pypdfium2.PdfDocument(next(Path(shown[0] / "papers").glob("01-*.pdf")))
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert "韦𠮷祥" in text


def test_nothing_is_left_running(shown, told):
    port = int(told["steps"][0]["proof"]["url"].rpartition(":")[2])
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
