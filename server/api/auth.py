"""Who calls the API."""

from functools import wraps
from typing import Any, Protocol

from flask import g, request

from server.domain.errors import Forbidden, Unauthorized
from server.models import Candidate
from server.queries.sessions import find_candidate_by_openid, find_candidate_session
from server.services.audit import Actor, actor_of_candidate
from server.services.candidate_sign_in import token_hash

_SCHEME = "Bearer "


class _View(Protocol):
    __name__: str

    def __call__(self, *args: Any, **kwargs: Any) -> Any: ...


def candidate_required(view: _View) -> Any:
    """Let only candidates in: a valid token whose WeChat is bound to somebody."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        header = request.headers.get("Authorization", "")
        token = header.removeprefix(_SCHEME) if header.startswith(_SCHEME) else ""
        session = find_candidate_session(token_hash(token)) if token else None
        if session is None:
            raise Unauthorized
        candidate = find_candidate_by_openid(session.openid)
        if candidate is None:
            raise Forbidden("请先打开面试邀请，完成绑定后再查看。", code="not_bound")
        g.candidate = candidate
        return view(*args, **kwargs)

    # What flask-smorest reads to describe the call.
    guarded.__dict__.setdefault("_apidoc", {})
    guarded._apidoc = {**guarded._apidoc, "manual_doc": {"security": [{"candidate": []}]}}  # type: ignore[attr-defined]
    return guarded


def current_candidate() -> Candidate:
    """The candidate who calls."""
    return g.candidate


def current_actor() -> Actor:
    """The candidate who calls, as the one who acts."""
    return actor_of_candidate(g.candidate, request.remote_addr)
