"""The invented people who come to the counter of the demonstration, and what they ask for."""

from __future__ import annotations

import msgspec

from app.usecases.materials import MaterialForm
from app.usecases.parties import ApplicantForm
from app.usecases.registration import RegistrationForm

VILLAGE, VILLAGE_STATION = "450305200201", "湖塘村政务服务站"
TOWNSHIP, TOWNSHIP_STATION = "450305200", "朝阳乡便民服务中心"
DISTRICT, DISTRICT_STATION = "450305", "七星区政务服务中心"

AGENT, CLERK, APPROVER, OFFICER = "韦丽萍", "李志强", "黄敏", "唐建国"

BANQUET, RELIEF, HOUSE, ALLOWANCE, CARD, ELDER, LOAN, HELP = range(8)
"""Their lines in the file, from 0."""


def _one(
    item: str,
    name: str,
    id_number: str,
    materials: tuple[str, ...],
    *,
    id_note: str = "",
    **more: object,
) -> RegistrationForm:
    number = len(name) + int(id_number[6:10])
    applicant = ApplicantForm(
        name=name,
        id_number=id_number,
        phone=f"1387730{number % 10_000:04d}",
        address=f"朝阳乡湖塘村{number % 9 + 1}组{number % 40 + 1}号",
        id_note=id_note,
    )
    given = tuple(MaterialForm(name=name, original=True, copies=1, pages=1) for name in materials)
    form = RegistrationForm(item=item, applicant=applicant, materials=given, told=True)
    return msgspec.structs.replace(form, **more)


REQUESTS = (
    _one("IT034", "秦德旺", "45030519740909107X", ("聚餐报备信息（时间、地点、人数、主厨）",)),
    _one(
        "IT005",
        "莫秀英",
        "450305195503121029",
        ("急难情况简要说明（可由工作人员代记）",),
        mandate=True,
        urgent=True,
    ),
    _one(
        "IT040",
        "韦𠮷祥",  # U+20BB7, CJK Extension B
        "450305198711052113",
        (
            "户主和家庭成员居民身份证",
            "农村宅基地使用承诺书",
            "村集体讨论记录、公示情况和村级审查意见",
        ),
        mandate=True,
    ),
    _one("IT001", "韦小妹", "450305196203151028", ("共同生活家庭成员居民身份证",), mandate=True),
    _one(
        "IT022",
        "黄志刚",
        "450305199004233016",
        ("申请人居民身份证", "近期免冠二寸照片"),
        mandate=True,
    ),
    _one(
        "IT011",
        "廖桂芳",
        "450305194306021041",  # its check digit is 0
        ("老年人居民身份证", "近期免冠一寸照片"),
        mandate=True,
        id_note="旧证末位磨损，已与户口簿核对，请乡里复核",
    ),
    _one("IT025", "周海燕", "450305199908172041", ("申请人居民身份证", "个人征信查询授权书")),
    _one(
        "IT066",
        "蒋文明",
        "450305194807261034",
        ("求助事项说明（口头的由工作人员代记）",),
        mandate=True,
    ),
)

LACKING = (
    "家庭经济状况核对授权书",
    "家庭收入财产状况声明和诚信承诺书",
    "本人社会保障卡或银行卡（账号页）",
)
"""What 韦小妹 did not bring."""

REFUSAL = {
    "reason": "户籍和常住地均不在本乡",
    "right_authority": "户籍地或者常住地的乡镇（街道）便民服务中心",
}
BANQUET_RESULT = "已报备，已告知食品安全要求"
ELDER_RESULT = "优待证已办好"
RELIEF_RESULT = "发放临时救助金，凭本决定书到乡财政所领取。"
HOUSE_RESULT = "批准宅基地用地和建房，另发批准书。"


def lines() -> bytes:
    """The file for `daiban case register`."""
    forms = [
        msgspec.structs.replace(form, external_id=f"demo-{number:02d}")
        for number, form in enumerate(REQUESTS, 1)
    ]
    return b"".join(msgspec.json.encode(_brief(form)) + b"\n" for form in forms)


def _brief(form: RegistrationForm) -> dict[str, object]:
    """The form without what is left at its default, as a person writes it."""
    told: dict[str, object] = msgspec.to_builtins(form)
    return {name: value for name, value in told.items() if value not in (None, "", False)}
