"""Reads the two notations of a push, JSON and XML, into one shape: dicts, lists and strings.

Which one comes is a choice in the account's settings (小程序文档 · 消息推送), and the same field may be a
number in one and a text in the other; nobody further in should have to know.
"""

import json
from typing import Any
from xml.parsers.expat import ExpatError

import xmltodict

from server.wechat.errors import Malformed

_DEEPEST = 16


def parse(text: str) -> dict[str, Any]:
    """Return the object in `text`, told apart by its first character, without XML's root element.

    Numbers keep all their digits as text, null is the empty string. Raises Malformed for anything else.
    """
    text = text.lstrip("\ufeff \t\r\n")
    try:
        found = _read(text)
    except (ValueError, TypeError, LookupError, AttributeError, ExpatError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Malformed("neither a JSON object nor WeChat's XML")
    return {_text(key): _plain(value, 1) for key, value in found.items()}


def _read(text: str) -> object:
    # Databases refuse NUL in a text, and neither notation may contain it.
    if "\x00" in text:
        return None
    if text.startswith("{"):
        # Without a number type there is no number too large; strict=False, as WeChat leaves line breaks
        # unescaped.
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=str, strict=False)
    if text.startswith("<"):
        # xmltodict refuses entities, so nothing is fetched and nothing grows.
        return xmltodict.parse(text, xml_attribs=False)["xml"]
    return None


def _plain(value: object, depth: int) -> Any:
    if depth > _DEEPEST:
        raise Malformed("nested too deeply")
    if isinstance(value, dict):
        return {_text(key): _plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, depth + 1) for item in value]
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else _text(value)


def _text(value: object) -> str:
    # \ud800 and \u0000 are legal escapes in JSON and impossible in a database.
    return str(value).encode("utf-8", "replace").decode().replace("\x00", "").strip()
