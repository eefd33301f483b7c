"""What people are told about."""

from enum import StrEnum


class Event(StrEnum):
    """One occasion to tell somebody something; each has its message file in `templates_msg/`."""

    INVITATION = "invitation"
    CANDIDATE_CANCELLED = "candidate_cancelled"
    CANCELLATION_CONFIRMED = "cancellation_confirmed"
    CANCELLED_BY_COMPANY = "cancelled_by_company"
    CANCELLATION_WAITING = "cancellation_waiting"
    CANCELLATION_OVERDUE = "cancellation_overdue"
    CANDIDATE_NOT_REACHED = "candidate_not_reached"


class Audience(StrEnum):
    """Whom a message addresses."""

    CANDIDATE = "candidate"
    STAFF = "staff"


class ChannelName(StrEnum):
    """A way to reach a person."""

    WECHAT_SUBSCRIBE = "wechat_subscribe"
    WECHAT_TEMPLATE = "wechat_template"
    SMS = "sms"
    EMAIL = "email"


EVENT_TEXT = {
    Event.INVITATION: "面试邀请",
    Event.CANDIDATE_CANCELLED: "候选人取消提醒",
    Event.CANCELLATION_CONFIRMED: "取消结果通知",
    Event.CANCELLED_BY_COMPANY: "公司取消通知",
    Event.CANCELLATION_WAITING: "待确认提醒",
    Event.CANCELLATION_OVERDUE: "逾期未处理提醒",
    Event.CANDIDATE_NOT_REACHED: "候选人未通知到提醒",
}

CHANNEL_TEXT = {
    ChannelName.WECHAT_SUBSCRIBE: "微信订阅消息",
    ChannelName.WECHAT_TEMPLATE: "服务号模板消息",
    ChannelName.SMS: "短信",
    ChannelName.EMAIL: "邮件",
}
