"""What codes say to a person: the one place where errors, warnings and verdicts become Chinese.

The sentences stand in `ui.sentences`, by what they are about; a fact that is itself a code is put into words first.
"""

from __future__ import annotations

from typing import Final

from app.errors import DaibanError
from ui import act_wording
from ui.fact_wording import FACTS, ScreenWords, Words
from ui.fact_wording import ROLES as ROLES
from ui.sentences import ON_SCREEN as ON_SCREEN
from ui.sentences import SENTENCES as SENTENCES
from ui.verdict_wording import ADVICE as ADVICE
from ui.verdict_wording import REGISTRATION_ADVICE as REGISTRATION_ADVICE
from ui.verdict_wording import VERDICTS as VERDICTS
from ui.verdict_wording import advice as advice
from ui.verdict_wording import advice_on_refusal as advice_on_refusal
from ui.verdict_wording import verdict as verdict

WARNINGS: Final[dict[str, str]] = {
    "id_length": "身份证号码不是 18 位",
    "id_characters": "身份证号码里有不该有的字符",
    "id_old_form": "是 15 位旧号码",
    "id_birth_date": "身份证号码里的出生日期不存在",
    "id_check_digit": "身份证号码的校验位不对",
    "uscc_length": "统一社会信用代码不是 18 位",
    "uscc_characters": "统一社会信用代码里有不该有的字符",
    "uscc_check_digit": "统一社会信用代码的校验位不对",
    "no_mandate": "代办件还没有签代办委托书",
    "possible_duplicate": "可能重复：这个人或者相近的人不久前登记过同一事项，请比对",
    "missing_materials": "必备材料还没有收齐就受理了",
}

_STEP_WAITS: Final = (
    "有一步还没有生效，在等：{missing}。到了会自动生效，不用等它，可以接着办；"
    "过几天还没有到，请写那一步的站点重办。"
)


def sentence(error: DaibanError) -> str:
    """The error in words; by its code, and its fact `why` where that makes a difference."""
    return worded(error.code, error.facts)


def sentence_on_screen(error: DaibanError) -> str:
    """The same for whoever sits before the window: it names no command and no field of JSON."""
    key = _key(error.code, error.facts)
    template = ON_SCREEN.get(key) or SENTENCES.get(key)
    return _filled(template, error.code, ScreenWords(error.facts))


def worded(code: str, facts: dict[str, object]) -> str:
    """The sentence of a code with its facts; an unknown code (of a newer centre, say) is shown as it is."""
    return _filled(SENTENCES.get(_key(code, facts)), code, Words(facts))


def _key(code: str, facts: dict[str, object]) -> str:
    apart = "nobody" if facts.get("name") == "" else facts.get("why")
    return f"{code}.{apart}" if f"{code}.{apart}" in SENTENCES else code


def _filled(template: str | None, code: str, facts: Words) -> str:
    return f"没有办成（{code}）。" if template is None else template.format_map(facts)


def duplicate(reasons: str, *, seen: bool) -> str:
    """Why a case may repeat another: what the program found, or that a person said so."""
    if not seen:
        return "上级比对过：与另一站点的一件是同一件，以哪一件为准请问镇街"
    return reasons or "经办人比对认定"


def warning(code: str) -> str:
    """What the person at the counter should look at again."""
    return WARNINGS.get(code, code)


def waits_for(missing: str) -> str:
    """That a part of a case has no effect yet, and what people do meanwhile."""
    if missing in ("operator", "item"):
        return _STEP_WAITS.format(missing=FACTS["missing"][missing])
    return worded("case_unreadable", {"missing": missing})


def act_verb(kind: str) -> str:
    """The verb of `daiban acts` that writes entries of this kind: case.taken_over is take_over."""
    name = _name_of(kind)
    return act_wording.VERBS.get(name, name)


def act_label(name: str) -> str:
    """The Chinese of an act or of a kind of entry: take_over, case.taken_over, card.issued."""
    plain = _name_of(name)
    return act_wording.LABELS.get(plain, plain)


def _name_of(kind: str) -> str:
    """As a refusal names an entry: taken_over, card_issued."""
    return kind.removeprefix("case.").replace(".", "_")
