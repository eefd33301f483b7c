"""A message the platform has taken: written down, on the phone, and its event on the way."""

import secrets
import time

from flask import Response

from server.wechat_sandbox.api.faults import cut_connection
from server.wechat_sandbox.context import Sandbox, iso, seconds_now
from server.wechat_sandbox.documents import Document


def record_accepted(
    sandbox: Sandbox, person: Document, account: str, template_id: str, client_msg_id: str | None = None
) -> int:
    """Write an accepted message down and return its msgid, 19 digits."""
    msgid = 3 * 10**18 + secrets.randbelow(10**18)
    accepted = {
        "person": person["id"],
        "account": account,
        "template_id": template_id,
        "client_msg_id": client_msg_id,
        "msgid": str(msgid),
        "accepted_at": iso(seconds_now()),
    }
    sandbox.documents.put("accepted", str(msgid), accepted)
    return msgid


def answer_as_person_lets(person: Document, answer: Response) -> Response:
    """Give the answer late, or not at all, when this person's behaviour says so."""
    behaviour = person["behaviour"]
    time.sleep(behaviour.get("slow_seconds", 0))
    return cut_connection() if behaviour.get("loses_answer") else answer
