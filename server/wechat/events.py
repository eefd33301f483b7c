"""What the pushes we act on say, as values; a push about something else reads as nothing."""

from dataclasses import dataclass, field
from typing import Any, Literal

from server.wechat.callbacks import Push

POPUP = "subscribe_msg_popup_event"
CHANGE = "subscribe_msg_change_event"
SENT = "subscribe_msg_sent_event"
TEMPLATE_JOB = "templatesendjobfinish"
SUBSCRIBE = "subscribe"
UNSUBSCRIBE = "unsubscribe"
SCAN = "scan"
REVOKE = "user_authorization_revoke"
CANCELLATION = "user_authorization_cancellation"


@dataclass(frozen=True)
class SentResult:
    """What became of one subscription message; `code` and `status` as WeChat wrote them.

    `msgid` is None when WeChat leaves it out; then openid, template and time have to tell which message is
    meant.
    """

    template_id: str
    msgid: str | None
    ok: bool
    code: str
    status: str


@dataclass(frozen=True)
class Choice:
    """What a person chose for one template; `status` is WeChat's word, such as `accept` or `reject`."""

    template_id: str
    accepted: bool
    status: str


@dataclass(frozen=True)
class TemplateJob:
    """What became of one template message; `reason` is `blocked` when the person refuses them."""

    msgid: str
    ok: bool
    status: str
    reason: Literal["", "blocked", "failed"]


@dataclass(frozen=True)
class Scan:
    """Somebody scanned a QR code of ours; `follows_now` tells that they began to follow by it."""

    scene_str: str = field(repr=False)
    follows_now: bool


def sent_results(push: Push) -> list[SentResult]:
    """Return the delivery results in a subscribe_msg_sent_event.

    Only failures of WeChat's own system come this way; a refusal is the answer to the call.
    Source: 小程序文档 · 订阅消息 (订阅消息事件推送).
    """
    results = []
    for item in _items(push, SENT):
        code, status = _pick(item, "ErrorCode"), _pick(item, "ErrorStatus")
        ok = code == "0" if code else status.lower() == "success"
        results.append(SentResult(_pick(item, "TemplateId"), _pick(item, "MsgID") or None, ok, code, status))
    return results


def popup_choices(push: Push) -> list[Choice]:
    """Return what the person chose in the dialog of wx.requestSubscribeMessage; an accept is one message.

    Source: 小程序文档 · 订阅消息 (用户触发订阅消息弹框后的事件推送).
    """
    return _choices(push, POPUP)


def change_choices(push: Push) -> list[Choice]:
    """Return what the person changed in 服务通知 by hand; WeChat only tells of `reject`.

    Source: 小程序文档 · 订阅消息 (用户改变推送权限的事件推送).
    """
    return _choices(push, CHANGE)


def template_job(push: Push) -> TemplateJob | None:
    """Return what became of a template message. Source: 服务号文档 · 模板消息事件推送."""
    if push.event != TEMPLATE_JOB:
        return None
    status = _pick(push.data, "Status")
    # WeChat writes `failed:user block` without a blank and `failed: system failed` with one.
    plain = "".join(status.lower().split())
    ok = plain == "success"
    reason: Literal["", "blocked", "failed"] = "" if ok else "blocked" if "userblock" in plain else "failed"
    return TemplateJob(_pick(push.data, "MsgID"), ok, status, reason)


def scan(push: Push) -> Scan | None:
    """Return the scene of a scanned QR code; `subscribe` tells it of new followers, `SCAN` of old ones.

    A follow without a QR code is None. Source: 服务号文档 · 扫描带参数二维码事件.
    """
    key = _pick(push.data, "EventKey")
    if push.event == SCAN and key:
        return Scan(key, follows_now=False)
    scene = key.removeprefix("qrscene_")
    if push.event == SUBSCRIBE and scene and scene != key:
        return Scan(scene, follows_now=True)
    return None


def revoked_openid(push: Push) -> str | None:
    """Return whose data WeChat obliges us to delete: consent was withdrawn, or the WeChat account is closed.

    The person is in OpenID, not in FromUserName. Source: 小程序文档 · 事件通知.
    """
    return _pick(push.data, "OpenID") or None if push.event in (REVOKE, CANCELLATION) else None


def unfollowed_openid(push: Push) -> str | None:
    """Return who stopped following the service account; their data has to go as well.

    Source: 服务号文档 · 关注/取消关注事件.
    """
    return push.openid or None if push.event == UNSUBSCRIBE else None


def _choices(push: Push, event: str) -> list[Choice]:
    choices = []
    for item in _items(push, event):
        status = _pick(item, "SubscribeStatusString")
        # acceptWithAlert and acceptWithAudio are consents as well.
        choices.append(Choice(_pick(item, "TemplateId"), status.lower().startswith("accept"), status))
    return choices


def _items(push: Push, event: str) -> list[dict[str, Any]]:
    """Return the items of `event`: XML wraps its List once more, and a single item stands alone."""
    if push.event != event:
        return []
    wrapper = event.replace("_", "")
    found = [_flat(value) for key, value in push.data.items() if key.lower() in ("list", wrapper)]
    return next((items for items in found if items), [])


def _flat(value: object) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [item for element in value for item in _flat(element)]
    if not isinstance(value, dict):
        return []
    inner = [item for key, item in value.items() if key.lower() in ("list", "item")]
    if inner:
        return [item for element in inner for item in _flat(element)]
    return [value] if _pick(value, "TemplateId") else []


def _pick(item: dict[str, Any], name: str) -> str:
    """Return the text under `name` in any spelling (MsgID, MsgId), empty when there is none."""
    for key, value in item.items():
        if key.lower() == name.lower() and isinstance(value, str):
            return value
    return ""
