"""daiban operator …: the people of a station."""

from __future__ import annotations

import os
from pathlib import Path

import click

from app.domain.events import Role
from app.usecases import operators
from ui.commands.answers import answer
from ui.commands.station import data_option, json_option, station
from ui.commands.usage import Group

ROLE_LABELS = {
    Role.AGENT: "代办员",
    Role.CLERK: "窗口人员",
    Role.APPROVER: "审批人",
    Role.HEAD: "负责人",
    Role.SUPERVISOR: "监察员",
    Role.ARCHIVIST: "档案员",
}


@click.group(cls=Group)
def operator() -> None:
    """操作员：添加。"""


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
