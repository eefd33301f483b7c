"""Confirming what a candidate cancelled, and cancelling one interview for the company."""

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from server.backoffice.blueprint import blueprint
from server.backoffice.current_staff import current_actor, current_staff
from server.backoffice.pending import board_values
from server.backoffice.records import record_values, version_of, why_not_cancellable
from server.backoffice.rendering import render_done, say, wants_part
from server.domain.errors import Conflict, Invalid, InvalidTransition, NotFound
from server.domain.events import Event
from server.domain.permissions import Permission
from server.domain.reasons import NOTE_LIMIT, ReasonAudience
from server.errors import status_of
from server.models import Cancellation, Interview
from server.queries.board import candidate_messages
from server.queries.cancellations import get_cancellation_for_staff
from server.queries.consents import open_consents
from server.queries.interviews import get_for_staff, may
from server.queries.reasons import list_reasons
from server.runtime import runtime
from server.services import cancellations as service
from server.services.notices import preview_notice


@blueprint.get("/cancellations/<int:cancellation_id>", endpoint="show_cancellation")
def show_cancellation(cancellation_id: int) -> str:
    """One cancellation as HR's phone shows it; `d` is the token of the alert that led here."""
    values = _phone_values(cancellation_id)
    template = "cancellations/_phone.html" if wants_part() else "cancellations/phone.html"
    return render_template(template, alert=request.args.get("d"), **values)


def _phone_values(cancellation_id: int) -> dict[str, Any]:
    staff = current_staff()
    cancellation = get_cancellation_for_staff(cancellation_id, staff)
    version = version_of(cancellation.interview)
    return {
        "cancellation": cancellation,
        "interview": cancellation.interview,
        "message": candidate_messages([cancellation.id]).get(cancellation.id),
        "may_confirm": may(staff, Permission.CONFIRM_CANCELLATION, cancellation.interview),
        "version": version,
    }


@blueprint.post("/cancellations/<int:cancellation_id>/confirmation", endpoint="confirm_cancellation")
def confirm_cancellation(cancellation_id: int) -> BaseResponse:
    """Confirm with one click, from the board, the record or the phone; again it changes nothing."""
    cancellation, made = service.confirm_cancellation(cancellation_id, current_staff(), current_actor())
    words = _confirmed_words(cancellation, made)
    view = request.form.get("view", "board")
    if wants_part():
        match view:
            case "record":
                return render_done("records/_record.html", words, **record_values(cancellation.interview_id))
            case "phone":
                return render_done("cancellations/_phone.html", words, **_phone_values(cancellation.id))
            case _:
                return render_done("pending/_board.html", words, **board_values())
    say(words)
    target = {
        "record": url_for("backoffice.show_record", interview_id=cancellation.interview_id),
        "phone": url_for("backoffice.show_cancellation", cancellation_id=cancellation.id),
    }
    return redirect(target.get(view) or url_for("backoffice.show_pending"), 303)


def _confirmed_words(cancellation: Cancellation, made: bool) -> str:
    name = cancellation.interview.candidate.name
    if made:
        return f"已确认取消，正在通知{name}。"
    by = cancellation.confirmed_by.name if cancellation.confirmed_by else "系统"
    return f"{name}的取消此前已由{by}确认，没有重复通知。"


@blueprint.get("/interviews/<int:interview_id>/cancel", endpoint="plan_cancellation")
def plan_cancellation(interview_id: int) -> str | BaseResponse:
    """Who is affected, what they will read, whether it reaches them; for htmx the preview alone."""
    interview = _cancellable(interview_id)
    if words := why_not_cancellable(interview):
        return _back_to_record(interview_id, words, "refused")
    chosen = request.args.get("reason")
    if wants_part():
        return render_template("cancellations/_preview.html", **_preview_values(interview, chosen))
    return _plan(interview, chosen, "", {})


@blueprint.post("/interviews/<int:interview_id>/cancel", endpoint="cancel_interview")
def cancel_interview(interview_id: int) -> tuple[str, int] | BaseResponse:
    """Cancel for the company; a refusal keeps what was typed."""
    interview = _cancellable(interview_id)
    reason, note = request.form.get("reason", ""), request.form.get("note", "")
    try:
        cancellation = service.cancel_interview(interview.id, current_staff(), current_actor(), reason, note)
    except Invalid as error:
        return _plan(_cancellable(interview_id), reason, note, error.errors), status_of(error)
    except (Conflict, InvalidTransition) as error:
        return _back_to_record(interview_id, error.message, "refused")
    words = f"已取消这场面试，取消编号 {cancellation.number}。下方可以看到给候选人的通知到了哪一步。"
    return _back_to_record(interview_id, words)


def _back_to_record(interview_id: int, words: str, kind: str = "done") -> BaseResponse:
    say(words, kind)
    return redirect(url_for("backoffice.show_record", interview_id=interview_id), 303)


def _cancellable(interview_id: int) -> Interview:
    staff = current_staff()
    interview = get_for_staff(interview_id, staff)
    if not may(staff, Permission.CANCEL_INTERVIEW, interview):
        raise NotFound("没有找到这场面试，或不在您负责的范围内。")
    return interview


def _plan(interview: Interview, chosen: str | None, note: str, errors: dict[str, list[str]]) -> str:
    template_id = runtime().settings.wechat.miniprogram.templates["cancellation_result"]
    return render_template(
        "cancellations/plan.html",
        interview=interview,
        reasons=list_reasons(ReasonAudience.STAFF),
        chosen=chosen,
        note=note,
        note_limit=NOTE_LIMIT,
        errors=errors,
        consents=open_consents(interview.candidate_id, template_id),
        **_preview_values(interview, chosen),
    )


def _preview_values(interview: Interview, chosen: str | None) -> dict[str, Any]:
    labels = {reason.code: reason.label_zh for reason in list_reasons(ReasonAudience.STAFF)}
    preview = preview_notice(Event.CANCELLED_BY_COMPANY, interview, labels.get(chosen or ""))
    return {"preview": preview}
