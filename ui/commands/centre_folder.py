"""What every command on a centre's folder begins with: the folder, and the server's parts."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ui import logs
from ui.commands.refusals import ServerPartsMissing
from ui.commands.station import json_option, nearest

if TYPE_CHECKING:
    from types import ModuleType

_Function = TypeVar("_Function", bound=Callable[..., Any])


def centre_options(function: _Function) -> _Function:
    """--data and --json."""
    data = click.option(
        "--data",
        envvar="DAIBAN_DATA",
        required=True,
        type=click.Path(file_okay=False, path_type=Path),
        callback=_folder,
        metavar="DIR",
        help="中心的数据文件夹",
    )
    return data(json_option(function))


def database_option(function: _Function) -> _Function:
    """--database."""
    return click.option(
        "--database",
        envvar="DAIBAN_DATABASE",
        metavar="URL",
        help="用 PostgreSQL：postgresql://用户@主机/库名；带密码的请写在环境变量 DAIBAN_DATABASE 里。"
        "第一次以后记在数据文件夹里（加密），不用再写；搬了库再写一次",
    )(function)


def server_part(name: str) -> ModuleType:
    """A module of the centre's side, which only the extra `daiban[centre]` brings. Raises ServerPartsMissing."""
    try:
        return import_module(f"sync.centre.{name}")
    except ModuleNotFoundError as error:
        if error.name in ("starlette", "uvicorn", "httptools"):
            raise ServerPartsMissing(module=error.name) from error
        raise


def _folder(ctx: click.Context, param: click.Parameter, value: Path) -> Path:
    folder = nearest(ctx, value) or value
    logs.begin(folder)
    return folder
