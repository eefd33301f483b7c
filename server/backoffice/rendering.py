"""Pages and their changing parts: htmx asks for the part, everybody else gets the whole page."""

import json

from flask import Response, flash, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError


def wants_part() -> bool:
    """Whether htmx asks for the part it swaps; going back in the history needs the whole page."""
    return bool(request.headers.get("HX-Request")) and not request.headers.get("HX-History-Restore-Request")


def render_page(page: str, part: str, **values: object) -> str:
    """The template `part` for htmx, else the template `page` that includes it."""
    return render_template(part if wants_part() else page, **values)


def render_done(part: str, words: str, kind: str = "done", /, **values: object) -> Response:
    """The answer to an act by htmx: the part as it is now, and `words` for the page to say.

    `kind` is whether something is `done` or was `refused`.
    """
    response = make_response(render_template(part, **values))
    response.headers["HX-Trigger"] = json.dumps({"yuemian:said": {"words": words, "kind": kind}})
    return response


def say(words: str, kind: str = "done") -> None:
    """Have the next whole page say `words`: that something is `done`, or why it was `refused`."""
    flash(words, kind)


def page_expired(_error: CSRFError) -> tuple[str, int]:
    """A form came without the token of its session: the page is old, or it was not ours."""
    message = "页面已过期，请刷新后再试一次。"
    return render_template(
        "error.html", status=400, message=message, request_id=g.get("request_id", "-")
    ), 400
