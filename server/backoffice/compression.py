"""Sends larger pages compressed, so that they load quickly on a phone without a proxy in front."""

import gzip
import io
import secrets

from flask import Response, request

_WORTH_IT = 2000  # bytes
_NOISE = 100  # bytes at most


def compress_page(response: Response) -> Response:
    """Compress a page for browsers that take it.

    The length of a compressed page can betray a secret that stands beside words an attacker chose (BREACH);
    a file name of random length in the header of the format blurs it.
    """
    takes = "gzip" in request.headers.get("Accept-Encoding", "")
    if response.mimetype != "text/html" or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    if not takes or len(body) < _WORTH_IT:
        return response
    packed = io.BytesIO()
    noise = secrets.token_hex(_NOISE)[: secrets.randbelow(_NOISE) + 1]
    with gzip.GzipFile(noise, "wb", 6, packed, 0) as file:
        file.write(body)
    response.set_data(packed.getvalue())
    response.headers["Content-Encoding"] = "gzip"
    return response
