"""Control endpoints for mailboxes: what came, read, put into the calendar, as it came."""

from flask import Blueprint, Response, abort, jsonify

from server.wechat_sandbox.context import the_sandbox
from server.wechat_sandbox.mail.mailbox import GENERAL, find_mail, list_mail, mark
from server.wechat_sandbox.people import get_person

blueprint = Blueprint("mail", __name__, url_prefix="/sandbox")


@blueprint.get("/mail")
def show_general_mailbox() -> Response:
    """List the mail for addresses that belong to nobody in particular, newest first."""
    return jsonify(items=list_mail(the_sandbox(), GENERAL))


@blueprint.get("/people/<person_id>/mail")
def show_mailbox(person_id: str) -> Response:
    """List a person's mail, newest first."""
    get_person(person_id)
    items = list_mail(the_sandbox(), person_id)
    return jsonify(unread=sum(not mail["read"] for mail in items), items=items)


@blueprint.post("/people/<person_id>/mail/<mail_id>/read")
def read_mail(person_id: str, mail_id: str) -> tuple[str, int]:
    """Mark a message as read."""
    get_person(person_id)
    if not mark(the_sandbox(), person_id, mail_id, read=True):
        abort(404, "No such message.")
    return "", 204


@blueprint.post("/people/<person_id>/mail/<mail_id>/calendar")
def add_to_calendar(person_id: str, mail_id: str) -> tuple[str, int]:
    """Put a message's appointment into the phone's calendar."""
    get_person(person_id)
    mail = find_mail(the_sandbox(), person_id, mail_id)
    if mail is None or mail["calendar"] is None:
        abort(404, "No such appointment.")
    mark(the_sandbox(), person_id, mail_id, calendar=mail["calendar"] | {"added": True})
    return "", 204


@blueprint.get("/people/<person_id>/mail/<mail_id>/source")
def show_source(person_id: str, mail_id: str) -> Response:
    """Show a message as it came, headers and all."""
    get_person(person_id)
    mail = find_mail(the_sandbox(), person_id, mail_id)
    if mail is None:
        abort(404, "No such message.")
    return Response(mail["source"].encode("latin-1"), mimetype="text/plain")
