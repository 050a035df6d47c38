"""A district that is founded in a database: begun, cut off, there already, and told without its password."""

import pytest

from sync.centre import office, placing, publishing
from sync.centre.database import DatabaseAway
from sync.centre.ledger import FILE, NoCentre
from sync.centre.office import CentreExists
from tests.sync.builders import DISTRICT, UNLOCK


@pytest.fixture
def database(postgresql_server):
    name = postgresql_server.create()
    yield postgresql_server.url(name)
    postgresql_server.drop(name)


def founded(folder, database=None):
    office.init(folder, region=DISTRICT, unlock=UNLOCK, database=database)


def test_a_centre_in_a_database_is_found_again_by_its_folder(tmp_path, database):
    founded(tmp_path, database)

    with office.opened(tmp_path, UNLOCK) as ledger:
        assert ledger.district.region == DISTRICT
    assert not (tmp_path / FILE).exists()
    assert office.enrol_code(tmp_path, region="450305200201", unlock=UNLOCK).code
    assert len(office.devices(tmp_path, unlock=UNLOCK)) == 1


def test_a_folder_that_names_a_database_has_a_centre(tmp_path, database):
    founded(tmp_path, database)
    with pytest.raises(CentreExists):
        founded(tmp_path)
    with pytest.raises(CentreExists):
        founded(tmp_path, database)


def test_a_ledger_in_a_file_takes_no_database(tmp_path, database):
    founded(tmp_path)
    with pytest.raises(placing.LedgerInFile):
        office.serve(tmp_path, unlock=UNLOCK, port=0, database=database)


def test_a_district_that_is_there_is_not_taken_by_another_folder(tmp_path, database):
    founded(tmp_path / "one", database)
    with pytest.raises(CentreExists):
        founded(tmp_path / "other", database)

    assert not (tmp_path / "other" / placing.ELSEWHERE).exists()
    with office.opened(tmp_path / "one", UNLOCK) as ledger:
        assert ledger.is_founded


def test_a_founding_that_was_cut_off_goes_on_where_it_was_begun(tmp_path, database, monkeypatch):
    def cut(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(publishing, "announce", cut)
        with pytest.raises(KeyboardInterrupt):
            founded(tmp_path, database)
    with pytest.raises(NoCentre):
        office.enrol_code(tmp_path, region="450305200201", unlock=UNLOCK)
    founded(tmp_path)

    with office.opened(tmp_path, UNLOCK) as ledger:
        assert ledger.is_founded


def test_a_database_that_does_not_answer_is_told_by_its_host_alone(tmp_path):
    with pytest.raises(DatabaseAway) as away:
        founded(tmp_path, "postgresql://daiban:geheim@127.0.0.1:9/daiban?connect_timeout=2")

    assert away.value.facts == {"host": "127.0.0.1"}
    assert "geheim" not in str(away.value)
    assert not placing.exists(tmp_path)
