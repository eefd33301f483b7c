"""What each errcode of WeChat means for us: the one table, and a sentence a person can act on.

Sources: 小程序文档 · 发送订阅消息, 小程序登录凭证校验, 获取稳定版接口调用凭据, 获取不限制的小程序码;
服务号文档 · 发送模板消息, 生成带参数的二维码, 网页授权; 微信开放文档 · 全局返回码.
"""

from dataclasses import dataclass
from enum import Enum


class Outcome(Enum):
    """What to do after WeChat said no (or nothing)."""

    TOKEN = "token"  # noqa: S105 - the name of an outcome
    """The access token was not accepted; the gateway has already tried once with a fresh one."""
    RETRY = "retry"
    """Nothing was done; the same call may work in `retry_after` seconds."""
    PAUSE = "pause"
    """The quota is used up; every call of this kind waits, not this one alone."""
    REFUSED = "refused"
    """This person cannot be reached this way; take another channel. An everyday case, not a fault."""
    FINAL = "final"
    """This very call will never work; the words say what is wrong with it."""
    CONFIG = "config"
    """Something is set up wrongly; an administrator has to act before any such call can work."""
    UNKNOWN = "unknown"
    """The answer was lost: WeChat may or may not have done it."""


@dataclass(frozen=True)
class Meaning:
    """One line of the table; `words` is a Chinese sentence, `retry_after` is in seconds."""

    outcome: Outcome
    words: str
    retry_after: float | None = None


def _token(words: str) -> Meaning:
    return Meaning(Outcome.TOKEN, words, 30.0)


def _retry(words: str, seconds: float) -> Meaning:
    return Meaning(Outcome.RETRY, words, seconds)


def _pause(words: str) -> Meaning:
    # The quota comes back at midnight, but an administrator may clear it earlier: look again every hour.
    return Meaning(Outcome.PAUSE, words, 3600.0)


def _refused(words: str) -> Meaning:
    return Meaning(Outcome.REFUSED, words)


def _final(words: str) -> Meaning:
    return Meaning(Outcome.FINAL, words)


def _config(words: str) -> Meaning:
    return Meaning(Outcome.CONFIG, words)


WRONG_CREDENTIAL, WRONG_SECRET = 40001, 40125

LOGIN_CODE_SPENT = frozenset({40029, 40163, 42003})
"""The code of wx.login (or of the web authorization) is unknown, too old, or was used before."""

LOGIN_BLOCKED = frozenset({40226})
"""WeChat considers this user a risk and blocks the login."""

ERROR_CODES: dict[int, Meaning] = {
    # The access token
    40001: _token("微信不认这次调用的凭据，换新凭据后仍未通过。"),
    40014: _token("微信认为调用凭据无效，换新凭据后仍未通过。"),
    42001: _token("调用凭据已过期，换新凭据后仍未通过。"),
    # Later
    -1: _retry("微信系统繁忙，稍后会自动重试。", 10.0),
    43108: _retry("同一时间还有另一条消息正发给这个人，稍后会自动重试。", 2.0),
    44990: _retry("每秒调用次数超出上限，稍后会自动重试。", 2.0),
    44991: _retry("每分钟调用次数超出上限，稍后会自动重试。", 60.0),
    45011: _retry("每分钟调用次数超出上限，稍后会自动重试。", 60.0),
    # Tomorrow
    44993: _pause("当天生成链接的次数已用完，次日恢复。"),
    45009: _pause("当天的接口调用次数已用完，次日恢复；可在公众平台查看或清零额度。"),
    # Not this person, not this way
    40226: _refused("微信判定该用户存在风险，拦截了登录。"),
    43004: _refused("对方没有关注服务号，收不到模板消息。"),
    43019: _refused("对方在服务号的黑名单里，收不到消息。"),
    43101: _refused("对方没有订阅这类通知，或订阅次数已用完。"),
    45015: _refused("距对方上次互动已超过时限，不能再发客服消息。"),
    45047: _refused("客服消息的条数已达上限，要等对方再次互动。"),
    48002: _refused("对方关闭了接收服务号消息。"),
    # Not like this
    40003: _final("openid 不正确，或者属于另一个小程序、服务号。"),
    40008: _final("消息类型不正确。"),
    40029: _final("登录凭证无效或已过期，请重新登录。"),
    40039: _final("消息里的链接过长或不合规则。"),
    40052: _final("二维码的类型参数不正确。"),
    40053: _final("二维码的场景参数不正确。"),
    40097: _final("调用参数不正确。"),
    40129: _final("场景值不合规则。"),
    41008: _final("缺少登录凭证，请重新登录。"),
    42003: _final("登录凭证已过期，请重新登录。"),
    40163: _final("登录凭证已经用过，请重新登录。"),
    40165: _final("小程序页面路径不正确。"),
    40169: _final("场景值过长或含有不允许的字符。"),
    40212: _final("链接参数含有不允许的字符。"),
    40249: _final("微信认为内容带有营销性质，不予发送。"),
    45168: _final("消息内容含敏感词，微信不予发送，请换一种说法。"),
    47001: _final("调用内容不是微信要求的格式。"),
    47003: _final("消息里有一项不符合模板的字段规则，请检查长度和字符。"),
    61010: _final("用户最近两小时没有打开过小程序，无法做内容检查。"),
    # Nobody, until somebody puts it right
    40002: _config("凭据类型不正确，请联系系统管理员。"),
    40013: _config("AppID 不正确，或服务号尚未关联这个小程序。"),
    40036: _config("模板编号的长度不对，请核对消息模板设置。"),
    40037: _config("模板编号不正确，或不属于这个账号，请核对消息模板设置。"),
    40066: _config("页面或菜单地址不正确，请核对设置。"),
    40125: _config("AppSecret 不正确，请核对设置。"),
    40164: _config("服务器的 IP 不在白名单内，请在公众平台添加。"),
    40243: _config("AppSecret 已被冻结，请在公众平台解冻或重置。"),
    41002: _config("缺少 AppID，请核对设置。"),
    41004: _config("缺少 AppSecret，请核对设置。"),
    41030: _config("页面路径在已发布的小程序里不存在，请先发布该版本。"),
    43002: _config("接口要求用 POST 调用，请联系系统管理员。"),
    43107: _config("账号或模板的订阅消息能力已被封禁，请到公众平台查看。"),
    43116: _config("这个模板已被微信限制使用，请到公众平台查看。"),
    48001: _config("账号没有这个接口的权限，请确认账号已认证。"),
    50004: _config("账号被禁止获取调用凭据，请到公众平台查看。"),
    50007: _config("账号已被冻结，请到公众平台查看。"),
    85079: _config("小程序还没有发布版本。"),
    89503: _config("这台服务器的 IP 需要账号管理员在微信里确认。"),
    89506: _config("这台服务器的 IP 已被管理员拒绝，24 小时内不能再申请。"),
    89507: _config("这台服务器的 IP 已被管理员拒绝，1 小时内不能再申请。"),
    200011: _config("账号已被封禁，无法管理模板。"),
    200012: _config("模板数量已达上限。"),
    200014: _config("模板编号不存在，请核对消息模板设置。"),
}


def explain(code: int) -> Meaning | None:
    """Return what `code` means, or None when the table does not know it."""
    return ERROR_CODES.get(code)
