"""How pages say states, times and acts in words."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from server.backoffice.ladders import PROVIDER, ladder_of
from server.domain import cancellation as act
from server.domain import clock, events
from server.domain import interview as life
from server.domain.delivery import STATUS_TEXT, DeliveryAction
from server.domain.events import Audience, ChannelName
from server.domain.permissions import ROLE_TEXT
from server.models import Notice, Slot
from server.runtime import runtime

_SOON = timedelta(minutes=15)

AUDIT_TEXT = {
    "interview.invited": "发出面试邀请",
    "interview.confirmed": "确认参加面试",
    "candidate.wechat_bound": "首次用微信打开邀请，完成绑定",
    "cancellation.requested": "申请取消面试",
    "cancellation.confirmed": "确认取消",
    "cancellation.made": "取消了这场面试",
    "cancellation.withdrawn": "撤回了取消申请",
    "cancellation.restored": "恢复了这场面试",
    "cancellation.reminded": "提醒招聘专员：有取消还没有处理",
    "cancellation.escalated": "取消逾期未处理，已通知招聘经理",
    "notice.told_by_phone": "打电话告知了候选人",
    "notice.resent": "重新发送了通知",
    "notice.next_channel": "换了一个渠道发送通知",
}
# `{by}` is who carries the channel's messages.
RECEIPT_TEXT = {
    DeliveryAction.ACCEPT: "{by}已接收，尚不代表送达",
    DeliveryAction.POSTPONE: "这次没有发出，稍后自动重试",
    DeliveryAction.REFUSE: "未订阅或拒收",
    DeliveryAction.FAIL: "发送失败",
    DeliveryAction.LOSE: "没有收到答复，结果待核实",
    DeliveryAction.DELIVER: "{by}回执：已送达",
    DeliveryAction.MISCARRY: "{by}回执：未送达",
    DeliveryAction.OPEN: "打开了消息",
    DeliveryAction.ACKNOWLEDGE: "确认已知晓",
}
CHANNEL_ICON = {
    ChannelName.WECHAT_SUBSCRIBE: "brand-wechat",
    ChannelName.WECHAT_TEMPLATE: "brand-wechat",
    ChannelName.SMS: "message",
    ChannelName.EMAIL: "mail",
}
ACTOR_TEXT = {"candidate": "候选人", "staff": "员工", "system": "系统"}


def moment(at: datetime | None) -> str:
    """`3月15日 14:05`, with the year where it is not this one; an empty text for nothing."""
    if at is None:
        return ""
    local, today = _local(at), _local(clock.utc_now())
    year = "" if local.year == today.year else f"{local.year}年"
    return f"{year}{local.month}月{local.day}日 {local:%H:%M}"


def exact(at: datetime | None) -> str:
    """`2024-03-15 14:05:09`: for evidence and for tooltips."""
    return _local(at).strftime("%Y-%m-%d %H:%M:%S") if at else ""


def hours(at: datetime | None) -> str:
    """`14:05` today, else with the day in front: for narrow places."""
    if at is None:
        return ""
    local, today = _local(at), _local(clock.utc_now())
    return f"{local:%H:%M}" if local.date() == today.date() else f"{local.month}/{local.day} {local:%H:%M}"


def span(slot: Slot) -> str:
    """A session in words."""
    return clock.span_text(slot.starts_at, slot.ends_at, runtime().settings.zone)


def iso(at: datetime | None) -> str:
    """A moment for programs."""
    return clock.iso_utc(at) if at else ""


def length(first: datetime, last: datetime) -> str:
    """How long something took: `38 秒`, `12 分钟`, `3 小时 5 分钟`."""
    seconds = max(0, int((last - first).total_seconds()))
    if seconds < 60:
        return f"{seconds} 秒"
    minutes = seconds // 60
    if minutes < 60:
        return f"{minutes} 分钟"
    return f"{minutes // 60} 小时 {minutes % 60} 分钟" if minutes < 1440 else f"{minutes // 1440} 天"


def clock_state(tell_by: datetime) -> dict[str, str]:
    """The clock as it stands now; the browser lets it tick on from here."""
    left = tell_by - clock.utc_now()
    if left <= timedelta(0):
        return {"state": "late", "text": f"已超时 {length(tell_by, clock.utc_now())}"}
    state = "soon" if left <= _SOON else "calm"
    word = "即将超时，剩" if state == "soon" else "剩余"
    return {"state": state, "text": f"{word} {length(clock.utc_now(), tell_by)}"}


def receipt(kind: str, channel: ChannelName) -> str:
    """What came back about a message, in words that name who carried it."""
    words = {action.value: text for action, text in RECEIPT_TEXT.items()}
    return words.get(kind, kind).format(by=PROVIDER[channel])


def untold_words(notice: Notice) -> str | None:
    """What HR must know about a notice that has not reached its candidate; None while there is hope."""
    if notice.audience is not Audience.CANDIDATE or notice.told_at is not None:
        return None
    late = notice.deadline_at is not None and notice.deadline_at <= clock.utc_now()
    if late or notice.late_at is not None:
        return "超时未通知到"
    return "未通知到" if notice.gave_up_at is not None else None


def masked_mobile(mobile: str) -> str:
    """`138****5678`: enough to tell two people apart on a list."""
    return f"{mobile[:3]}****{mobile[-4:]}" if len(mobile) >= 11 else mobile


def pretty(value: Any) -> str:
    """A receipt as it came, laid out for reading."""
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)


def _local(at: datetime) -> datetime:
    return at.astimezone(runtime().settings.zone)


FILTERS: dict[str, Callable[..., Any]] = {
    "moment": moment,
    "exact": exact,
    "hours": hours,
    "span": span,
    "iso": iso,
    "masked_mobile": masked_mobile,
    "pretty": pretty,
    "receipt": receipt,
    "untold": untold_words,
    "ladder": ladder_of,
}
GLOBALS: dict[str, Any] = {
    "length": length,
    "now": clock.utc_now,
    "clock_state": clock_state,
    "INTERVIEW_STATUS": life.STATUS_TEXT,
    "CANCELLATION_STATUS": act.STATUS_TEXT,
    "INITIATOR": act.INITIATOR_TEXT,
    "EVENT": events.EVENT_TEXT,
    "CHANNEL": events.CHANNEL_TEXT,
    "DELIVERY_STATUS": STATUS_TEXT,
    "CHANNEL_ICON": CHANNEL_ICON,
    "PROVIDER": PROVIDER,
    "ROLE": ROLE_TEXT,
}
