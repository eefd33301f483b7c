"""Consents to be sent a message, as the page saw them."""

from typing import Any

from flask_smorest import Blueprint

from server.api.auth import candidate_required, current_candidate
from server.api.schemas import ConsentSchema
from server.services.subscriptions import report_consents

blueprint = Blueprint("subscriptions", __name__, description="Consents to subscription messages")


@blueprint.post("/subscriptions")
@blueprint.arguments(ConsentSchema)
@blueprint.response(204)
@candidate_required
def report(body: dict[str, Any]) -> None:
    """What wx.requestSubscribeMessage answered."""
    report_consents(current_candidate().id, body["results"])
