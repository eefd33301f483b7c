"""Compares what is configured with what the WeChat accounts really have, and names every mistake in words."""

from collections.abc import Callable
from dataclasses import dataclass

from server.domain.events import ChannelName, Event
from server.message_texts import WeChatText
from server.runtime import runtime
from server.wechat.client import Template
from server.wechat.errors import WeChatError

_ACCOUNTS = {
    ChannelName.WECHAT_SUBSCRIBE: "小程序",
    ChannelName.WECHAT_TEMPLATE: "服务号",
}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: `ok`, a `warning` (WeChat may be hiding it from us), or a mistake."""

    level: str  # ok | warning | mistake
    words: str


def check_wechat() -> list[Finding]:
    """Ask both accounts for their templates and compare them with the settings and `templates_msg/`."""
    current = runtime()
    calls: dict[ChannelName, Callable[[], list[Template]]] = {
        ChannelName.WECHAT_SUBSCRIBE: current.miniprogram.list_templates,
        ChannelName.WECHAT_TEMPLATE: current.official.list_templates,
    }
    findings = []
    for channel, list_templates in calls.items():
        findings += _check_account(channel, list_templates)
    return findings


def _check_account(channel: ChannelName, list_templates: Callable[[], list[Template]]) -> list[Finding]:
    account = _ACCOUNTS[channel]
    try:
        theirs = {template.template_id: template for template in list_templates()}
    except WeChatError as error:
        code = f"（{error.code}）" if error.code is not None else ""
        return [Finding("mistake", f"{account}：{error.words}{code}")]
    findings = [Finding("ok", f"{account}：AppID 与 AppSecret 有效，账号里有 {len(theirs)} 个模板")]
    for event, message in runtime().catalogue.messages.items():
        text = message.channels.get(channel)
        if isinstance(text, WeChatText):
            findings.append(_check_message(channel, event, text, theirs))
    return findings


def _check_message(
    channel: ChannelName, event: Event, text: WeChatText, theirs: dict[str, Template]
) -> Finding:
    account, template_id = _ACCOUNTS[channel], runtime().template_id(channel, text.template)
    what = f"{account}：消息 {event.value} 的模板 {text.template}"
    found = theirs.get(template_id)
    if found is None and channel is ChannelName.WECHAT_TEMPLATE:
        # The official account's list leaves out templates of a category (类目模板).
        return Finding("warning", f"{what} 不在账号的列表里；类目模板不会列出，请在公众号后台核对模板 ID")
    if found is None:
        return Finding("mistake", f"{what} 不存在：请核对配置里的模板 ID，或在后台选用这个模板")
    what = f"{what}（{found.title}）"
    missing, unknown = set(found.keys) - set(text.fields), set(text.fields) - set(found.keys)
    if unknown:
        named, known = "、".join(sorted(unknown)), "、".join(found.keys)
        return Finding("mistake", f"{what} 没有字段 {named}，它的字段是 {known}")
    if missing:
        named = "、".join(sorted(missing))
        return Finding("mistake", f"{what} 还需要字段 {named}，缺少时微信会拒收")
    return Finding("ok", f"{what} 字段一致")
