"""The centre's tests run over both databases, where what they say is true of both."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import postgresql
from tests.sync import stands
from tests.sync.builders import DISTRICT, found_here
from tests.sync.stands import Stand


@pytest.fixture(scope="session")
def stand(postgresql_server: postgresql.Server) -> Stand:
    return Stand(postgresql_server, DISTRICT, found_here)


@pytest.fixture(params=["sqlite", "postgresql"])
def on_each(request: pytest.FixtureRequest) -> Iterator[None]:
    """For `pytestmark = pytest.mark.usefixtures("on_each")`: once with ledgers in files, once in PostgreSQL."""
    if request.param == "sqlite":
        yield
        return
    with stands.on(request.getfixturevalue("stand")):
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What hypothesis says of the order of things it says once: a database for each example would take minutes."""
    items[:] = [one for one in items if not _is_example_on_postgresql(one)]


def _is_example_on_postgresql(item: pytest.Item) -> bool:
    if not isinstance(item, pytest.Function):
        return False
    chosen = item.callspec.params.get("on_each") if hasattr(item, "callspec") else None
    return chosen == "postgresql" and getattr(item.function, "is_hypothesis_test", False)
