"""The program finds commands, and turns what goes wrong into words and exit codes."""

import json
import subprocess
import sys

import click
import pytest

from tests.ui.commands.desk import run
from ui.commands.main import program

PROMISED = [
    "demo", "centre init", "centre enrol-code", "centre serve", "centre devices", "centre revoke", "enrol",
    "centre regions show", "centre regions publish",
    "practice start", "practice next", "practice reset", "practice status",
    "operator add", "case register", "case list", "case show", "case history", "case act", "acts", "item list",
    "item show", "item check", "item figures", "item export", "item import", "item publish", "item withdraw",
    "search", "print", "documents", "picture", "sync", "stations", "repairs", "rebuild", "verify", "status", "doctor",
    "operator list", "operator change", "operator away", "operator back", "operator authorise",
    "operator unauthorise", "cards", "settings show", "settings publish", "archive list", "archive add",
    "archive propose", "archive appraise", "archive destroy", "archive register", "form",
    "item guide", "item chart", "item sample", "archive catalogue", "archive certificates", "archive destroyed",
    "attach", "attachments", "detach",
    "papers", "blank-receipts", "check-paper", "print-batch", "glyph list", "glyph add", "glyph remove",
    "packet write", "packet read", "centre move", "centre packet",
    "backup", "restore", "centre reseal", "centre hand-back-keys", "centre backup", "centre restore",
    "centre audit", "centre renew-certificate", "centre rotate-tokens",
]  # fmt: skip


def commands(group=program, before=""):
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def test_every_promised_command_is_there():
    assert sorted(name for name, _ in commands()) == sorted(PROMISED)


@pytest.mark.parametrize("name", PROMISED)
def test_every_command_explains_itself_in_chinese(name):
    said = run(*name.split(), "--help")
    assert said.code == 0
    assert said.out.startswith("用法: daiban")
    assert "选项：" in said.out
    for english in ("Usage", "Options", "Show this", "[required]", "[default"):
        assert english not in said.out


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_alone_it_opens_the_window_and_says_so_where_there_is_no_screen(tmp_path, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    said = run("--data", tmp_path)
    assert said.code == 1
    assert "窗口" in said.err


def test_a_noun_without_a_verb_is_wrong_usage_and_shows_the_verbs():
    said = run("case")
    assert said.code == 2
    assert said.out == ""
    assert "register" in said.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["cases"], "没有 cases 这个命令"),
        (["case", "lost"], "没有 lost 这个命令"),
        (["case", "list", "--datum", "x"], "没有 --datum 这个选项"),
        (["case", "show"], "缺少 NUMBER"),
        (["case", "register"], "缺少 --file"),
        (
            ["operator", "add", "--name", "x", "--role", "king"],
            "--role 的值不对：没有“king”这个取值",
        ),
        (["status", "--data", __file__], "是文件，这里要文件夹"),
        (["case", "list", "--limit", "0"], "不在范围内"),
        (["case", "list", "--limit", "x"], "不是整数"),
        (["case", "list", "--state"], "--state 后面缺少内容"),
        (["status", "more"], "多了：more"),
    ],
)
def test_wrong_usage_is_said_in_chinese_with_exit_code_2(words, told):
    said = run(*words)
    assert (said.code, said.out) == (2, "")
    assert told in said.err
    assert "--help" in said.err


def test_wrong_usage_with_json_is_one_document():
    said = run("case", "show", "--json")
    assert said.code == 2
    assert said.json["error"]["code"] == "usage"


def test_a_refusal_with_json_is_one_document_and_a_message(tmp_path):
    said = run("case", "list", "--data", tmp_path / "none", "--json")
    assert said.code == 1
    assert said.json["error"]["code"] == "not_enrolled"
    assert said.json["error"]["facts"] == {"folder": str(tmp_path / "none")}
    assert said.err.strip() == said.json["error"]["message"]


def test_a_bug_is_one_sentence_for_people_and_a_trace_for_the_log(village, monkeypatch):
    def broken(*args, **named):
        raise RuntimeError("韦小妹 450305196203151028")

    monkeypatch.setattr("app.usecases.lookup.listed", broken)
    said = village.run("case", "list", "--json")
    assert said.code == 1
    assert said.json["error"]["code"] == "bug"
    assert "韦小妹" not in said.out + said.err
    log = (village.data / "logs" / "daiban.log").read_text("utf-8")
    assert "RuntimeError" in log
    assert "韦小妹" not in log


def test_an_argument_that_is_no_text_does_not_break_the_document(village):
    said = village.run("case", "show", "\udcff\udcfe", "--json")
    assert said.code == 1
    assert said.json["error"]["code"] == "unknown_number"


def test_warnings_of_libraries_are_not_shown_at_the_counter():
    watch = (
        "import warnings; from ui.commands import main\n"
        "main.program.main = lambda: warnings.warn('System time is way off')\n"
        "main.main()"
    )
    done = subprocess.run([sys.executable, "-c", watch], capture_output=True, check=True)
    assert done.stderr == b""


def test_a_listing_loads_nothing_that_it_does_not_need(village):
    watch = (
        "import sys\n"
        "from ui.commands.main import main\n"
        "try: main()\n"
        "except SystemExit: print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", watch, "case", "list", "--json", "--data", village.data],
        env={
            "DAIBAN_PASSPHRASE": "芝麻开门",
            "PATH": "",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        },
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert json.loads(done.stdout) == {"cases": []}
    heavy = {
        "requests",
        "reportlab",
        "starlette",
        "uvicorn",
        "PySide6",
        "pypinyin",
        "chinese_calendar",
        "stdnum",
    }
    assert heavy.isdisjoint(done.stderr.split())
