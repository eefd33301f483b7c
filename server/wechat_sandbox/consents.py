"""一次性订阅: every accept lets the account send one message of that template, and accepts add up."""

from server.wechat_sandbox.context import Sandbox


def count_left(sandbox: Sandbox, person_id: str, template_id: str) -> int:
    """Return how many messages of a template the person still lets through."""
    held = sandbox.documents.find(f"quota/{person_id}", template_id)
    return held["left"] if held else 0


def add_one(sandbox: Sandbox, person_id: str, template_id: str) -> None:
    """Count one accept.

    Source: 小程序文档 · 小程序订阅消息（用户同意几次就能发送几次）.
    """
    with sandbox.documents.change():
        left = count_left(sandbox, person_id, template_id)
        sandbox.documents.put(f"quota/{person_id}", template_id, {"left": left + 1})


def spend_one(sandbox: Sandbox, person_id: str, template_id: str) -> bool:
    """Use one accept up; False when none was left."""
    with sandbox.documents.change():
        left = count_left(sandbox, person_id, template_id)
        if left == 0:
            return False
        sandbox.documents.put(f"quota/{person_id}", template_id, {"left": left - 1})
        return True


def withdraw(sandbox: Sandbox, person_id: str, template_id: str) -> None:
    """Forget every accept: the person switched the template off in 服务通知."""
    sandbox.documents.put(f"quota/{person_id}", template_id, {"left": 0})
