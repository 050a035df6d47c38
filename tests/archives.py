"""Files in archives, for tests: closed, archived, ten years later appraised and destroyed."""

from __future__ import annotations

from app.domain.events import Role
from app.domain.staff import OperatorCard
from app.journal.refs import Ref
from tests.builders import Station, a_case, act, meet

SECRETS = ("覃彧翀", "450305197805221235", "13977312345", "靖西巷七号", "腰腿旧伤")
"""Of one applicant: name, identity number, telephone, address, what was noted."""
_PERSON = {"id_number": SECRETS[1], "phone": SECRETS[2], "address": SECRETS[3]}
TEN_YEARS = 4_100  # days, until the period of ten whole years is over


def an_archivist(station: Station) -> OperatorCard:
    return station.person(Role.ARCHIVIST)


def a_secret_case(village: Station, item: str = "IT022") -> Ref:
    return a_case(village, item, SECRETS[0], applicant=_PERSON, note=SECRETS[4])


def a_closed_case(village: Station, township: Station) -> Ref:
    """One that the township refused, with the words of both."""
    subject = a_secret_case(village)
    act(village, subject, "forward", note=f"{SECRETS[0]}来访")
    meet(village, township)
    act(township, subject, "take_over")
    act(township, subject, "refuse", reason=f"{SECRETS[0]}的{SECRETS[4]}不属本事项")
    meet(village, township)
    return subject


def archive(
    station: Station, subject: Ref, *, retention: str = "10y", number: str = "2026-D10-A1-0001"
) -> None:
    act(station, subject, "archive", by=an_archivist(station), number=number, retention=retention)


def appraise(station: Station, subject: Ref, appraisal: str = "destroy", years: int = 0) -> None:
    facts = {"appraisal": appraisal, "reason": "期满无继续保存价值", "years": years}
    act(station, subject, "appraise", by=an_archivist(station), **facts)


def destroy(station: Station, subject: Ref) -> None:
    act(station, subject, "destroy", by=station.head, reason="同意销毁")


def destroy_in_time(station: Station, subject: Ref) -> None:
    """Archived now, destroyed when its ten years are over, all at one station."""
    archive(station, subject)
    station.wall.turn(days=TEN_YEARS)
    appraise(station, subject)
    destroy(station, subject)
