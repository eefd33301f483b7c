"""What the fields of a message may hold, by the type in their key, such as thing or time in thing1, time2.

Source: 小程序文档 · 发送订阅消息（订阅消息参数值内容限制说明）.
"""

import re
from typing import Any

from server.wechat_sandbox.api.errors import PlatformError
from server.wechat_sandbox.config import Template

CUT_AT = 20

_CLOCK = r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?"
_MONTH, _DAY = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
_DATE = (
    rf"(?:\d{{4}}年{_MONTH}月(?:{_DAY}日)?|{_MONTH}月{_DAY}日"
    rf"|(?:\d{{4}}[-/.])?{_MONTH}[-/.]{_DAY}|\d{{4}}[-/.]{_MONTH})"
)
_TIME = rf"(?:{_DATE} ?)?{_CLOCK}"
_DAY_OR_TIME = rf"{_DATE}(?: ?{_CLOCK})?"
_CHINESE = r"[\u4e00-\u9fff]"

RULES = {
    "thing": re.compile(r".{1,20}"),
    "number": re.compile(r"(?=(?:\.?\d){1,32}$)\d+(?:\.\d+)?"),
    "letter": re.compile(r"[A-Za-z]{1,32}"),
    "symbol": re.compile(rf"(?:(?!{_CHINESE})[\W_]){{1,5}}"),
    "character_string": re.compile(r"[\x20-\x7e]{1,32}"),
    "time": re.compile(rf"{_TIME}(?: ?~ ?{_TIME})?"),
    "date": re.compile(rf"{_DAY_OR_TIME}(?: ?~ ?(?:{_DAY_OR_TIME}|{_CLOCK}))?"),
    "amount": re.compile(r"[¥￥$€£]?\d{1,10}(?:\.\d{1,2})?元?"),
    "phone_number": re.compile(r"[\d+\-() ]{1,17}"),
    "car_number": re.compile(rf"(?:{_CHINESE}|[A-Z0-9]){{1,8}}"),
    "name": re.compile(rf"(?:{_CHINESE}|[^\d\x00-\x1f]){{1,10}}|[^\d\x00-\x1f\u4e00-\u9fff]{{1,20}}"),
    "phrase": re.compile(rf"{_CHINESE}{{1,5}}"),
    "enum_string": re.compile(r".{1,20}"),
    "const": re.compile(r".{1,20}"),
}
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
_EMOJI = re.compile("[\U0001f000-\U0001faff\ufe0f]")
_CUT_KINDS = {"thing", "character_string", "name", "enum_string", "const"}


def subscription_values(template: Template, data: object) -> dict[str, str]:
    """Return the values of a subscription message.

    Raises PlatformError 47003, naming the field, when one is empty or breaks the rule of its type.
    """
    values = {key: _value(data, key) for key in template.fields}
    for key, value in values.items():
        _check(key, value)
    return values


def template_values(template: Template, data: object) -> dict[str, str]:
    """Return the values of a template message as they are shown: without emoji or line breaks, 20 characters.

    Raises PlatformError 47003 like `subscription_values`, except that a text too long is cut in silence
    (服务号文档 · 模板消息, rules since 2023-05-04).
    """
    shown = {}
    for key in template.fields:
        value = _EMOJI.sub("", _CONTROL.sub("", _value(data, key)))
        _check(key, value[:CUT_AT] if _kind(key) in _CUT_KINDS else value)
        shown[key] = value[:CUT_AT]
    return shown


def _value(data: object, key: str) -> str:
    if not isinstance(data, dict):  # A JSON string inside the JSON is the usual mistake.
        raise PlatformError(47003, "argument invalid! data invalid")
    field: Any = data.get(key)
    value = field.get("value") if isinstance(field, dict) else None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        value = ""
    return str(value)


def _check(key: str, value: str) -> None:
    if not value.strip():
        raise PlatformError(47003, f"argument invalid! data.{key}.value is empty")
    rule = RULES.get(_kind(key))
    if rule is None or _CONTROL.search(value) or _EMOJI.search(value) or not rule.fullmatch(value):
        raise PlatformError(47003, f"argument invalid! data.{key}.value invalid")


def _kind(key: str) -> str:
    return key.rstrip("0123456789")
