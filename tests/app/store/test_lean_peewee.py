"""A station does not load a driver that only a centre needs."""

import subprocess
import sys

SEEN = "import sys; import {0}; print('psycopg' in sys.modules, 'peewee' in sys.modules)"


def loaded_by(statement):
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", statement], capture_output=True, text=True, check=True
    )
    return run.stdout.split()


def test_a_store_loads_peewee_without_the_driver():
    assert loaded_by(SEEN.format("app.store.opening")) == ["False", "True"]


def test_a_centre_on_a_file_does_so_too():
    assert loaded_by(SEEN.format("sync.centre.office")) == ["False", "True"]


def test_whoever_wants_the_driver_still_finds_it():
    statement = "import app.store.database, psycopg; print(psycopg.__name__)"
    assert loaded_by(statement) == ["psycopg"]


def test_a_driver_that_is_there_already_stays():
    statement = "import psycopg, app.store.database, sys; print(sys.modules['psycopg'] is psycopg)"
    assert loaded_by(statement) == ["True"]
