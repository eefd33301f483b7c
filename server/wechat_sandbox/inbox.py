"""服务通知: the cards that arrived on a person's phone."""

import uuid
from typing import Any

from server.wechat_sandbox.config import Template
from server.wechat_sandbox.context import Sandbox, iso, seconds_now
from server.wechat_sandbox.documents import Document

Card = dict[str, Any]


def deliver_card(
    sandbox: Sandbox,
    person_id: str,
    template: Template,
    values: dict[str, str],
    *,
    page: str | None = None,
    url: str | None = None,
    miniprogram: dict[str, str] | None = None,
) -> Card:
    """Put a card on top of a person's inbox and return it."""
    card: Card = {
        "id": uuid.uuid4().hex,
        "account": template.account,
        "title": template.title,
        "template_id": template.id,
        "fields": [
            {"key": key, "label": label, "value": values.get(key, "")}
            for key, label in template.fields.items()
        ],
        "page": page,
        "url": url,
        "miniprogram": miniprogram,
        "received_at": iso(seconds_now()),
        "read": False,
    }
    sandbox.documents.put(f"inbox/{person_id}", card["id"], card)
    return card


def list_cards(sandbox: Sandbox, person_id: str) -> list[Document]:
    """Return a person's cards, newest first."""
    return sandbox.documents.list(f"inbox/{person_id}")[::-1]


def mark_read(sandbox: Sandbox, person_id: str, card_id: str) -> bool:
    """Take the red dot from a card; False when the person has no such card."""
    with sandbox.documents.change():
        card = sandbox.documents.find(f"inbox/{person_id}", card_id)
        if card is None:
            return False
        sandbox.documents.put(f"inbox/{person_id}", card_id, card | {"read": True})
        return True
