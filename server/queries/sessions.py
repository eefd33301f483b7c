"""Who is signed in."""

from sqlalchemy import select

from server.db import db
from server.domain import clock
from server.models import Candidate, CandidateSession, Staff


def find_candidate_session(token_sha256: str) -> CandidateSession | None:
    """The session of a token's hash, unless it has expired.

    A session counts for the candidate to whom its WeChat is bound now, so that a binding made later, or taken
    away, holds for sessions that are already open.
    """
    return db.session.scalar(
        select(CandidateSession).where(
            CandidateSession.token_sha256 == token_sha256, CandidateSession.expires_at > clock.utc_now()
        )
    )


def find_candidate_by_openid(openid: str) -> Candidate | None:
    """The candidate to whom this WeChat is bound."""
    return db.session.scalar(select(Candidate).where(Candidate.openid == openid))


def find_active_staff(staff_id: int, session_epoch: int) -> Staff | None:
    """The account of a session, unless it was disabled or signed out everywhere since."""
    return db.session.scalar(
        select(Staff).where(
            Staff.id == staff_id, Staff.session_epoch == session_epoch, Staff.active.is_(True)
        )
    )
