"""Signs candidates in by `wx.login`, and binds their WeChat to an invitation, once."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from server.db import db, transaction
from server.domain import clock
from server.domain.errors import Conflict, Forbidden, NotFound, Unauthorized, Unavailable
from server.models import Candidate, CandidateSession, Interview
from server.runtime import runtime
from server.services import audit
from server.services.audit import actor_of_candidate
from server.wechat.errors import WeChatError

_CODE_SPENT = {40029, 40163}
_BLOCKED = 40226


@dataclass(frozen=True)
class SignedIn:
    """A fresh session: the token is shown once and kept only as a hash."""

    token: str
    expires_at: datetime
    candidate: Candidate | None
    interview_id: int | None


def token_hash(token: str) -> str:
    """What is stored of a session token."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign_in_candidate(code: str, invite: str | None, ip: str | None = None) -> SignedIn:
    """Sign in by the code of `wx.login`; `invite`, an invitation's token, binds this WeChat to its candidate.

    The first WeChat that opens an invitation is the candidate's; the same one may open it again.

    Raises:
        Unauthorized: the code is wrong, old or used (`login_code_invalid`).
        Forbidden: WeChat holds the user for a risk (`login_blocked`).
        NotFound: no such invitation (`invite_unknown`).
        Conflict: another WeChat was first, or this one is another candidate's (`invite_taken`).
        Unavailable: WeChat does not answer (`wechat_unavailable`).
    """
    openid = _openid_of(code)
    token = secrets.token_urlsafe(32)
    now = clock.utc_now()
    expires_at = now + timedelta(days=runtime().settings.security.candidate_session_days)
    with transaction():
        interview = _bind(openid, invite, ip) if invite else None
        candidate = (
            interview.candidate
            if interview
            else db.session.scalar(select(Candidate).where(Candidate.openid == openid))
        )
        db.session.add(
            CandidateSession(
                token_sha256=token_hash(token),
                openid=openid,
                candidate_id=candidate.id if candidate else None,
                expires_at=expires_at,
            )
        )
        interview_id = interview.id if interview else None
    return SignedIn(token, expires_at, candidate, interview_id)


def _openid_of(code: str) -> str:
    try:
        return runtime().miniprogram.code_to_session(code).openid
    except WeChatError as error:
        if error.code in _CODE_SPENT:
            raise Unauthorized("登录凭证已失效，请重新进入小程序。", code="login_code_invalid") from None
        if error.code == _BLOCKED:
            raise Forbidden(
                "微信判断该账号存在风险，暂时无法登录。请联系招聘专员处理面试安排。", code="login_blocked"
            ) from None
        raise Unavailable("微信登录暂时不可用，请稍后再试。", code="wechat_unavailable") from None


def _bind(openid: str, invite: str, ip: str | None) -> Interview:
    interview = db.session.scalar(
        select(Interview).where(Interview.invite_token == invite).options(joinedload(Interview.candidate))
    )
    if interview is None:
        raise NotFound("没有找到这个邀请，链接可能不完整。请联系招聘专员重新获取。", code="invite_unknown")
    candidate = interview.candidate
    if candidate.openid == openid:
        return interview
    other = db.session.scalar(select(Candidate.id).where(Candidate.openid == openid))
    if other is not None:
        raise Conflict(
            "您的微信已绑定另一位候选人，不能再打开这个邀请。如有疑问请联系招聘专员。", code="invite_taken"
        )
    # The condition, not the read before it, decides between two phones at the same moment.
    bound = db.session.execute(
        update(Candidate)
        .where(Candidate.id == candidate.id, Candidate.openid.is_(None))
        .values(openid=openid, bound_at=clock.utc_now())
        .execution_options(synchronize_session=False)
    )
    if bound.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict("该邀请已被其他微信绑定。如果不是您本人操作，请联系招聘专员。", code="invite_taken")
    db.session.refresh(candidate)
    audit.add_entry(actor_of_candidate(candidate, ip), "candidate.wechat_bound", "candidate", candidate.id)
    return interview
