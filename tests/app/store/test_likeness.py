"""Who may be one person: by number, or by a name that sounds alike and something more."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.events import IdKind, Party, PartyRole
from app.domain.regions import RegionCode
from app.store import likeness
from app.store.likeness import Asked, Reason, Strength
from tests.builders import OTHER_VILLAGE, VILLAGE

NUMBER, OTHER_NUMBER = "450305196203151028", "450305198807220015"
PHONE = "13877300000"


def asked(*parties: Party, region: str = VILLAGE) -> Asked:
    return Asked(item="IT022", on=date(2026, 11, 20), region=RegionCode(region), parties=parties)


def who(name: str, number: str = "", **said: object) -> Party:
    kind = IdKind.RESIDENT if number else IdKind.NONE
    return Party(**{"id_kind": kind, "name": name, "id_number": number, **said})  # type: ignore[arg-type]


def reasons(one: Party, other: Party, **where: str) -> tuple[Reason, ...]:
    alike = likeness.compare(asked(one), asked(other, **where))
    return () if alike is None else alike.reasons


def test_one_number_is_one_person_however_the_name_is_written():
    for name, words in (("韦小妹", "证件号码相同，姓名相同"), ("韦大山", "证件号码相同")):
        alike = likeness.compare(asked(who("韦小妹", NUMBER)), asked(who(name, NUMBER)))
        assert alike is not None
        assert (alike.strength, alike.words) == (Strength.SAME, words)


def test_a_number_too_short_to_be_somebodys_own_wants_the_name_too():
    def taken(name: str, number: str) -> Party:
        return who(name, number, id_kind=IdKind.OTHER)

    assert reasons(taken("韦小妹", "123456"), taken("韦大山", "123456")) == ()
    assert reasons(taken("韦小妹", "e123"), taken("韦晓妹", "E123")) == (
        Reason.NUMBER,
        Reason.SOUND,
    )
    assert reasons(taken("韦小妹", "0000"), taken("韦小妹", "0000")) == ()


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("韦小妹", "韦 小妹", Reason.NAME),
        ("韦小妹", "韦晓妹", Reason.SOUND),
        ("韦䶮", "韦yan", Reason.SOUND),
        ("买买提·吐尔逊", "买买提•吐尔逊", Reason.NAME),
        ("买买提·吐尔逊", "买买提吐尔逊", Reason.NAME),
        ("买买提·吐尔逊", "吐尔逊·买买提", Reason.TURNED),
    ],
)
def test_a_name_is_alike_where_it_is_spaced_spelt_or_turned_otherwise(
    one: str, other: str, how: Reason
):
    assert reasons(who(one, phone=PHONE), who(other, phone=PHONE)) == (how, Reason.PHONE)


@pytest.mark.parametrize(
    ("one", "other"),
    [("韦小妹", "卫晓妹"), ("韦小妹", "韦大妹"), ("韦小妹", "韦小"), ("韦小妹", "李小妹")],
)
def test_other_names_are_other_people(one: str, other: str):
    assert reasons(who(one, phone=PHONE), who(other, phone=PHONE)) == ()


def test_a_former_name_is_alike():
    now = who("韦红梅", NUMBER, other_name="韦小妹", phone=PHONE)
    assert reasons(now, who("韦小妹", phone=PHONE)) == (Reason.FORMER, Reason.PHONE)


def test_a_name_alone_is_no_reason():
    assert reasons(who("韦小妹"), who("韦小妹")) == ()
    assert reasons(who("韦小妹", NUMBER), who("韦小妹", OTHER_NUMBER)) == ()


def test_a_name_with_the_birthday_or_the_address_may_be_the_same_person():
    slip = NUMBER[:-1] + "9"
    assert reasons(who("韦小妹", NUMBER), who("韦晓妹", slip)) == (Reason.SOUND, Reason.BIRTHDAY)
    here, there = (who("韦小妹", address=said) for said in ("湖塘村三组12号", "湖塘村3组12号"))
    assert reasons(here, there, region=OTHER_VILLAGE) == (Reason.NAME, Reason.ADDRESS)


def test_who_only_carries_or_acts_for_others_makes_no_two_requests_one():
    for role in (PartyRole.AGENT, PartyRole.ATTORNEY, PartyRole.COLLECTOR, PartyRole.GUARDIAN):
        helper = who("李代办", OTHER_NUMBER, role=role)
        one, other = asked(who("韦小妹"), helper), asked(who("韦大山"), helper)
        assert likeness.compare(one, other) is None
        assert not {key.key for key in likeness.keys(one)} & {
            key.key for key in likeness.keys(other)
        }


def test_a_mother_asks_for_each_of_her_children():
    mother = who("韦小妹", NUMBER)
    first, second = (who(name, role=PartyRole.BENEFICIARY) for name in ("韦一", "韦二"))
    assert likeness.compare(asked(mother, first), asked(mother, second)) is None
    assert likeness.compare(asked(mother, first), asked(mother, first)) is not None
    assert likeness.compare(asked(mother, first), asked(mother)) is not None


def test_a_member_of_the_household_who_asks_alone_may_repeat_its_request():
    alike = likeness.compare(
        asked(who("韦小妹", NUMBER), who("韦大山", OTHER_NUMBER, role=PartyRole.MEMBER)),
        asked(who("韦大山", OTHER_NUMBER)),
    )
    assert alike is not None
    assert (alike.strength, alike.reasons) == (Strength.POSSIBLE, (Reason.MEMBER,))


PARTIES = st.builds(
    who,
    st.sampled_from(["韦小妹", "韦晓妹", "韦 小妹", "李yan", "李䶮", "阿·布", "布·阿", "·", " "]),
    st.sampled_from(["", NUMBER, NUMBER[:-1] + "9", OTHER_NUMBER, "e123", "E123", "0000"]),
    phone=st.sampled_from(["", PHONE, "138 7730-0000", "0"]),
    address=st.sampled_from(["", "湖塘村三组12号", "朝阳乡湖塘村3组12号", "湖塘村", "3组12号"]),
    role=st.sampled_from(PartyRole),
    other_name=st.sampled_from(["", "韦小妹", "李䶮"]),
)
REQUESTS = st.lists(PARTIES, min_size=1, max_size=3).map(lambda parties: asked(*parties))


@given(REQUESTS, REQUESTS)
def test_likeness_goes_both_ways_and_whoever_is_alike_shares_a_key(one: Asked, other: Asked):
    alike = likeness.compare(one, other)
    assert alike == likeness.compare(other, one)
    if alike is not None:
        assert any(
            this.key == that.key
            and any(
                mark is not None and mark == theirs
                for mark, theirs in zip(this[2:], that[2:], strict=True)
            )
            for this in likeness.keys(one)
            for that in likeness.keys(other)
        )


@given(st.text(max_size=80), st.text(max_size=40), st.text(max_size=20))
def test_nothing_that_is_typed_falls_over(name: str, number: str, phone: str):
    request = asked(who(name, number, phone=phone, address=name, other_name=number))
    assert list(likeness.keys(request)) == list(likeness.keys(request))
    likeness.compare(request, request)
