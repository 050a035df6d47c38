"""The table of faults names tests that exist."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
TABLE = (PROJECT / "docs" / "exchange-faults.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", TABLE)


def test_the_table_is_read():
    assert len(NAMED) > 40


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_named_test_is_there(file, name):
    assert re.search(rf"^def {name}\(", (PROJECT / file).read_text(encoding="utf-8"), re.MULTILINE)
