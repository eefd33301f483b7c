"""Imports interviews from a workbook, all or nothing, and raises their invitations."""

import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from sqlalchemy import func, select

from server.db import db, transaction
from server.domain.errors import Invalid
from server.domain.events import Event
from server.domain.interview import InterviewStatus
from server.models import Candidate, Interview, Position, Slot, Staff
from server.runtime import runtime
from server.services import audit
from server.services.audit import SYSTEM
from server.services.notices import raise_notice
from server.services.staff_accounts import get_or_add_department
from server.services.workbooks import ImportRow, read_workbook


@dataclass(frozen=True)
class Imported:
    """How many interviews are new, and how many were there already."""

    created: int
    unchanged: int


def import_interviews(path: Path) -> Imported:
    """Import a workbook; a row that is there already changes nothing, so a file can be given twice.

    Raises:
        Invalid: `errors["file"]` names every mistake by row and column; nothing was imported.
    """
    rows = read_workbook(path, runtime().settings.zone)
    with transaction():
        job = _Import()
        for row in rows:
            job.take(row)
        if job.mistakes:
            raise Invalid(
                f"导入的文件有 {len(job.mistakes)} 处问题，没有导入任何数据。", errors={"file": job.mistakes}
            )
        audit.add_entry(SYSTEM, "interviews.imported", "import", None, {"created": job.created})
    return Imported(job.created, job.unchanged)


class _Import:
    """One run: what is known already is looked up once."""

    def __init__(self) -> None:
        self.mistakes: list[str] = []
        self.created = self.unchanged = 0
        self._staff = {staff.email: staff for staff in db.session.scalars(select(Staff).where(Staff.active))}
        self._candidates = {row.mobile: row for row in db.session.scalars(select(Candidate))}
        self._positions = {
            (row.department.name, row.name): row for row in db.session.scalars(select(Position))
        }
        self._slots = {(row.starts_at, row.ends_at): row for row in db.session.scalars(select(Slot))}
        self._taken: Counter[int] = Counter(
            dict(
                db.session.execute(
                    select(Interview.slot_id, func.count(Interview.id))
                    .where(Interview.status != InterviewStatus.CANCELLED)
                    .group_by(Interview.slot_id)
                ).all()
            )
        )
        self._numbers: Counter[str] = Counter()

    def take(self, row: ImportRow) -> None:
        """Add one row, or note why it cannot be added."""
        recruiter = self._staff_member(row.line, "招聘专员邮箱", row.recruiter)
        manager = (
            self._staff_member(row.line, "用人经理邮箱", row.hiring_manager) if row.hiring_manager else None
        )
        candidate = self._candidate(row)
        slot = self._slot(row)
        if recruiter is None or candidate is None or slot is None or (row.hiring_manager and manager is None):
            return
        position = self._position(row, recruiter, manager)
        db.session.flush()
        there = db.session.scalar(
            select(Interview.id).where(
                Interview.candidate_id == candidate.id,
                Interview.position_id == position.id,
                Interview.slot_id == slot.id,
            )
        )
        if there is not None:
            self.unchanged += 1
            return
        if self._taken[slot.id] >= slot.capacity:
            self.mistakes.append(f"第 {row.line} 行「场次容量」：这个场次只能安排 {slot.capacity} 人，已排满")
            return
        self._taken[slot.id] += 1
        self._add(candidate, position, slot)

    def _add(self, candidate: Candidate, position: Position, slot: Slot) -> None:
        interview = Interview(
            number=self._next_number(slot),
            candidate=candidate,
            position=position,
            slot=slot,
            status=InterviewStatus.INVITED,
            invite_token=secrets.token_urlsafe(16),
        )
        db.session.add(interview)
        db.session.flush()
        audit.add_entry(SYSTEM, "interview.invited", "interview", interview.id)
        raise_notice(Event.INVITATION, interview)
        self.created += 1

    def _staff_member(self, line: int, heading: str, email: str) -> Staff | None:
        staff = self._staff.get(email)
        if staff is None:
            self.mistakes.append(f"第 {line} 行「{heading}」：没有这个员工账号 {email}，请先创建")
        return staff

    def _candidate(self, row: ImportRow) -> Candidate | None:
        candidate = self._candidates.get(row.mobile)
        if candidate is None:
            candidate = Candidate(
                name=row.candidate, mobile=row.mobile, email=row.email, resume_summary=row.resume
            )
            db.session.add(candidate)
            self._candidates[row.mobile] = candidate
        elif candidate.name != row.candidate:
            self.mistakes.append(
                f"第 {row.line} 行「手机号」：已属于候选人{candidate.name}，与本行姓名不一致"
            )
            return None
        return candidate

    def _position(self, row: ImportRow, recruiter: Staff, manager: Staff | None) -> Position:
        key = (row.department, row.position)
        if key not in self._positions:
            position = Position(
                name=row.position,
                department=get_or_add_department(row.department),
                recruiter=recruiter,
                hiring_manager=manager,
            )
            db.session.add(position)
            self._positions[key] = position
        return self._positions[key]

    def _slot(self, row: ImportRow) -> Slot | None:
        key = (row.starts_at.astimezone(UTC), row.ends_at.astimezone(UTC))
        slot = self._slots.get(key)
        if slot is None:
            slot = Slot(starts_at=key[0], ends_at=key[1], capacity=row.capacity)
            db.session.add(slot)
            db.session.flush()
            self._slots[key] = slot
        elif slot.capacity != row.capacity:
            self.mistakes.append(
                f"第 {row.line} 行「场次容量」：同一场次已定为 {slot.capacity} 人，本行是 {row.capacity} 人"
            )
            return None
        return slot

    def _next_number(self, slot: Slot) -> str:
        """`AI-2024-03-15-001`: counted within the day of the session, in local time."""
        prefix = f"AI-{slot.starts_at.astimezone(runtime().settings.zone):%Y-%m-%d}-"
        if prefix not in self._numbers:
            last = db.session.scalar(
                select(func.max(Interview.number)).where(Interview.number.startswith(prefix))
            )
            self._numbers[prefix] = int(last.removeprefix(prefix)) if last else 0
        self._numbers[prefix] += 1
        return f"{prefix}{self._numbers[prefix]:03d}"
