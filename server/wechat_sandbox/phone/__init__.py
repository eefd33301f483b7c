"""Serves the phones in the browser: their pages, their files and the mini-program's source."""

import base64
import hashlib
import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from flask import Blueprint, Response, jsonify, redirect, request, send_from_directory
from werkzeug.wrappers import Response as BaseResponse

from server.wechat_sandbox.config import PROJECT
from server.wechat_sandbox.context import the_sandbox

blueprint = Blueprint("phone", __name__, url_prefix="/phone")

HERE = Path(__file__).resolve().parent
MINIPROGRAM = Path(os.environ.get("YUEMIAN_SANDBOX_MINIPROGRAM", PROJECT / "miniprogram")).resolve()
SOURCE_KINDS = {".js", ".json", ".wxml", ".wxs", ".wxss"}

_INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
_LOCAL = "http://127.0.0.1:* http://localhost:*"


@blueprint.get("/")
def show_candidate_phone() -> Response:
    """The candidate's phone; ?person= says whose."""
    return _page("index.html")


@blueprint.get("/hr")
def show_staff_phone() -> BaseResponse:
    """The recruiter's phone; ?person= says whose.

    Browsers keep cookies by host name, so the phone goes by "localhost": it stays a device of its own beside
    a desk that has the back office open as 127.0.0.1 in the same browser.
    """
    if urlsplit(request.host_url).hostname == "127.0.0.1":
        return redirect(request.url.replace("127.0.0.1", "localhost", 1))
    return _page("hr.html")


@blueprint.get("/source.json")
def show_source() -> Response:
    """Every text file of the mini-program: {"files": {"app.json": "…"}}."""
    files = {
        file.relative_to(MINIPROGRAM).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(MINIPROGRAM.rglob("*"))
        if file.suffix in SOURCE_KINDS and file.is_file() and "node_modules" not in file.parts
    }
    return jsonify(files=files)


@blueprint.get("/accounts.json")
def show_accounts() -> Response:
    """What a phone calls the accounts, by kind, and the templates with their fields, by id."""
    configuration = the_sandbox().configuration
    return jsonify(
        accounts={kind: {"name": account.name} for kind, account in configuration.accounts.items()},
        templates={
            template.id: {"id": template.id, "title": template.title, "fields": template.fields}
            for template in configuration.templates.values()
        },
    )


@blueprint.get("/miniprogram/<path:name>")
def show_miniprogram_file(name: str) -> Response:
    """One file of the mini-program as it is, such as an image."""
    return send_from_directory(MINIPROGRAM, name)


@blueprint.get("/static/<path:name>")
def show_static(name: str) -> Response:
    """The phone's own scripts and styles."""
    return send_from_directory(HERE / "static", name)


@blueprint.get("/vendor/<path:name>")
def show_vendor(name: str) -> Response:
    """The component engine and the template compiler."""
    return send_from_directory(HERE / "vendor", name, mimetype=_mimetype(name))


@blueprint.after_request
def never_store(response: Response) -> Response:
    """The source on the disk is what runs: nothing of it may come from a cache."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _page(name: str) -> Response:
    response = send_from_directory(HERE, name)
    response.direct_passthrough = False
    response.headers["Content-Security-Policy"] = _policy(response.get_data())
    return response


def _policy(html: bytes) -> str:
    """Allow the page's own scripts; inline ones, such as an import map, by their hash."""
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(text).digest()).decode()}'"
        for text in _INLINE_SCRIPT.findall(html)
    )
    # The template compiler is WebAssembly and its output is evaluated; nowhere else is that allowed.
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src 'self' blob: 'unsafe-eval' 'wasm-unsafe-eval' {hashes}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            f"frame-src 'self' {_LOCAL}",
            f"frame-ancestors 'self' {_LOCAL}",
            "object-src 'none'",
            "base-uri 'none'",
        ]
    )


def _mimetype(name: str) -> str | None:
    # instantiateStreaming refuses WebAssembly under any other name, and not every system knows it.
    return "application/wasm" if name.endswith(".wasm") else None
