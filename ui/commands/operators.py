"""daiban operator …: the people of a station, their deputies and written authorisations."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from app.domain.events import ApproverAuthorised, OperatorAway, Role, Window
from app.domain.staff import Notice, OperatorCard
from app.store.store import Store
from app.usecases import operators, staff
from ui import wording
from ui.commands.answers import answer
from ui.commands.days import DAY, day
from ui.commands.station import data_option, json_option, station, station_options
from ui.commands.usage import Group

ROLE_LABELS = {role: wording.ROLES[role] for role in Role}


@click.group(cls=Group)
def operator() -> None:
    """操作员：添加、列表、变更、职位代理、授权。"""


@operator.command()
@data_option
@click.option("--name", required=True, metavar="NAME", help="姓名")
@click.option(
    "--role", required=True, type=click.Choice([role.value for role in Role]), help="岗位"
)
@click.option(
    "--ask-password", is_flag=True, help="同时设密码：取 DAIBAN_NEW_PASSWORD，没有就当场输入"
)
@click.option("--operator", "acting", metavar="NAME", help="由谁添加（用 DAIBAN_PASSWORD 时）")
@json_option
def add(
    data: Path, name: str, role: str, ask_password: bool, acting: str | None, as_json: bool
) -> None:
    """添加一名操作员；本机的第一名同时是负责人。"""
    password = _new_password() if ask_password else None
    with station(data, acting) as store:
        by = operators.acting(store, acting) if acting else None
        card = operators.add(store, name, Role(role), by=by, password=password)
    labels = "、".join(ROLE_LABELS[one] for one in card.roles)
    document = {"name": card.name, "roles": card.roles, "operator": str(card.ref)}
    answer(document, [f"已添加操作员：{card.name}（{labels}）"], as_json=as_json)


@operator.command("list")
@station_options
def list_(data: Path, operator: str | None, as_json: bool) -> None:
    """本站的操作员、正在生效的职位代理和授权书。"""
    with station(data, operator) as store:
        cards = operators.of_station(store)
        document = {
            "operators": [_card(card) for card in cards],
            "away": [_absence(store, one) for one in staff.absences(store)],
            "authorisations": [_authorisation(store, one) for one in staff.authorisations(store)],
        }
    answer(document, _listed(document), as_json=as_json)


@operator.command()
@click.argument("name")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice([role.value for role in Role]),
    help="新的岗位，可以写几次；不写则不变",
)
@click.option("--post", help="岗位名称")
@click.option("--window", type=click.Choice([one.value for one in Window]), help="窗口类别")
@click.option("--department", help="所属部门")
@click.option("--duty", help="岗位职责")
@click.option("--phone", help="办公电话")
@click.option("--left", is_flag=True, help="已离开本站")
@station_options
def change(
    name: str,
    roles: tuple[str, ...],
    post: str | None,
    window: str | None,
    department: str | None,
    duty: str | None,
    phone: str | None,
    left: bool,
    data: Path,
    operator: str | None,
    as_json: bool,
) -> None:
    """变更一名操作员的岗位和职责，或者登记离开；由负责人做。以前办的不受影响。"""
    with station(data, operator) as store:
        by = operators.acting(store, operator)
        card = operators.acting(store, name)
        said = {"post": post, "window": window and Window(window), "department": department,
                "duty": duty, "phone": phone}  # fmt: skip
        given = {key: value for key, value in said.items() if value is not None}
        duties = msgspec.structs.replace(staff.duty_of(card), **given)
        changed = staff.change(
            store, name, by=by, roles=tuple(map(Role, roles)) or None, duty=duties, left=left
        )
    answer(_card(changed), [f"已变更：{_card_words(_card(changed))}"], as_json=as_json)


@operator.command()
@click.argument("name")
@click.argument("deputy")
@click.option("--from", "since", required=True, type=DAY, metavar="DATE", help="从哪天起")
@click.option("--until", required=True, type=DAY, metavar="DATE", help="到哪天止（含当天）")
@click.option("--note", default="", help="说明")
@station_options
def away(
    name: str,
    deputy: str,
    since: date,
    until: date,
    note: str,
    data: Path,
    operator: str | None,
    as_json: bool,
) -> None:
    """职位代理：NAME 不在岗期间由 DEPUTY 代办。本人或负责人可以登记。"""
    with station(data, operator) as store:
        by = operators.acting(store, operator)
        staff.away(store, name, deputy, since, until, by=by, note=note)
        alone = [_absence(store, one)["operator"] for one in staff.left_alone(store)]
    document = {
        "operator": name,
        "deputy": deputy,
        "since": since,
        "until": until,
        "left_alone": alone,
    }
    lines = [
        f"{name}{day(since)}至{day(until)}不在岗，由{deputy}代理。",
        *(
            f"{one}的代理人也不在岗。职位代理不转给代理人的代理人，请给{one}另指一人。"
            for one in alone
        ),
    ]
    answer(document, lines, as_json=as_json)


@operator.command()
@click.argument("name")
@station_options
def back(name: str, data: Path, operator: str | None, as_json: bool) -> None:
    """提前回岗：结束 NAME 的职位代理。"""
    with station(data, operator) as store:
        by, card = operators.acting(store, operator), operators.acting(store, name)
        mine = [one for one in staff.absences(store) if one.told.operator == card.ref]
        for one in mine:
            staff.back(store, one, by=by)
    line = f"{name}已回岗。" if mine else f"{name}没有登记不在岗。"
    answer({"operator": name, "ended": len(mine)}, [line], as_json=as_json)


@operator.command()
@click.argument("name")
@click.option(
    "--item", "items", multiple=True, help="事项代码或名称，可以写几次；不写为本站决定的全部事项"
)
@click.option("--from", "since", required=True, type=DAY, metavar="DATE", help="从哪天起")
@click.option("--until", required=True, type=DAY, metavar="DATE", help="到哪天止（含当天）")
@click.option("--document", default="", help="授权书文号")
@station_options
def authorise(
    name: str,
    items: tuple[str, ...],
    since: date,
    until: date,
    document: str,
    data: Path,
    operator: str | None,
    as_json: bool,
) -> None:
    """授权书：负责人书面授权审批人决定这些事项，并公布。"""
    with station(data, operator) as store:
        by = operators.acting(store, operator)
        staff.authorise(store, name, items, since, until, by=by, document=document)
        given = next(iter(staff.authorisations(store)))
        told = _authorisation(store, given)
    answer(told, [f"已公布{_authorisation_words(told)}"], as_json=as_json)


@operator.command()
@click.argument("name")
@station_options
def unauthorise(name: str, data: Path, operator: str | None, as_json: bool) -> None:
    """收回 NAME 的全部授权；此前作出的决定仍然有效。"""
    with station(data, operator) as store:
        by, card = operators.acting(store, operator), operators.acting(store, name)
        given = [one for one in staff.authorisations(store) if one.told.operator == card.ref]
        for one in given:
            staff.withdraw(store, one, by=by)
    document = {"operator": name, "withdrawn": len(given)}
    answer(
        document,
        [
            f"已收回{name}的授权书 {len(given)} 份；此前作出的决定仍然有效。"
            if given
            else f"{name}没有授权书，没有改动。"
        ],
        as_json=as_json,
    )


def _card(card: OperatorCard) -> dict[str, Any]:
    return {
        "operator": str(card.ref),
        "name": card.name,
        "roles": list(card.roles),
        "post": card.post,
        "window": card.window,
        "department": card.department,
        "duty": card.duty,
        "phone": card.phone,
        "left": card.left,
    }


def _absence(store: Store, one: Notice[OperatorAway]) -> dict[str, Any]:
    names = store.publications.operators
    return {
        "operator": names[one.told.operator].name,
        "deputy": names[one.told.deputy].name,
        "since": one.told.since,
        "until": one.told.until,
        "note": one.told.note,
        "left_alone": one in staff.left_alone(store),
    }


def _authorisation(store: Store, one: Notice[ApproverAuthorised]) -> dict[str, Any]:
    return {
        "operator": store.publications.operators[one.told.operator].name,
        "items": list(one.told.items),
        "since": one.told.since,
        "until": one.told.until,
        "document": one.told.document,
    }


def _listed(document: dict[str, Any]) -> list[str]:
    away = [
        f"职位代理  {one['operator']} → {one['deputy']}：{day(one['since'])}至{day(one['until'])}"
        + ("（代理人也不在岗，请另指一人）" if one["left_alone"] else "")
        for one in document["away"]
    ]
    given = [_authorisation_words(one) for one in document["authorisations"]]
    return [*map(_card_words, document["operators"]), *away, *given]


def _card_words(card: dict[str, Any]) -> str:
    labels = "、".join(ROLE_LABELS[role] for role in card["roles"])
    more = " ".join(filter(None, (card["post"], card["department"], card["phone"])))
    return f"{card['name']}（{'已离开' if card['left'] else labels}）{more}".rstrip()


def _authorisation_words(one: dict[str, Any]) -> str:
    items = "、".join(one["items"]) or "本站决定的全部事项"
    return f"授权书  {one['operator']}：{items}，{day(one['since'])}至{day(one['until'])} {one['document']}".rstrip()


def _new_password() -> str:
    """Raises PasswordTooShort."""
    password = os.environ.get("DAIBAN_NEW_PASSWORD")
    if password is None:
        password = click.prompt(
            "新密码", default="", show_default=False, hide_input=True,
            confirmation_prompt="再输一次", err=True,
        )  # fmt: skip
    operators.check_password(password)
    return password
