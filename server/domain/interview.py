"""The life of one interview."""

from datetime import datetime
from enum import StrEnum

from server.domain.transitions import next_state


class InterviewStatus(StrEnum):
    """Where an interview stands."""

    INVITED = "invited"
    CONFIRMED = "confirmed"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


class InterviewAction(StrEnum):
    """What can be done to an interview."""

    CONFIRM = "confirm"
    CANCEL = "cancel"
    REINSTATE = "reinstate"
    COMPLETE = "complete"
    MISS = "miss"


_S, _A = InterviewStatus, InterviewAction

TRANSITIONS: dict[tuple[InterviewStatus, InterviewAction], InterviewStatus] = {
    (_S.INVITED, _A.CONFIRM): _S.CONFIRMED,
    (_S.CONFIRMED, _A.CONFIRM): _S.CONFIRMED,  # the second tap
    (_S.INVITED, _A.CANCEL): _S.CANCELLED,
    (_S.CONFIRMED, _A.CANCEL): _S.CANCELLED,
    # Whoever takes a cancellation back means to come, so the interview is confirmed, not merely invited.
    (_S.CANCELLED, _A.REINSTATE): _S.CONFIRMED,
    (_S.INVITED, _A.COMPLETE): _S.COMPLETED,
    (_S.CONFIRMED, _A.COMPLETE): _S.COMPLETED,
    (_S.NO_SHOW, _A.COMPLETE): _S.COMPLETED,  # the result of the AI interview arrived late
    (_S.COMPLETED, _A.COMPLETE): _S.COMPLETED,
    (_S.INVITED, _A.MISS): _S.NO_SHOW,
    (_S.CONFIRMED, _A.MISS): _S.NO_SHOW,
    (_S.NO_SHOW, _A.MISS): _S.NO_SHOW,
}

STATUS_TEXT = {
    _S.INVITED: "待确认",
    _S.CONFIRMED: "已确认参加",
    _S.COMPLETED: "已完成",
    _S.CANCELLED: "已取消",
    _S.NO_SHOW: "未参加",
}


def after(status: InterviewStatus, action: InterviewAction) -> InterviewStatus:
    """The status after `action`; raises InvalidTransition where the table lists none."""
    return next_state(TRANSITIONS, status, action)


class Obstacle(StrEnum):
    """Why an interview can no longer be cancelled."""

    ALREADY_CANCELLED = "already_cancelled"
    ALREADY_SUBMITTED = "already_submitted"
    FINISHED = "interview_finished"
    OVER = "interview_over"


OBSTACLE_TEXT = {
    Obstacle.ALREADY_CANCELLED: "这场面试已经取消。",
    Obstacle.ALREADY_SUBMITTED: "这场 AI 面试已提交，不能再取消。",
    Obstacle.FINISHED: "这场面试已经结束，不能再取消。",
    Obstacle.OVER: "这场面试的时间已过，不能再取消。",
}


def obstacle_to_cancelling(
    status: InterviewStatus, submitted_at: datetime | None, ends_at: datetime, now: datetime
) -> Obstacle | None:
    """What stands in the way of cancelling, whoever wants to; None when nothing does."""
    if status is _S.CANCELLED:
        return Obstacle.ALREADY_CANCELLED
    if submitted_at is not None:
        return Obstacle.ALREADY_SUBMITTED
    if (status, _A.CANCEL) not in TRANSITIONS:
        return Obstacle.FINISHED
    return Obstacle.OVER if ends_at <= now else None
