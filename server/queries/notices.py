"""Notices to a candidate."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from server.db import db
from server.domain.errors import NotFound
from server.domain.events import Audience
from server.models import Interview, Notice, Position


def _for_candidate(candidate_id: int) -> Select[Notice]:
    return (
        select(Notice)
        .where(Notice.candidate_id == candidate_id, Notice.audience == Audience.CANDIDATE)
        .options(
            joinedload(Notice.interview).joinedload(Interview.position).joinedload(Position.recruiter),
        )
    )


def list_for_candidate(candidate_id: int) -> list[Notice]:
    """All notices to this candidate, newest first."""
    return list(db.session.scalars(_for_candidate(candidate_id).order_by(Notice.id.desc()).limit(100)))


def get_for_candidate(notice_id: int, candidate_id: int) -> Notice:
    """One notice to this candidate; raises NotFound for anybody else's."""
    notice = db.session.scalar(_for_candidate(candidate_id).where(Notice.id == notice_id))
    if notice is None:
        raise NotFound("没有找到这条通知，可能已被移除或不属于您。")
    return notice
