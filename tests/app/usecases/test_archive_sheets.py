"""The archive's lists say what was archived, certified and destroyed, and name nobody in full."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from app.domain.items import Retention
from app.journal.refs import Ref
from app.usecases import archive, archive_sheets
from tests.archives import SECRETS, a_secret_case, an_archivist, destroy_in_time
from tests.builders import (
    DISTRICT,
    TOWNSHIP,
    VILLAGE,
    Station,
    Wall,
    a_case,
    a_district,
    a_station,
    act,
    meet,
    the_item,
)

CERTIFICATE = "推荐本村村民担任民事诉讼代理人的推荐书"


@pytest.fixture
def township(tmp_path: Path) -> Station:
    return a_station(a_district(), TOWNSHIP, tmp_path / "t", wall=Wall())


@pytest.fixture
def village(tmp_path: Path) -> Station:
    return a_station(a_district(items=["IT022", "IT034", "IT064"]), VILLAGE, tmp_path / "v")


def archived(station: Station, name: str, retention: Retention = Retention.TEN_YEARS) -> Ref:
    subject = a_case(station, "IT022", name)
    act(station, subject, "withdraw", reason="不办了")
    batch = archive.archive(station.store, [subject], retention=retention, by=an_archivist(station))
    assert batch.left == ()
    return subject


def decided(station: Station, name: str) -> Ref:
    subject = a_case(station, "IT022", name)
    act(station, subject, "take_over")
    act(station, subject, "accept")
    act(station, subject, "decide", approved=True, result="准予发证")
    return subject


def test_the_catalogue_lists_files_by_number_with_masked_names(township: Station):
    archived(township, "韦小妹")
    archived(township, "蒙大山", Retention.PERMANENT)
    sheet = archive_sheets.archive_catalogue(township.store)
    assert sorted(line.subject for line in sheet.lines) == [
        "蒙**就业创业证申领",
        "韦**就业创业证申领",
    ]
    assert {line.responsible for line in sheet.lines} == {township.store.certificate.station}
    assert {line.period for line in sheet.lines} == {"10年", "永久"}
    assert sheet.scope == "全部年度"


def test_the_catalogue_can_be_of_a_year_a_period_a_category(township: Station):
    archived(township, "韦小妹")
    archived(township, "蒙大山", Retention.PERMANENT)
    category = the_item("IT022").category
    lines = {
        (2026, None, ""): 2,
        (1999, None, ""): 0,
        (None, Retention.PERMANENT, ""): 1,
        (None, None, category): 2,
        (None, None, "社会救助"): 0,
    }
    for (year, retention, group), count in lines.items():
        sheet = archive_sheets.archive_catalogue(
            township.store, year=year, retention=retention, category=group
        )
        assert len(sheet.lines) == count
    sheet = archive_sheets.archive_catalogue(
        township.store, year=2026, retention=Retention.PERMANENT, category=category
    )
    assert sheet.scope == f"2026年度　保管期限永久　{category}"


def test_a_firms_name_is_public(township: Station):
    subject = a_case(
        township, "IT022", "示例有限公司", applicant={"kind": "organisation", "id_number": ""}
    )
    act(township, subject, "withdraw", reason="不办了")
    archive.archive(
        township.store, [subject], retention=Retention.TEN_YEARS, by=an_archivist(township)
    )
    (line,) = archive_sheets.archive_catalogue(township.store).lines
    assert line.subject == "示例有限公司就业创业证申领"


def test_what_a_village_certifies_is_registered_with_its_purpose_and_basis(village: Station):
    subject = a_case(village, "IT064", note="向七星区人民法院提交", mandate=False)
    act(village, subject, "complete", result=f"出具{CERTIFICATE}")
    other = a_case(village, "IT034", "蒙大山", mandate=False)
    act(village, other, "complete")
    (line,) = archive_sheets.certificate_register(village.store).lines
    assert line.number == village.case(subject).local_number.text
    assert (line.name, line.holder) == (f"出具{CERTIFICATE}", "韦**")
    assert line.purpose == "向七星区人民法院提交"
    assert line.basis == "民事诉讼法第六十一条第二款第三项（2023年修正）"
    assert line.handler == village.head.name


def test_a_certificate_that_was_made_is_registered_under_its_number(township: Station):
    subject = decided(township, "韦小妹")
    act(township, subject, "certify", name="就业创业证", number="桂就2026001")
    decided(township, "蒙大山")
    (line,) = archive_sheets.certificate_register(township.store).lines
    assert (line.number, line.name, line.holder) == ("桂就2026001", "就业创业证", "韦**")
    assert line.purpose == "办理就业创业证申领"
    assert "《" in line.basis
    assert archive_sheets.certificate_register(township.store, year=1999).lines == ()
    assert len(archive_sheets.certificate_register(township.store, year=2026).lines) == 1


def test_what_another_station_certified_is_in_its_own_register(tmp_path: Path, township: Station):
    subject = decided(township, "韦小妹")
    act(township, subject, "certify", name="就业创业证")
    district = a_station(township.district, DISTRICT, tmp_path / "d")
    meet(township, district)
    assert district.case(subject).certificate is not None
    assert archive_sheets.certificate_register(district.store).lines == ()
    (line,) = archive_sheets.certificate_register(township.store).lines
    assert line.number == township.case(subject).local_number.text  # it has none of its own


def test_the_destruction_register_says_who_and_when_and_nothing_of_the_people(township: Station):
    subject = a_secret_case(township)
    act(township, subject, "withdraw", reason="不办了")
    destroy_in_time(township, subject)
    sheet = archive_sheets.destruction_register(township.store)
    (line,) = sheet.lines
    assert line.approver == township.head.name
    assert line.item == "就业创业证申领"
    assert line.state == "待区中心核对"
    said = str(msgspec.to_builtins(sheet))
    assert not any(secret in said for secret in SECRETS)
    assert archive_sheets.archive_catalogue(township.store).lines == ()
