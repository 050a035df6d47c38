"""Every command in the README runs as it is written there."""

import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

README = Path(__file__).parents[2] / "README.md"
NOT_HERE = ("make", "git", "cd")
"""The tests already stand in a set-up checkout."""


README_PORT = "8750"


def a_free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def commands(text):
    """The lines of all `sh` blocks, in order, without those that only set the checkout up."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    lines = "".join(blocks).splitlines()
    return [
        line for line in lines if line.split(maxsplit=1)[:1] not in [[word] for word in NOT_HERE]
    ]


def test_the_commands_are_found_in_their_blocks():
    text = "# x\n```sh\nmake demo\ndaiban acts\n```\n```python\nno\n```\n```sh\ndaiban item \\\n  list\n```\n"
    assert commands(text) == ["daiban acts", "daiban item \\", "  list"]


@pytest.mark.skipif(os.name == "nt", reason="the README's blocks are for sh")
def test_every_command_runs_in_an_empty_folder(tmp_path):
    script = "\n".join(["set -eu", *commands(README.read_text("utf-8"))])
    assert script.count(README_PORT) == 1
    # Two runs at once would wait for ever for the one port.
    script = script.replace(README_PORT, str(a_free_port()))
    # Both ways of calling it lead to the program under test.
    program = Path(sys.executable).parent
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "bin").symlink_to(program)
    env = os.environ | {"PATH": f"{program}{os.pathsep}{os.environ['PATH']}"}
    env = {name: value for name, value in env.items() if not name.startswith("DAIBAN_")}
    process = subprocess.Popen(
        ["sh", "-c", script],
        cwd=tmp_path,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,  # so that a centre in the background can be stopped with it
    )
    code: int | None = None
    try:
        with suppress(subprocess.TimeoutExpired):
            code = process.wait(300)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        said, _ = process.communicate()
    assert code == 0, said
