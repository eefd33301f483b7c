"""Security headers of every page: only our own files run, only known sites may frame us, nothing is kept."""

from flask import Response, request

from server.runtime import runtime

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)
_OTHERS = ("/api/", "/webhooks/")


def add_page_headers(response: Response) -> Response:
    """Add the headers to a page of the back office, an error page included."""
    if request.path.startswith(_OTHERS):
        return response
    ancestors = " ".join(runtime().settings.security.frame_ancestors)
    response.headers.setdefault("Content-Security-Policy", _POLICY.format(ancestors=ancestors))
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Cache-Control", "no-store")
    response.vary.add("HX-Request")
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response
