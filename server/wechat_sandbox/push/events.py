"""The events the platform pushes, as documents that can be written as JSON or as XML."""

import time
from typing import Any

from server.wechat_sandbox.config import Account

Event = dict[str, Any]

# In XML a subscription event carries its list inside an element named after the event.
LIST_ELEMENTS = {
    "subscribe_msg_popup_event": "SubscribeMsgPopupEvent",
    "subscribe_msg_change_event": "SubscribeMsgChangeEvent",
    "subscribe_msg_sent_event": "SubscribeMsgSentEvent",
}


def subscription_event(account: Account, openid: str, event: str, items: list[dict[str, str]]) -> Event:
    """Return one of the three subscribe_msg_* events; every value is a string.

    Source: 小程序文档 · 小程序订阅消息（事件推送）.
    """
    return _event(account, openid, event) | {"List": items}


def official_event(account: Account, openid: str, event: str, details: dict[str, Any]) -> Event:
    """Return an event of the official account: subscribe, unsubscribe, SCAN or TEMPLATESENDJOBFINISH.

    Source: 服务号文档 · 接收事件推送; 服务号文档 · 模板消息（事件推送）.
    """
    given = {key: value for key, value in details.items() if value is not None}
    return _event(account, openid, event) | given


def _event(account: Account, openid: str, event: str) -> Event:
    return {
        "ToUserName": account.original_id,
        "FromUserName": openid,
        "CreateTime": str(int(time.time())),
        "MsgType": "event",
        "Event": event,
    }
