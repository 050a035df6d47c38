"""How PostgreSQL goes about what every exchange asks: by indexes of this district's tables, however full they are."""

import pytest

from sync.centre import feed
from tests.sync import stands
from tests.sync.builders import DISTRICT, OTHER_VILLAGE, TOWNSHIP, VILLAGE, a_centre, a_pen

ENTRIES = 40_000
SCHEMA = f"district_{DISTRICT}"


@pytest.fixture(scope="module")
def centre(stand, tmp_path_factory):
    """A district with a history, in which one village has a thousandth."""
    with stands.on(stand):
        centre = a_centre(tmp_path_factory.mktemp("plans") / "centre")
        pen = a_pen(centre, OTHER_VILLAGE)
        n, database = centre.device(pen.device).n, centre.ledger.database
        with database.writing():
            database.run(
                "INSERT INTO entry (device, seq, region, held, received_ms, digest, raw) "
                "SELECT ?, s, CASE WHEN mod(s, 1000) = 0 THEN ? ELSE ? END, 0, 0, ?, ? "
                f"FROM generate_series(1, {ENTRIES}) s",
                (n, VILLAGE, OTHER_VILLAGE, bytes(32), bytes(250)),
            )
            (head,) = database.row("UPDATE district SET head = head + ? RETURNING head", (ENTRIES,))
            database.run(
                "INSERT INTO feed (position, mark, device, seq, township, village, publication) "
                "SELECT seq + ?, 1, device, seq, ?, region, 0 FROM entry WHERE device = ?",
                (head - ENTRIES, TOWNSHIP, n),
            )
        database.run("ANALYZE")
        yield centre


def plan_of(centre, sql, parameters):
    (told,) = centre.ledger.database.row(f"EXPLAIN (FORMAT JSON, VERBOSE) {sql}", parameters)
    return [*_nodes(told[0]["Plan"])]


def _nodes(node):
    yield node
    for inner in node.get("Plans", ()):
        yield from _nodes(inner)


def reads(plan):
    """(schema, table, how it is read) of each table."""
    return [
        (node["Schema"], node["Relation Name"], node["Node Type"])
        for node in plan
        if "Relation Name" in node
    ]


@pytest.mark.parametrize("place", [VILLAGE, TOWNSHIP, DISTRICT])
@pytest.mark.parametrize("behind", [3, ENTRIES])
def test_a_page_of_the_feed_is_read_by_index_in_this_district_only(centre, place, behind):
    pen = a_pen(centre, place)
    device, tree = centre.device(pen.device), centre.ledger.tree
    head = centre.ledger.district.head
    sql, parameters = feed._query(tree, device, head - behind, head, 50)  # noqa: SLF001 - the plan is the point

    found = reads(plan_of(centre, sql, parameters))

    assert {schema for schema, _, _ in found} == {SCHEMA}
    assert {table for _, table, _ in found} == {"feed", "entry"}
    assert all("Index" in how for _, _, how in found), found


@pytest.mark.parametrize(
    ("sql", "parameters"),
    [
        (
            "SELECT n FROM device WHERE n = (SELECT device FROM token WHERE hash = ?) FOR NO KEY UPDATE",
            (bytes(32),),
        ),
        ("SELECT digest FROM entry WHERE device = ? AND seq = ?", (2, 17)),
        ("SELECT seq, digest FROM entry WHERE device = ? AND seq BETWEEN ? AND ?", (2, 17, 40)),
        ("SELECT mark FROM feed WHERE position = ?", (1234,)),
        ("SELECT raw FROM entry WHERE subject_device = ? AND subject_seq = ?", (2, 17)),
        ("UPDATE entry SET raw = ? WHERE device = ? AND seq = ?", (b"", 2, 17)),
    ],
)
def test_what_each_exchange_asks_is_found_by_index(centre, sql, parameters):
    found = reads(plan_of(centre, sql, parameters))

    assert {schema for schema, _, _ in found} == {SCHEMA}
    large = [how for _, table, how in found if table in ("entry", "feed")]
    assert all("Index" in how or "ModifyTable" in how for how in large), found


@pytest.mark.parametrize("place", [VILLAGE, TOWNSHIP, DISTRICT])
def test_the_plan_that_is_kept_for_any_reader_goes_by_index_too(centre, place):
    """The driver prepares what it asks often, and the server then plans once for all values."""
    pen = a_pen(centre, place)
    sql, parameters = feed._query(  # noqa: SLF001 - the plan is the point
        centre.ledger.tree, centre.device(pen.device), 0, centre.ledger.district.head, 50
    )
    database = centre.ledger.database
    for number, _ in enumerate(parameters, 1):
        sql = sql.replace("?", f"${number}", 1)
    database.run(f"PREPARE kept AS {sql}")
    database.run("SET plan_cache_mode = force_generic_plan")
    values = ", ".join(f"'{value}'" for value in parameters)
    (told,) = database.row(f"EXPLAIN (FORMAT JSON, VERBOSE) EXECUTE kept ({values})")
    database.run("DEALLOCATE kept")
    database.run("RESET plan_cache_mode")
    found = reads([*_nodes(told[0]["Plan"])])

    assert all("Index" in how for _, _, how in found), found


def test_storing_looks_at_nothing(centre):
    """New rows are checked against primary keys and the device alone."""
    (checked,) = centre.ledger.database.row(
        "SELECT count(*) FROM pg_constraint WHERE contype = 'f' "
        "AND conrelid IN (to_regclass('entry'), to_regclass('feed'), to_regclass('refusal'))"
    )
    assert checked == 1


def test_a_connection_sees_this_district_only(centre):
    assert centre.ledger.database.row("SHOW search_path") == (SCHEMA,)
