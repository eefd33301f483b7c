"""How an event is written: JSON or XML, as chosen for the account."""

import json
from collections.abc import Iterator

from server.wechat_sandbox.push.events import LIST_ELEMENTS, Event

# WeChat writes these as bare numbers in XML and everything else as character data.
_BARE = {"CreateTime", "MsgID", "ErrorCode", "PopupScene"}


def to_json(event: Event) -> str:
    """Write an event as JSON; a list of one is an object, as in WeChat's own samples of sent events."""
    items = event.get("List")
    if isinstance(items, list) and len(items) == 1:
        event = event | {"List": items[0]}
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"))


def to_xml(event: Event) -> str:
    """Write an event as XML."""
    return "<xml>" + "".join(_elements(event)) + "</xml>"


def _elements(event: Event) -> Iterator[str]:
    for key, value in event.items():
        if key == "List":
            wrapper = LIST_ELEMENTS[event["Event"]]
            lists = "".join(f"<List>{''.join(_elements(item))}</List>" for item in value)
            yield f"<{wrapper}>{lists}</{wrapper}>"
        elif key in _BARE:
            yield f"<{key}>{value}</{key}>"
        else:
            yield f"<{key}>{cdata(value)}</{key}>"


def cdata(value: str) -> str:
    """Wrap text as character data; the end mark inside it is split in two."""
    return "<![CDATA[" + value.replace("]]>", "]]]]><![CDATA[>") + "]]>"
