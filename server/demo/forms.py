"""Finds the forms of a page, for a visitor without a browser."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """A form that is sent by POST: where it goes, what it carries already, and the page it stands on."""

    action: str
    page: str
    fields: dict[str, str] = field(default_factory=dict)


def find_forms(html: str, page: str) -> list[Form]:
    """All forms of the page at path `page` that are sent by POST."""
    parser = _FormParser(page)
    parser.feed(html)
    return parser.forms


class _FormParser(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._page = page
        self._open: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method", "").lower() == "post":
            self._open = Form(given.get("action") or self._page, self._page)
            self.forms.append(self._open)
        elif tag == "input" and self._open is not None and given.get("name"):
            self._open.fields[given["name"]] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
