"""What the product refuses, in words a person can act on; `server.errors` maps each to an HTTP status."""


class DomainError(Exception):
    """A refusal that is expected in normal use.

    `code` is stable and for programs; `message` is Chinese and for the person in front of the screen;
    `errors` names single fields: `{"note": ["最多 200 个字"]}`.
    """

    code = "refused"
    message = "这个操作现在不能进行。"

    def __init__(
        self,
        message: str | None = None,
        *,
        code: str | None = None,
        errors: dict[str, list[str]] | None = None,
    ) -> None:
        self.code = code or type(self).code
        self.message = message or type(self).message
        self.errors = errors or {}
        super().__init__(self.message)


class NotFound(DomainError):
    """It does not exist, or it is not this person's: both look the same from outside."""

    code = "not_found"
    message = "没有找到相关内容，可能已被移除或不属于您。"


class InvalidTransition(DomainError):
    """The action is not possible in the present state."""

    code = "invalid_transition"
    message = "当前状态下不能进行这个操作，请刷新后查看最新状态。"


class Invalid(DomainError):
    """What was sent does not make sense; `errors` names the fields."""

    code = "invalid"
    message = "提交的内容有误，请检查后重试。"


class Conflict(DomainError):
    """Somebody or something else was first."""

    code = "conflict"
    message = "内容已被更新，请刷新后重试。"


class Unauthorized(DomainError):
    """Nobody is signed in, or the session has ended."""

    code = "unauthorized"
    message = "登录已过期，请重新进入小程序。"


class Forbidden(DomainError):
    """The person is known, and may not do this."""

    code = "forbidden"
    message = "您没有权限进行这个操作。"


class TooManyTries(DomainError):
    """Tried too often; a pause helps."""

    code = "too_many_tries"
    message = "尝试次数过多，请稍后再试。"


class Unavailable(DomainError):
    """A service we depend on does not answer; trying again later helps."""

    code = "unavailable"
    message = "服务暂时不可用，请稍后再试。"
