"""A server on the loopback that answers as a test tells it to and remembers what it was asked."""

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN_PATH = "/cgi-bin/stable_token"


@dataclass
class Asked:
    method: str
    path: str
    query: dict[str, str]
    raw: bytes
    client: tuple[str, int]

    @property
    def json(self) -> Any:
        return json.loads(self.raw)


@dataclass
class Answer:
    """`cut` closes the connection after so many bytes; `trickle` waits so long after each byte."""

    body: bytes
    status: int = 200
    content_type: str = "application/json; encoding=utf-8"
    delay: float = 0.0
    cut: int | None = None
    trickle: float = 0.0


def as_json(body: Any, **more: Any) -> Answer:
    return Answer(json.dumps(body, ensure_ascii=False).encode(), **more)


@dataclass
class LoopbackWeChat:
    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    answers: dict[str, Callable[[Asked], Answer] | Answer] = field(default_factory=dict)
    token: str = "first-token-0000000000000000000000"
    expires_in: int = 7200

    def asked_for(self, path: str) -> list[Asked]:
        return [one for one in self.asked if one.path == path]

    @property
    def fetches(self) -> int:
        return len(self.asked_for(TOKEN_PATH))

    def answer(self, asked: Asked) -> Answer:
        chosen = self.answers.get(asked.path)
        if callable(chosen):
            return chosen(asked)
        if chosen is None and asked.path == TOKEN_PATH:
            return as_json({"access_token": self.token, "expires_in": self.expires_in})
        return chosen or as_json({"errcode": 0, "errmsg": "ok"})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Header and body go out in two writes; with Nagle's delay every answer would cost 40 ms.
    disable_nagle_algorithm = True
    wechat: LoopbackWeChat

    def _serve(self) -> None:
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        asked = Asked(self.command, url.path, query, raw, self.client_address)
        self.wechat.asked.append(asked)
        answer = self.wechat.answer(asked)
        time.sleep(answer.delay)
        if answer.cut == 0:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self._write(answer)

    def _write(self, answer: Answer) -> None:
        body = answer.body[: answer.cut]
        try:
            if answer.trickle:
                for byte in body:
                    self.wfile.write(bytes([byte]))
                    time.sleep(answer.trickle)
            else:
                self.wfile.write(body)
        except OSError:
            self.close_connection = True
        if answer.cut is not None:
            self.close_connection = True

    do_GET = do_POST = _serve  # noqa: N815 - the names http.server looks for

    def log_message(self, *args: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def serve(wechat: LoopbackWeChat, context: ssl.SSLContext | None = None) -> ThreadingHTTPServer:
    """Start serving `wechat` in a thread of its own, over TLS with a `context`; the caller shuts it down."""
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"wechat": wechat}))
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    wechat.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    return server
