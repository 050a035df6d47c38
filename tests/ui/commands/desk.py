"""Somebody who types commands."""

import json
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from app.store import opening
from app.store.keyslots import Unlock
from ui.commands.main import program

PASSPHRASE = "芝麻开门"

PERSON = {"name": "韦小妹", "id_number": "450305196203151028", "phone": "13877300000"}


@dataclass(frozen=True)
class Said:
    """What a command left: exit code, stdout, stderr."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


def run(*words, stdin=None, **env) -> Said:
    """A command in this process."""
    done = CliRunner().invoke(program, [str(word) for word in words], input=stdin, env=env)
    return Said(done.exit_code, done.stdout, done.stderr)


@dataclass(frozen=True)
class Desk:
    """Commands on one data folder."""

    data: Path

    def run(self, *words, stdin=None, **env) -> Said:
        """`words` and --data, with the device's passphrase unless `env` says otherwise."""
        env = {"DAIBAN_PASSPHRASE": PASSPHRASE} | env
        return run(*words, "--data", self.data, stdin=stdin, **env)

    def json(self, *words, **env):
        """The document of a command that must succeed."""
        said = self.run(*words, "--json", **env)
        assert said.code == 0, said.err
        return said.json

    def register(self, *lines, **env) -> Said:
        """Register lines: mappings, or bytes as they are."""
        coded = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
        stdin = b"\n".join(coded) + b"\n"
        return self.run("case", "register", "--file", "-", "--json", stdin=stdin, **env)

    def a_case(self, item="IT022", **said) -> str:
        """Register one request; its local number."""
        done = self.register({"item": item, "applicant": PERSON, "mandate": True} | said)
        assert done.code == 0, done.err
        return str(done.json["registered"][0]["local_number"])

    def open(self):
        return opening.open_store(self.data, Unlock(passphrase=PASSPHRASE))
