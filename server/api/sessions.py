"""Signing in."""

from typing import Any

from flask import request
from flask_smorest import Blueprint

from server.api.schemas import ProblemSchema, SessionSchema, SignInSchema
from server.domain.clock import iso_utc
from server.runtime import runtime
from server.services.candidate_sign_in import sign_in_candidate

blueprint = Blueprint("sessions", __name__, description="Signing in by wx.login")


@blueprint.post("/sessions")
@blueprint.arguments(SignInSchema)
@blueprint.response(201, SessionSchema)
@blueprint.alt_response(401, schema=ProblemSchema, description="`login_code_invalid`")
@blueprint.alt_response(403, schema=ProblemSchema, description="`login_blocked`")
@blueprint.alt_response(404, schema=ProblemSchema, description="`invite_unknown`")
@blueprint.alt_response(409, schema=ProblemSchema, description="`invite_taken`")
@blueprint.alt_response(503, schema=ProblemSchema, description="`wechat_unavailable`")
def create(body: dict[str, Any]) -> dict[str, Any]:
    """Sign in by a code of wx.login; with `invite`, bind this WeChat to the invitation's candidate."""
    signed_in = sign_in_candidate(body["code"], body.get("invite"), request.remote_addr)
    return {
        "token": signed_in.token,
        "expires_at": iso_utc(signed_in.expires_at),
        "candidate": {"name": signed_in.candidate.name} if signed_in.candidate else None,
        "interview_id": signed_in.interview_id,
        "templates": runtime().settings.wechat.miniprogram.templates,
    }
