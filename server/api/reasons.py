"""Reasons a candidate can choose."""

from typing import Any

from flask_smorest import Blueprint

from server.api.auth import candidate_required
from server.api.schemas import ReasonListSchema
from server.domain.reasons import ReasonAudience
from server.queries.reasons import list_reasons

blueprint = Blueprint("reasons", __name__, description="Reasons to cancel")


@blueprint.get("/reasons")
@blueprint.response(200, ReasonListSchema)
@candidate_required
def index() -> dict[str, Any]:
    """The reasons in the order in which they are offered."""
    return {
        "items": [
            {
                "code": reason.code,
                "label": reason.label_zh,
                "asks_note": reason.asks_note,
                "offers_new_time": reason.offers_new_time,
            }
            for reason in list_reasons(ReasonAudience.CANDIDATE)
        ]
    }
