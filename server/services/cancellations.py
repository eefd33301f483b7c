"""Cancels interviews: the candidate's request, HR's confirmation, HR's own cancellation."""

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from server.db import db, transaction
from server.domain import cancellation as act
from server.domain import clock
from server.domain.cancellation import CancellationAction, CancellationStatus, Initiator
from server.domain.errors import Conflict, Invalid, InvalidTransition, NotFound
from server.domain.events import Event
from server.domain.interview import OBSTACLE_TEXT, InterviewAction, Obstacle, obstacle_to_cancelling
from server.domain.interview import after as interview_after
from server.domain.permissions import Permission
from server.domain.reasons import NOTE_LIMIT, ReasonAudience
from server.models import Cancellation, CancellationReason, Interview, Position, Staff
from server.queries.scopes import positions_within
from server.runtime import runtime
from server.services import audit, deliveries
from server.services.audit import Actor
from server.services.notices import raise_notice


def request_cancellation(
    interview_id: int, actor: Actor, reason_code: str, note: str | None, idempotency_key: str
) -> tuple[Cancellation, bool]:
    """The candidate `actor` cancels; HR is alerted and asked to confirm.

    Returns the cancellation and whether this call made it: a second tap, with the same key or another, gets
    the one that stands.

    Raises:
        NotFound: no such interview of this candidate.
        Invalid: the reason is not one for candidates, or the note is too long.
        Conflict: already handed in (`already_submitted`) or over (`interview_over`).
        InvalidTransition: the company cancelled it, or it is completed.
    """
    with transaction():
        interview = _locked_interview(Interview.id == interview_id, Interview.candidate_id == actor.id)
        repeat = _standing(interview) or _by_key(interview, idempotency_key)
        if repeat is not None:
            if repeat.initiator is not Initiator.CANDIDATE:
                raise InvalidTransition("这场面试已被公司取消，不需要再操作。")
            return repeat, False
        _refuse_when_too_late(interview)
        reason = _reason(reason_code, ReasonAudience.CANDIDATE)
        cancellation = _cancel(
            interview, Initiator.CANDIDATE, reason, _clean(note), idempotency_key=idempotency_key
        )
        audit.add_entry(actor, "cancellation.requested", "interview", interview.id, {"reason": reason.code})
        raise_notice(
            Event.CANDIDATE_CANCELLED,
            interview,
            staff=interview.position.recruiter,
            cancellation=cancellation,
            deadline_at=cancellation.tell_by,
        )
    return cancellation, True


def confirm_cancellation(cancellation_id: int, staff: Staff, actor: Actor) -> tuple[Cancellation, bool]:
    """HR confirms what a candidate asked for; the candidate is told.

    Returns the cancellation and whether this call confirmed it: the second click, or a colleague's, changes
    nothing and is no error.

    Raises:
        NotFound: it does not exist within what `staff` may confirm.
        InvalidTransition: the candidate has withdrawn it meanwhile.
    """
    with transaction():
        cancellation = db.session.scalar(
            select(Cancellation)
            .join(Cancellation.interview)
            .join(Interview.position)
            .where(
                Cancellation.id == cancellation_id, positions_within(staff, Permission.CONFIRM_CANCELLATION)
            )
            .with_for_update(of=Cancellation)
        )
        if cancellation is None:
            raise NotFound("没有找到这条取消记录，或不在您负责的范围内。")
        return cancellation, confirm_by(cancellation, staff, actor)


def confirm_by(cancellation: Cancellation, staff: Staff | None, actor: Actor) -> bool:
    """Confirm a cancellation that the caller has locked, inside the caller's transaction; tell the candidate.

    `staff` is None when the clock confirms. Returns whether this call confirmed it.

    Raises:
        InvalidTransition: the candidate has withdrawn it.
    """
    status = act.after(cancellation.status, CancellationAction.CONFIRM)
    if cancellation.status is CancellationStatus.CONFIRMED:
        return False
    cancellation.status = status
    cancellation.confirmed_at = clock.utc_now()
    cancellation.confirmed_by_id = staff.id if staff else None
    cancellation.clock_due_at = None
    interview = cancellation.interview
    audit.add_entry(actor, "cancellation.confirmed", "interview", interview.id)
    deliveries.acknowledge_alerts(cancellation)
    # Whoever confirms late still owes the candidate a word at once; the hour counts from the confirmation
    # only when the first one is over.
    within = timedelta(minutes=runtime().settings.clock.tell_within_minutes)
    deadline = cancellation.tell_by
    if deadline <= cancellation.confirmed_at:
        deadline = clock.tell_by(cancellation.confirmed_at, within)
    raise_notice(Event.CANCELLATION_CONFIRMED, interview, cancellation=cancellation, deadline_at=deadline)
    return True


def cancel_interview(
    interview_id: int, staff: Staff, actor: Actor, reason_code: str, note: str | None
) -> Cancellation:
    """HR cancels one interview; the candidate is told at once, with the reason and whom to ask.

    Raises:
        NotFound: not within what `staff` may cancel.
        Invalid: the reason is not one for staff, or the note is too long.
        Conflict: already handed in, over, or cancelled meanwhile (`already_cancelled`).
    """
    with transaction():
        interview = _locked_interview(
            Interview.id == interview_id, positions_within(staff, Permission.CANCEL_INTERVIEW)
        )
        if _standing(interview) is not None:
            raise Conflict("这场面试刚刚已被取消，请查看最新状态。", code="already_cancelled")
        _refuse_when_too_late(interview)
        reason = _reason(reason_code, ReasonAudience.STAFF)
        cancellation = _cancel(interview, Initiator.STAFF, reason, _clean(note), staff=staff)
        audit.add_entry(actor, "cancellation.made", "interview", interview.id, {"reason": reason.code})
        raise_notice(
            Event.CANCELLED_BY_COMPANY,
            interview,
            cancellation=cancellation,
            deadline_at=cancellation.tell_by,
        )
    return cancellation


def _locked_interview(*conditions: object) -> Interview:
    interview = db.session.scalar(
        select(Interview)
        .join(Interview.position)
        .where(*conditions)  # type: ignore[arg-type]
        .options(
            joinedload(Interview.candidate),
            joinedload(Interview.slot),
            joinedload(Interview.position).joinedload(Position.recruiter),
        )
        .with_for_update(of=Interview)
    )
    if interview is None:
        raise NotFound("没有找到这场面试，可能已被移除或不属于您。")
    return interview


def _standing(interview: Interview) -> Cancellation | None:
    return db.session.scalar(select(Cancellation).where(Cancellation.open_interview_id == interview.id))


def _by_key(interview: Interview, key: str) -> Cancellation | None:
    return db.session.scalar(
        select(Cancellation).where(
            Cancellation.interview_id == interview.id, Cancellation.idempotency_key == key
        )
    )


def _refuse_when_too_late(interview: Interview) -> None:
    obstacle = obstacle_to_cancelling(
        interview.status, interview.submitted_at, interview.slot.ends_at, clock.utc_now()
    )
    if obstacle in (Obstacle.ALREADY_SUBMITTED, Obstacle.OVER):
        raise Conflict(OBSTACLE_TEXT[obstacle], code=obstacle.value)
    if obstacle is not None:
        raise InvalidTransition(OBSTACLE_TEXT[obstacle])


def _reason(code: str, audience: ReasonAudience) -> CancellationReason:
    reason = db.session.scalar(
        select(CancellationReason).where(
            CancellationReason.code == code,
            CancellationReason.audience == audience,
            CancellationReason.active.is_(True),
        )
    )
    if reason is None:
        raise Invalid("请选择一个取消原因。", errors={"reason": ["请选择一个取消原因"]})
    return reason


def _clean(note: str | None) -> str | None:
    text = (note or "").strip()
    if len(text) > NOTE_LIMIT:
        raise Invalid(
            f"补充说明最多 {NOTE_LIMIT} 个字。",
            errors={"note": [f"最多 {NOTE_LIMIT} 个字，现在 {len(text)} 个字"]},
        )
    return text or None


def _cancel(
    interview: Interview,
    initiator: Initiator,
    reason: CancellationReason,
    note: str | None,
    *,
    staff: Staff | None = None,
    idempotency_key: str | None = None,
) -> Cancellation:
    """Change the interview and write the act; the UPDATE names the state it expects, so one of two wins."""
    now = clock.utc_now()
    status = interview_after(interview.status, InterviewAction.CANCEL)
    changed = db.session.execute(
        update(Interview)
        .where(Interview.id == interview.id, Interview.status == interview.status)
        .values(status=status, version=Interview.version + 1)
        .execution_options(synchronize_session=False)
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict("面试状态刚刚发生变化，请刷新后重试。")
    db.session.refresh(interview, ["status", "version"])
    decided = initiator is not Initiator.CANDIDATE
    cancellation = Cancellation(
        number=act.new_reference(),
        interview_id=interview.id,
        open_interview_id=interview.id,
        initiator=initiator,
        status=CancellationStatus.CONFIRMED if decided else CancellationStatus.REQUESTED,
        reason_id=reason.id,
        reason=reason,
        note=note,
        requested_at=now,
        requested_by_id=staff.id if staff else None,
        tell_by=clock.tell_by(now, timedelta(minutes=runtime().settings.clock.tell_within_minutes)),
        clock_due_at=None
        if decided
        else now + timedelta(minutes=runtime().settings.clock.remind_after_minutes),
        confirmed_at=now if decided else None,
        confirmed_by_id=staff.id if staff and decided else None,
        idempotency_key=idempotency_key,
    )
    db.session.add(cancellation)
    db.session.flush()
    return cancellation
