"""The way from a phone to the web server: what wx.request reaches, under /backend/."""

from collections.abc import Iterator

import urllib3
from flask import Blueprint, Response, jsonify, request

from server.wechat_sandbox.context import the_sandbox

blueprint = Blueprint("backend", __name__)

_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]
_CONNECT_SECONDS, _READ_SECONDS = 5.0, 60.0
# Headers that belong to one connection only, and cookies, which wx.request neither sends nor keeps.
_DROPPED = {
    "connection",
    "content-length",
    "cookie",
    "host",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "referer",
    "server",
    "date",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
}
_http = urllib3.PoolManager(maxsize=32, retries=False)


@blueprint.route("/backend/", defaults={"path": ""}, methods=_METHODS)
@blueprint.route("/backend/<path:path>", methods=_METHODS)
def forward(path: str) -> Response | tuple[Response, int]:
    """Pass a request on and stream the answer back; 502 when the web server does not answer."""
    sandbox = the_sandbox()
    headers = {name: value for name, value in request.headers if name.lower() not in _DROPPED}
    # Source: 小程序文档 · 网络（referer 不可设置）; "devtools" stands where a release has its version.
    appid = sandbox.account("miniprogram").appid
    headers["Referer"] = f"https://servicewechat.com/{appid}/devtools/page-frame.html"
    query = request.query_string.decode()
    try:
        answer = _http.request(
            request.method,
            f"{sandbox.backend_url}/{path}{'?' if query else ''}{query}",
            body=request.get_data() or None,
            headers=headers,
            timeout=urllib3.Timeout(connect=_CONNECT_SECONDS, read=_READ_SECONDS),
            preload_content=False,
            decode_content=False,
            redirect=False,
        )
    except urllib3.exceptions.HTTPError:
        return jsonify(error="The web server does not answer."), 502
    response = Response(_pieces(answer), status=answer.status)
    response.headers.clear()
    for name, value in answer.headers.items():
        if name.lower() not in _DROPPED:
            response.headers.add(name, value)
    return response


def _pieces(answer: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
    try:
        yield from answer.stream(16_384, decode_content=False)
    finally:
        answer.release_conn()
