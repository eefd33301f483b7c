"""What becomes of a notice while a test watches."""

from flask.testing import FlaskClient

from server.db import db, transaction
from server.domain.delivery import DeliveryAction
from server.models import Notice
from server.services.deliveries import advance
from server.services.notice_steps import advance_notices
from tests import builders

_A = DeliveryAction


def answered(notice: Notice, *actions: DeliveryAction, words: str | None = None) -> None:
    """The newest message of a notice gets these answers, with the provider's `words`."""
    with transaction():
        delivery = builders.last_delivery(notice.id)
        for action in actions:
            advance(delivery, action, words=words, raw={"errcode": 43101} if words else None)
        delivery.error_words = words


def unreached(notice: Notice) -> None:
    """WeChat refuses, the SMS fails, and there is no e-mail address."""
    answered(notice, _A.CLAIM, _A.REFUSE)
    advance_notices()
    answered(notice, _A.CLAIM, _A.FAIL, words="号码停机或不存在。")
    advance_notices()


def now(notice: Notice) -> Notice:
    """The notice as it stands."""
    db.session.rollback()
    return db.session.get_one(Notice, notice.id, populate_existing=True)


def shown(client: FlaskClient, page: str) -> dict[str, str]:
    """What a page that follows has shown so far."""
    state = client.get("/follow", query_string={"page": page}).get_json()
    return {"page": page, "v": state["version"], "n": state["waiting"], "t": state["trouble"] or ""}
