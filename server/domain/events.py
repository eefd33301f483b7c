"""What people are told about."""

from enum import StrEnum


class Event(StrEnum):
    """One occasion to tell somebody something; each has its message file in `templates_msg/`."""

    INVITATION = "invitation"
    CANDIDATE_CANCELLED = "candidate_cancelled"
    CANCELLATION_CONFIRMED = "cancellation_confirmed"
    CANCELLED_BY_COMPANY = "cancelled_by_company"


class Audience(StrEnum):
    """Whom a message addresses."""

    CANDIDATE = "candidate"
    STAFF = "staff"


class ChannelName(StrEnum):
    """A way to reach a person."""

    WECHAT_SUBSCRIBE = "wechat_subscribe"
    WECHAT_TEMPLATE = "wechat_template"


EVENT_TEXT = {
    Event.INVITATION: "面试邀请",
    Event.CANDIDATE_CANCELLED: "候选人取消提醒",
    Event.CANCELLATION_CONFIRMED: "取消结果通知",
    Event.CANCELLED_BY_COMPANY: "公司取消通知",
}

CHANNEL_TEXT = {
    ChannelName.WECHAT_SUBSCRIBE: "微信订阅消息",
    ChannelName.WECHAT_TEMPLATE: "服务号模板消息",
}
