"""daiban centre audit, renew-certificate, rotate-tokens: what the centre did, and its secrets in time."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from app.domain.days import CHINA
from ui.commands.answers import answer
from ui.commands.centre_folder import centre_options, server_part
from ui.commands.refusals import HeadNotFound
from ui.commands.station import unlock
from ui.commands.tables import table
from ui.commands.usage import Command

if TYPE_CHECKING:
    from sync.centre.audit import Noted

_ACTS: Final = {
    "founded": "建立中心",
    "serving": "开始运行",
    "code_issued": "发登记码",
    "enrolled": "设备登记",
    "enrolled_again": "再次领取登记",
    "life_begun": "设备换发新编号",
    "admitted": "凭证书重新认可",
    "revoked": "停用设备",
    "regions_in_force": "区划表生效",
    "packet_answered": "答复数据包",
    "restoration_noticed": "发现中心曾被还原",
    "keys_handed_back": "交还密钥",
    "backup_resealed": "改封备份",
    "backed_up": "备份中心",
    "restored": "从备份恢复",
    "certificate_renewed": "换发中心证书",
    "tokens_changed": "更换设备令牌",
    "guesses": "多次被拒",
    "moved": "总账迁到数据库",
    "over_quota": "设备送得过多，暂缓收",
}
_FACTS: Final = {
    "device": "设备 {}",
    "slot": "编号 {}",
    "region": "区划 {}",
    "url": "地址 {}",
    "days": "{} 天内有效",
    "entry": "第 {} 条",
    "regions": "区划 {} 个",
    "packet": "第 {} 号",
    "taken": "收下 {} 条",
    "life": "改用编号 {}",
    "keys": "密钥文件 {}",
    "ends": "到 {} 止",
    "fingerprint": "指纹 {}",
    "devices": "{} 台",
    "refused": "{} 次",
    "program": "程序 {}",
    "from": "原在 {}",
    "to": "迁到 {}",
    "entries": "流水 {} 条",
}
_SHORT: Final = 12
_LONG: Final = frozenset({"device", "fingerprint"})


@click.command(cls=Command)
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="只看这一天（含）以后的"
)
@click.option(
    "--known", metavar="DIGEST", help="以前抄下的校验值（可只给开头）：核对那以前的都没有被改写"
)
@centre_options
def audit(since: datetime | None, known: str | None, data: Path, as_json: bool) -> None:
    """区中心自己做过什么、何时、由谁：先核对整条记录链，再列出。

    最后一行的校验值可以抄在纸上或报给上级，以后用 --known 核对。
    """
    found = server_part("safekeeping").acts(data, unlock=unlock())
    if known and not any(one.digest.startswith(known.lower()) for one in found):
        raise HeadNotFound(digest=known)
    first_ms = int(since.replace(tzinfo=CHINA).timestamp() * 1000) if since else 0
    shown = [one for one in found if one.at_ms >= first_ms]
    head = found[-1].digest if found else ""
    cells = [
        (_moment(one.at_ms), _ACTS.get(one.what, one.what), one.who, _told(one)) for one in shown
    ]
    lines = [
        *table(("时间", "做了什么", "由谁", ""), cells),
        f"共 {len(found)} 条，记录链完整。最后的校验值：{head[:32]}",
    ]
    document = {
        "acts": [
            {
                "n": one.n,
                "at": datetime.fromtimestamp(one.at_ms / 1000, CHINA),
                "what": one.what,
                "who": one.who,
                "facts": one.facts,
                "digest": one.digest,
            }
            for one in shown
        ],
        "head": head,
        "count": len(found),
    }
    answer(document, lines, as_json=as_json)


@click.command("renew-certificate", cls=Command)
@centre_options
def renew_certificate(data: Path, as_json: bool) -> None:
    """给中心的证书换新的有效期；密钥不变，站点不必做任何事。

    到期前五年会自动换发，平时不必手工换。服务器自己的证书由运行中的中心自动更换。
    """
    done = server_part("safekeeping").renew_now(data, unlock=unlock())
    line = f"已换发，有效到 {done.ends.astimezone(CHINA):%Y-%m-%d}。以前发出的登记码照样能用。"
    answer({"fingerprint": done.fingerprint, "ends": done.ends}, [line], as_json=as_json)


@click.command("rotate-tokens", cls=Command)
@click.argument("device", required=False)
@centre_options
def rotate_tokens(device: str | None, data: Path, as_json: bool) -> None:
    """让全部设备（或 DEVICE 一台）在下一次交换时换新令牌；平时每三十天自动换一次。"""
    count = server_part("safekeeping").change_tokens(data, device, unlock=unlock())
    line = f"{count} 台设备下一次交换时会换新令牌；新的用过一次以前，旧的仍然有效。"
    answer({"devices": count}, [line], as_json=as_json)


def _told(one: Noted) -> str:
    order = list(_FACTS)
    facts = sorted(
        ((name, str(value)) for name, value in one.facts.items()),
        key=lambda fact: order.index(fact[0]) if fact[0] in _FACTS else len(order),
    )
    return "，".join(
        _FACTS.get(name, f"{name} {{}}").format(value[:_SHORT] if name in _LONG else value)
        for name, value in facts
    )


def _moment(at_ms: int) -> str:
    return f"{datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(CHINA):%Y-%m-%d %H:%M}"
