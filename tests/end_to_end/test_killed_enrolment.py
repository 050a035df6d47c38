"""An enrolment that is killed at any moment goes on when the same command is run again."""

import random
import signal
import subprocess
import sys
import time

from ui.demo.places import Place

COMMAND = (sys.executable, "-m", "ui.commands.main", "enrol")


def killed_after(seconds, station, code):
    """Run the command and kill it, unless it is quicker."""
    process = subprocess.Popen(
        [*COMMAND, code, "--data", str(station.folder)],
        env=station.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()


def test_whenever_it_is_killed_the_same_code_ends_in_one_device(district, tmp_path):
    chance = random.Random(20261121)
    with district.open():
        measured = Place(tmp_path / "measured", "全程贯通")
        issued = district.centre.do("centre", "enrol-code", "--region", "450305200201")
        started = time.monotonic()
        measured.do("enrol", issued["code"])
        whole_s = time.monotonic() - started

        for run in range(5):
            station = Place(tmp_path / f"station{run}", "全程贯通")
            issued = district.centre.do("centre", "enrol-code", "--region", "450305200201")
            for _ in range(3):
                killed_after(chance.uniform(0.3, 1.0) * whole_s, station, issued["code"])
            again = station.attempt("enrol", issued["code"])
            assert again.code == 0 or again.document["error"]["code"] == "already_enrolled"
            station.do("sync")
            assert station.do("status")["pending"] == 0
            assert not [*station.folder.glob("*.new*"), *station.folder.glob("enrolling*")]
        listed = district.centre.do("centre", "devices")["devices"]
    assert len(listed) == 1 + 1 + 5  # the centre's own, the measured one, one for each code
