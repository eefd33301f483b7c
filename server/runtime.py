"""What a process holds beside the database: settings, catalogue, WeChat clients, channels, wake-ups."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from flask import current_app
from redis import Redis

from server.catalogue import Catalogue, load_catalogue
from server.channels.base import Channel
from server.channels.email import EmailChannel
from server.channels.sms import build_sms_channel
from server.channels.wechat_subscribe import WeChatSubscribeChannel
from server.channels.wechat_template import WeChatTemplateChannel
from server.domain.events import ChannelName
from server.queues import Nudger, connect_redis
from server.settings import Settings
from server.wechat.accounts import Endpoints, MiniProgramAccount, OfficialAccount, Timeouts
from server.wechat.client import MiniProgramClient, OfficialAccountClient

_KEY = "yuemian"


@dataclass(frozen=True)
class Runtime:
    """One of these per process; everything in it may be used from many threads."""

    settings: Settings
    catalogue: Catalogue
    redis: Redis
    nudger: Nudger
    miniprogram_account: MiniProgramAccount
    official_account: OfficialAccount
    miniprogram: MiniProgramClient
    official: OfficialAccountClient
    channels: Mapping[ChannelName, Channel]

    def template_id(self, channel: ChannelName, template: str) -> str:
        """The id, at WeChat, of a template named in a message file."""
        wechat = self.settings.wechat
        if channel is ChannelName.WECHAT_SUBSCRIBE:
            return wechat.miniprogram.templates[template]
        if channel is ChannelName.WECHAT_TEMPLATE:
            return wechat.official_account.templates[template]
        if channel is ChannelName.SMS and self.settings.sms is not None:
            return self.settings.sms.templates[template]
        return template


def build_runtime(settings: Settings) -> Runtime:
    """Put a process together from its settings; opens no connection yet."""
    wechat = settings.wechat
    endpoints = Endpoints(api=wechat.api_url, oauth=wechat.oauth_url, showqrcode=wechat.showqrcode_url)
    timeouts = Timeouts(connect=wechat.connect_timeout, read=wechat.read_timeout)
    program = MiniProgramAccount(
        appid=wechat.miniprogram.appid,
        secret=wechat.miniprogram.secret,
        push_token=wechat.miniprogram.push_token,
        push_aes_key=wechat.miniprogram.push_aes_key,
        push_mode=wechat.miniprogram.push_mode,
        state=wechat.miniprogram.state,
    )
    official = OfficialAccount(
        appid=wechat.official_account.appid,
        secret=wechat.official_account.secret,
        push_token=wechat.official_account.push_token,
        push_aes_key=wechat.official_account.push_aes_key,
        push_mode=wechat.official_account.push_mode,
    )
    redis = connect_redis(settings.redis_url)
    program_client = MiniProgramClient(program, endpoints, timeouts, redis)
    official_client = OfficialAccountClient(official, endpoints, timeouts, redis)
    channels: list[Channel] = [WeChatSubscribeChannel(program_client), WeChatTemplateChannel(official_client)]
    if settings.sms is not None:
        channels.append(build_sms_channel(settings.sms))
    if settings.email is not None:
        channels.append(EmailChannel(settings.email, company=settings.company, zone=settings.zone))
    return Runtime(
        settings=settings,
        catalogue=load_catalogue(settings),
        redis=redis,
        nudger=Nudger(redis),
        miniprogram_account=program,
        official_account=official,
        miniprogram=program_client,
        official=official_client,
        channels={channel.name: channel for channel in channels},
    )


def install_runtime(extensions: dict[str, object], runtime: Runtime) -> None:
    """Keep the runtime with the application."""
    extensions[_KEY] = runtime


def runtime() -> Runtime:
    """The runtime of the application at work."""
    return cast(Runtime, current_app.extensions[_KEY])
