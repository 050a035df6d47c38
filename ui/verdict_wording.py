"""Why an entry has no effect, and what whoever wrote it does about it. `ui.wording` reads them."""

from __future__ import annotations

from typing import Final

VERDICTS: Final[dict[str, str]] = {
    "refused": "被区中心退回",
    "tier_not_allowed": "本级无权写这一条",
    "unknown_region": "区划表里没有这个辖区",
    "region_out_of_scope": "不属于本站辖区",
    "follows_refused": "接在被退回的一条之后，随之退回",
    "already_here": "同一条已由本窗口的另一台电脑先报到，没有重复登记",
    "clock_ahead": "写它的电脑时钟快了一天以上",
    "item_version_taken": "这一版已由区里另一台电脑先发布",
    "item_incomplete": "八公开不全的事项不能发布",
    "destruction_unfounded": "区中心核对后不予销毁：没有鉴定、期限没到，或者批准的人无权",
    "not_published": "写它的人或设备的资料还没有下发，等收到后再算",
    "other_region": "写在别的辖区名下，不算本件的",
    "bad_entry": "不合规范",
    "bad_body": "内容读不懂",
    "out_of_place": "与当时的状态不合，没有生效",
    "not_permitted": "写的人没有权限，没有生效",
    "bad_facts": "内容不全，没有生效",
    "waiting": "在等它前面的流水，还没有生效",
    "no_operator": "登记它的人的名片没有下发，这件还读不出来",
    "no_item": "它用的事项版本没有下发，这件还读不出来",
    "no_device": "写它的设备的证书没有下发，这件还读不出来",
    "no_regions": "区划表没有下发，这件还读不出来",
    "needs_upgrade": "由较新版本的程序写成，本程序读不懂",
}

ADVICE: Final[dict[str, str]] = {
    "tier_not_allowed": "请交由有权的一级办理。",
    "unknown_region": "请等区划表更新后重新办理，或者联系区中心。",
    "region_out_of_scope": "请转给所属辖区的站点办理。",
    "follows_refused": "请先处理它前面被退回的那一条，再重新办理。",
    "already_here": "不用重新登记；这两台电脑的数据是同一份，请只留一台，另一台联系区中心重新入网。",
    "clock_ahead": "请先校准这台电脑的日期和时间，再重新办理。",
    "item_version_taken": "请先看已发布的那一版，还要改的在它上面改，再发布。",
    "item_incomplete": "请补全八公开，再重新发布。",
    "destruction_unfounded": "案卷原样还在，什么也没有删；请核对鉴定意见、保管期限和批准人后重新办理。",
    "not_published": "不用处理，收到资料后会自动生效。",
    "bad_entry": "请重新办理；再被退回就联系区中心。",
    "bad_body": "请重新办理；再被退回就联系区中心。",
    "out_of_place": "别处已先办理，请打开办件核对现在的状态；给过申请人的文书如已失效，请收回说明。",
    "not_permitted": "请换有权限的人重新办理。",
    "bad_facts": "请补全内容，重新办理。",
    "waiting": "不用处理，前面的流水到了会自动生效。",
    **dict.fromkeys(
        ("no_operator", "no_item", "no_device", "no_regions"),
        "交换后一般会自动补齐；过几天还在，请联系登记的站点，请申请人重新登记，再把这一条标为已处理。",
    ),
}
_REGISTERED: Final = "case.registered"
_REGISTER_AGAIN: Final = (
    "这一件没有登记成。请更正后重新登记，换给申请人新的收件回执；"
    "不办了就撤回；不清楚的，请区中心处理。"
)
REGISTRATION_ADVICE: Final[dict[str, str]] = {
    "unknown_region": "这一件没有登记成：区划变过了。请先立即交换，再更正后重新登记，换给申请人新的收件回执。",
    "region_out_of_scope": "这一件没有登记成。归本站办的，请更正后重新登记，换给申请人新的收件回执；"
    "归别的站点的，请申请人到那里办，这一件撤回。",
    "tier_not_allowed": "这一件没有登记成：本级不能登记。请申请人到有权的一级办，这一件撤回；不清楚的，请区中心处理。",
    "clock_ahead": "这一件没有登记成。请先校准电脑的日期和时间，再更正后重新登记，换给申请人新的收件回执。",
}
"""Of a refused registration, by the centre's code; the applicant holds a receipt with a number that is void."""
_ADVICE_OTHERWISE: Final = "请打开办件核对，需要的话重新办理；不清楚就联系区中心。"


def verdict(code: str) -> str:
    """Why an entry has no effect."""
    return VERDICTS.get(code, code)


def advice(code: str) -> str:
    """What whoever wrote an entry without effect should do about it."""
    return ADVICE.get(code, _ADVICE_OTHERWISE)


def advice_on_refusal(code: str, kind: str) -> str:
    """The same of what the centre refused: a registration has no case in which to go on, so it is done again."""
    if kind == _REGISTERED:
        return REGISTRATION_ADVICE.get(code, _REGISTER_AGAIN)
    return advice(code)
