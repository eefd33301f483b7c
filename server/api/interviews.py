"""A candidate's interviews: shown, confirmed, cancelled."""

from typing import Any

from flask_smorest import Blueprint

from server.api.auth import candidate_required, current_actor, current_candidate
from server.api.schemas import (
    CancelHeadersSchema,
    CancelSchema,
    InterviewListSchema,
    InterviewSchema,
    ProblemSchema,
)
from server.api.views import interview_view
from server.queries import interviews as queries
from server.services.cancellations import request_cancellation
from server.services.interviews import confirm_attendance

blueprint = Blueprint("interviews", __name__, description="The candidate's interviews")


@blueprint.get("/interviews")
@blueprint.response(200, InterviewListSchema)
@blueprint.alt_response(401, schema=ProblemSchema)
@candidate_required
def index() -> dict[str, Any]:
    """All interviews of the candidate: coming ones first, then past ones."""
    rows = queries.list_for_candidate(current_candidate().id)
    standing = queries.standing_cancellations([row.id for row in rows])
    return {"items": [interview_view(row, standing.get(row.id)) for row in rows]}


@blueprint.get("/interviews/<int:interview_id>")
@blueprint.response(200, InterviewSchema)
@blueprint.alt_response(401, schema=ProblemSchema)
@blueprint.alt_response(404, schema=ProblemSchema)
@candidate_required
def show(interview_id: int) -> dict[str, Any]:
    """One interview; somebody else's is not found."""
    return _view(interview_id)


@blueprint.post("/interviews/<int:interview_id>/confirmation")
@blueprint.response(200, InterviewSchema)
@blueprint.alt_response(401, schema=ProblemSchema)
@blueprint.alt_response(404, schema=ProblemSchema)
@blueprint.alt_response(409, schema=ProblemSchema, description="`invalid_transition`, `interview_over`")
@candidate_required
def confirm(interview_id: int) -> dict[str, Any]:
    """The candidate will come; said again, nothing changes."""
    confirm_attendance(interview_id, current_actor())
    return _view(interview_id)


@blueprint.post("/interviews/<int:interview_id>/cancellation")
@blueprint.arguments(CancelHeadersSchema, location="headers", unknown="exclude")
@blueprint.arguments(CancelSchema)
@blueprint.response(201, InterviewSchema)
@blueprint.alt_response(200, schema=InterviewSchema, description="It was cancelled already: the first result")
@blueprint.alt_response(401, schema=ProblemSchema)
@blueprint.alt_response(404, schema=ProblemSchema)
@blueprint.alt_response(
    409, schema=ProblemSchema, description="`invalid_transition`, `already_submitted`, `interview_over`"
)
@blueprint.alt_response(422, schema=ProblemSchema)
@candidate_required
def cancel(headers: dict[str, Any], body: dict[str, Any], interview_id: int) -> tuple[dict[str, Any], int]:
    """The candidate cancels, with a reason; HR is asked to confirm."""
    _, created = request_cancellation(
        interview_id, current_actor(), body["reason"], body.get("note"), headers["idempotency_key"]
    )
    return _view(interview_id), 201 if created else 200


def _view(interview_id: int) -> dict[str, Any]:
    interview = queries.get_for_candidate(interview_id, current_candidate().id)
    return interview_view(interview, queries.standing_cancellations([interview.id]).get(interview.id))
