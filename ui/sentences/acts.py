"""Acts on a case. Why the rules refuse one stands in `ui.act_wording`."""

from __future__ import annotations

from typing import Final

from ui import act_wording

SENTENCES: Final[dict[str, str]] = {
    "unknown_act": "没有“{verb}”这个动作。请用 daiban acts 查看。",
    "bad_act_facts": "“{verb}”的 --facts 不对：{detail}。什么也没有改动；要写哪些内容请看 daiban acts {verb}。",
    "out_of_place": "现在不能“{act}”：办件的状态是“{state}”。什么也没有改动。",
    **act_wording.REFUSALS,
    "unknown_colleague": "“{station}”没有叫“{name}”的人，或者有两位同名，没有移交。请核对姓名。",
    "no_authority": "不能转报：这个事项由“{body}”办理，请引领申请人前往。",
}  # fmt: skip

ON_SCREEN: Final[dict[str, str]] = {
    "unknown_act": "本程序没有“{verb}”这个动作。什么也没有改动。",
    "bad_act_facts": "“{verb}”的内容不对：{detail}。什么也没有改动。",
    "not_permitted.role": "不能“{act}”：这由{roles}来办，您的岗位没有这个权限。什么也没有改动，请换人来办。",
}  # fmt: skip
