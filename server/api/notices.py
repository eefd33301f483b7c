"""Notices to a candidate: read and acknowledged."""

from typing import Any

from flask_smorest import Blueprint

from server.api.auth import candidate_required, current_candidate
from server.api.schemas import NoticeListSchema, NoticeSchema, ProblemSchema
from server.api.views import notice_view
from server.queries import notices as queries
from server.services.openings import acknowledge_notice

blueprint = Blueprint("notices", __name__, description="What the candidate was told")


@blueprint.get("/notices")
@blueprint.response(200, NoticeListSchema)
@candidate_required
def index() -> dict[str, Any]:
    """All notices, newest first."""
    return {"items": [notice_view(row) for row in queries.list_for_candidate(current_candidate().id)]}


@blueprint.get("/notices/<int:notice_id>")
@blueprint.response(200, NoticeSchema)
@blueprint.alt_response(404, schema=ProblemSchema)
@candidate_required
def show(notice_id: int) -> dict[str, Any]:
    """One notice in full; looking at it is no acknowledgement."""
    return notice_view(queries.get_for_candidate(notice_id, current_candidate().id))


@blueprint.post("/notices/<int:notice_id>/acknowledgement")
@blueprint.response(200, NoticeSchema)
@blueprint.alt_response(404, schema=ProblemSchema)
@candidate_required
def acknowledge(notice_id: int) -> dict[str, Any]:
    """我已知晓; said again, nothing changes."""
    candidate_id = current_candidate().id
    acknowledge_notice(notice_id, candidate_id)
    return notice_view(queries.get_for_candidate(notice_id, candidate_id))
