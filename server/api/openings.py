"""The page behind a card reports that it was opened."""

from typing import Any

from flask_smorest import Blueprint

from server.api.auth import candidate_required, current_candidate
from server.api.schemas import OpenedSchema, OpeningSchema, ProblemSchema
from server.services.openings import report_opened_by_candidate

blueprint = Blueprint("openings", __name__, description="Opened cards")


@blueprint.post("/openings")
@blueprint.arguments(OpeningSchema)
@blueprint.response(200, OpenedSchema)
@blueprint.alt_response(404, schema=ProblemSchema)
@candidate_required
def report(body: dict[str, Any]) -> dict[str, Any]:
    """A card of this candidate is open; anybody else's is not found."""
    notice = report_opened_by_candidate(body["token"], current_candidate().id, body.get("scene"))
    return {"notice_id": notice.id, "interview_id": notice.interview_id, "event": notice.event.value}
