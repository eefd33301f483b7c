"""Style sheets, scripts and icons: an address that changes with the content, kept by browsers for a year."""

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Response, abort, request, url_for
from markupsafe import Markup, escape
from werkzeug.security import safe_join

from server.backoffice.blueprint import blueprint

FOLDER = Path(__file__).parent / "static"
_ICONS = FOLDER / "vendor" / "icons"
_SPRITE = "icons.svg"
_YEAR = 31_536_000  # seconds
_COMPRESSIBLE = re.compile(r"^(text/|application/javascript|image/svg)")
_SVG_BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


@dataclass(frozen=True)
class StaticFile:
    """A file as it is sent; `gzipped` is None where compressing gains nothing."""

    body: bytes
    gzipped: bytes | None
    tag: str
    mimetype: str


@blueprint.get("/static/<path:name>", endpoint="static_file")
def send_static_file(name: str) -> Response:
    """One file; under its current tag it may be kept for a year, under any other it is asked for again."""
    found = _find(name)
    if found is None:
        abort(404)
    accepts_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    packed = found.gzipped if accepts_gzip else None
    response = Response(packed or found.body, mimetype=found.mimetype)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    current = request.args.get("v") == found.tag
    response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable" if current else "no-cache"
    response.set_etag(found.tag + ("-gzip" if packed else ""))
    return response.make_conditional(request)  # type: ignore[return-value]


def static_url(name: str) -> str:
    """The address of a file of `static/`, with the tag of its content."""
    found = _find(name)
    return url_for("backoffice.static_file", name=name, v=found.tag if found else None)


def icon(name: str, label: str | None = None) -> Markup:
    """An icon of the sprite; decoration unless it has a `label`, which screen readers then say."""
    use = Markup('<use href="{}#{}"></use>').format(static_url(_SPRITE), name)
    if label is None:
        return Markup('<svg class="icon" aria-hidden="true" focusable="false">{}</svg>').format(use)
    return Markup('<svg class="icon" role="img" aria-label="{}">{}</svg>').format(escape(label), use)


def _find(name: str) -> StaticFile | None:
    if name == _SPRITE:
        return _sprite()
    path = safe_join(str(FOLDER), name)
    if path is None or not Path(path).is_file():
        return None
    return _load(Path(path), Path(path).stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _load(path: Path, _changed_at: int) -> StaticFile:
    mimetype = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return _packed(path.read_bytes(), mimetype)


@lru_cache(maxsize=1)
def _sprite() -> StaticFile:
    """All icons in one file, each to be shown by its name: a page then names an icon in a few bytes."""
    symbols = []
    for path in sorted(_ICONS.glob("*.svg")):
        body = _SVG_BODY.search(path.read_text(encoding="utf-8"))
        if body:
            inner = " ".join(body.group(1).split())
            symbols.append(
                f'<symbol id="{path.stem}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
                f'stroke-width="2" stroke-linecap="round" stroke-linejoin="round">{inner}</symbol>'
            )
    text = f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>'
    return _packed(text.encode(), "image/svg+xml")


def _packed(body: bytes, mimetype: str) -> StaticFile:
    packed = gzip.compress(body, 9, mtime=0) if _COMPRESSIBLE.match(mimetype) else None
    tag = hashlib.sha256(body).hexdigest()[:12]
    return StaticFile(body, packed if packed and len(packed) < len(body) else None, tag, mimetype)
