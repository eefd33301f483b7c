"""WeChat's typed message fields: what each type accepts, and how a value is made to fit.

Types and limits: 小程序文档 · 发送订阅消息 and 服务号文档 · 发送模板消息. A value that does not fit makes
WeChat refuse the whole message (47003), so values are cleaned before they are stored for sending.
"""

import re
from collections.abc import Callable

import regex

KEY = re.compile(
    r"^(thing|number|letter|symbol|character_string|time|date|amount|phone_number|car_number|name|phrase)(\d{1,2})$"
)
# What stands in for a value of which nothing is left.
_EMPTY = {"name": "应聘者", "phrase": "通知", "number": "0", "phone_number": "-", "character_string": "-"}
_UNWANTED = regex.compile(
    r"[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Extended_Pictographic}--\p{ASCII}]|[\x00-\x1f\x7f]", regex.V1
)
_GRAPHEME = regex.compile(r"\X")
_HAN = regex.compile(r"\p{Han}")


def field_type(key: str) -> str | None:
    """The type in a field's key, `thing` for `thing1`; None where WeChat knows no such type."""
    found = KEY.match(key)
    return found.group(1) if found else None


def cut(text: str, limit: int) -> str:
    """The longest beginning of `text` with at most `limit` characters that splits no grapheme.

    A cut text ends in `…`, so that a reader sees that there is more on the page behind the card.
    """
    if len(text) <= limit:
        return text
    kept = ""
    for grapheme in _GRAPHEME.findall(text):
        if len(kept) + len(grapheme) > limit - 1:
            break
        kept += grapheme
    return kept + "…"


def _only(pattern: str, limit: int) -> Callable[[str], str]:
    unwanted = regex.compile(pattern)
    return lambda text: "".join(_GRAPHEME.findall(unwanted.sub("", text)))[:limit]


def _name(text: str) -> str:
    """≤ 10 characters with Chinese in it, ≤ 20 without; digits are refused by WeChat."""
    kept = regex.sub(r"[^\p{L}\p{M}·.\- ]", "", text).strip()
    return kept[: 10 if _HAN.search(kept) else 20].strip()


_FIT: dict[str, Callable[[str], str]] = {
    "thing": lambda text: cut(text, 20),
    "number": _only(r"[^0-9.]", 32),
    "letter": _only(r"[^A-Za-z]", 32),
    "symbol": _only(r"[\p{L}\p{N}\s]", 5),
    "character_string": _only(r"[^\x21-\x7e]", 32),
    "time": lambda text: text[:40],
    "date": lambda text: text[:40],
    "amount": lambda text: text[:13],
    "phone_number": _only(r"[^0-9+\- ]", 17),
    "car_number": lambda text: text[:8],
    "name": _name,
    "phrase": _only(r"[^\p{Han}]", 5),
}


def fit(key: str, value: str) -> str:
    """`value` as the field `key` accepts it: cleaned, cut to WeChat's limit, never empty.

    Raises:
        ValueError: the key names no type WeChat knows.
    """
    kind = field_type(key)
    if kind is None:
        raise ValueError(f"{key} is no key of a WeChat message field")
    clean = " ".join(_UNWANTED.sub("", value.replace("\n", " ").replace("\t", " ")).split())
    return _FIT[kind](clean).strip() or _EMPTY.get(kind, "—" if kind == "thing" else "无")
