"""Following the official account: by hand, by scanning its code, and leaving it again."""

from server.wechat_sandbox.context import Sandbox, seconds_now
from server.wechat_sandbox.documents import Document
from server.wechat_sandbox.people import openid_for
from server.wechat_sandbox.push.events import official_event


def follow(sandbox: Sandbox, person_id: str, scene: str | None = None, ticket: str | None = None) -> None:
    """Let a person follow and push `subscribe`; with a scene, as somebody who scanned a code.

    Source: 服务号文档 · 接收事件推送（扫描带参数二维码事件，用户未关注时）.
    """
    details = {"EventKey": f"qrscene_{scene}", "Ticket": ticket} if scene is not None else {}
    _change(sandbox, person_id, {"follows": True, "followed_at": int(seconds_now()), "scene": scene})
    _push(sandbox, person_id, "subscribe", details)


def unfollow(sandbox: Sandbox, person_id: str) -> None:
    """Let a person leave and push `unsubscribe`."""
    _change(sandbox, person_id, {"follows": False})
    _push(sandbox, person_id, "unsubscribe", {})


def scan(sandbox: Sandbox, person_id: str, scene: str, ticket: str) -> None:
    """Scan a code of the official account: `SCAN` for a follower, else follow by it."""
    with sandbox.documents.change():
        person = sandbox.documents.find("people", person_id) or {}
        if not person["follows"]:
            follow(sandbox, person_id, scene, ticket)
            return
    _push(sandbox, person_id, "SCAN", {"EventKey": scene, "Ticket": ticket})


def _change(sandbox: Sandbox, person_id: str, values: Document) -> None:
    with sandbox.documents.change():
        person = sandbox.documents.find("people", person_id) or {}
        sandbox.documents.put("people", person_id, person | values)


def _push(sandbox: Sandbox, person_id: str, event: str, details: dict[str, str | None]) -> None:
    person = sandbox.documents.find("people", person_id) or {}
    account = sandbox.account("official")
    body = official_event(account, openid_for(person_id, account.appid), event, details)
    sandbox.pusher.push_for(person, account.kind, body)
