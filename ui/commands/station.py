"""What every command of a station has: its data folder, who acts, how the answer is wanted."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from app.domain.days import day_of
from app.store import opening, practice
from app.store.keyslots import Unlock
from app.store.store import NotEnrolled, Store
from app.usecases import glyphs
from printing.supplied import supply
from ui import logs
from ui.commands.answers import note
from ui.commands.refusals import EnrolmentAwaited

_Function = TypeVar("_Function", bound=Callable[..., Any])


def data_folder(named: Path | None) -> Path:
    """The folder that was named, else the environment's, else this user's usual one; it is logged into from now on."""
    folder = named or (Path(os.environ["DAIBAN_DATA"]) if os.environ.get("DAIBAN_DATA") else None)
    if folder is None:
        import platformdirs

        folder = platformdirs.user_data_path("daiban", appauthor=False)
    logs.begin(folder)
    return folder


def _folder(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path:
    folder = data_folder(nearest(ctx, value))
    return practice.place_of(folder) if is_practice(ctx) else folder


def is_practice(ctx: click.Context) -> bool:
    """`daiban --practice case list` means the same as `daiban case list --practice`."""
    return bool(ctx.meta.get(_PRACTICE) or ctx.find_root().params.get("practice"))


def _note_practice(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value:
        ctx.meta[_PRACTICE] = True


_PRACTICE: Final = "daiban.practice"
_practice_option = click.option(
    "--practice",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_note_practice,
    help="在练习数据里做，真实数据不动（先运行 daiban practice start）",
)


def nearest(ctx: click.Context, value: Path | None) -> Path | None:
    """`daiban --data DIR case list` means the same as `daiban case list --data DIR`."""
    before: Path | None = ctx.find_root().params.get("data")
    typed = ctx.get_parameter_source("data") is click.core.ParameterSource.COMMANDLINE
    return value if typed or before is None else before


folder_option = click.option(
    "--data",
    envvar="DAIBAN_DATA",
    type=click.Path(file_okay=False, path_type=Path),
    callback=_folder,
    metavar="DIR",
    help="数据文件夹；缺省取 DAIBAN_DATA，再缺省用本机用户的数据目录",
)


def data_option(function: _Function) -> _Function:
    """--data, and --practice for the practice store in it."""
    return folder_option(_practice_option(function))


operator_option = click.option("--operator", metavar="NAME", help="以谁的名义；缺省是本机的负责人")
json_option = click.option("--json", "as_json", is_flag=True, help="结果为一个 JSON 文档")


def station_options(function: _Function) -> _Function:
    """--data, --operator and --json."""
    return data_option(operator_option(json_option(function)))


def unlock(operator: str | None = None) -> Unlock:
    """What the environment offers to open the store with: the device's passphrase, else the operator's password."""
    passphrase = os.environ.get("DAIBAN_PASSPHRASE") or None
    password = os.environ.get("DAIBAN_PASSWORD") or None
    return Unlock(passphrase=passphrase, operator=operator, password=password)


def say_if_practice(data: Path) -> None:
    """Nobody takes practice for the real thing. Raises NoPractice where it has its place and there is none."""
    if practice.is_place(data):
        from app.usecases.practice import made_in

        made_in(data)
        note("【练习】这是练习数据，人和事都是编的，不上报。")


@contextmanager
def station(data: Path, operator: str | None = None) -> Iterator[Store]:
    """The station's store, open; of one for practice it is said.

    Raises what `open_store` raises, and NoPractice; EnrolmentAwaited where an answer by packet is waited for.
    """
    say_if_practice(data)
    with said_if_awaited(data):
        store = opening.open_store(data, unlock(operator))
    try:
        supply(glyphs.supply(store).fonts)
        yield store
    finally:
        store.close()


@contextmanager
def said_if_awaited(data: Path) -> Iterator[None]:
    """Raises EnrolmentAwaited where there is no device because the answer to its enrolment by packet has not come."""
    try:
        yield
    except NotEnrolled as error:
        from sync.client.enrolment_packets import waiting

        asked = waiting(data)
        if asked is None:
            raise
        raise EnrolmentAwaited(
            folder=str(data),
            station=asked.station,
            region=asked.region,
            url=asked.url,
            expires=str(day_of(asked.expires_ms)),
        ) from error
