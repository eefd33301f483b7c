"""A web server that takes pushes and keeps them, decrypted by an independent implementation."""

import json
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import xmltodict
from wechatpy.crypto import WeChatCrypto

KEYS = {
    "/webhooks/wechat/miniprogram": (
        "sandboxpushminiprogram",
        "yuemianSandboxMiniProgramAesKey000000000000",
        "wxa1d0c0ffee000001",
    ),
    "/webhooks/wechat/official-account": (
        "sandboxpushofficial",
        "yuemianSandboxOfficialAccountAesKey00000000",
        "wxa1d0c0ffee000002",
    ),
}


@dataclass
class Push:
    """One POST as it came, and the event in it."""

    path: str
    query: dict[str, str]
    raw: bytes
    content_type: str
    event: dict[str, Any]
    at: float


@dataclass
class SmsReport:
    """One push of an SMS provider: the address with its token, and the one report in it."""

    path: str
    report: dict[str, Any]


# What each provider wants to hear.
SMS_THANKS = {"aliyun": b'{"code": 0, "msg": "OK"}', "tencent": b'{"result": 0, "errmsg": "OK"}'}


class Receiver:
    """Takes pushes on a port of its own; `answers` are the statuses of the next ones, then 200."""

    def __init__(self) -> None:
        self.pushes: list[Push] = []
        self.sms_reports: list[SmsReport] = []
        self.answers: list[int] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_for(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def events(self, name: str) -> list[dict[str, Any]]:
        """The events of one name, in the order of their arrival."""
        return [push.event for push in self.pushes if push.event["Event"] == name]

    def wait_for(self, name: str, count: int = 1, seconds: float = 5) -> list[dict[str, Any]]:
        """Wait until so many events of this name are there."""
        deadline = time.monotonic() + seconds
        while len(self.events(name)) < count:
            assert time.monotonic() < deadline, f"{len(self.events(name))} of {count} {name}"
            time.sleep(0.02)
        return self.events(name)

    def wait_for_sms(self, count: int = 1, seconds: float = 5) -> list["SmsReport"]:
        """Wait until so many status reports are there."""
        deadline = time.monotonic() + seconds
        while len(self.sms_reports) < count:
            assert time.monotonic() < deadline, f"{len(self.sms_reports)} of {count} status reports"
            time.sleep(0.02)
        return self.sms_reports

    def forget(self) -> None:
        """Start with no pushes and 200 for all."""
        self.pushes, self.sms_reports, self.answers = [], [], []

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()


def open_push(path: str, query: dict[str, str], raw: bytes) -> dict[str, Any]:
    """Return the event in a push, whichever its mode and format; wrong signatures raise."""
    token, key, appid = KEYS[path]
    text = raw.decode()
    outer = json.loads(text) if text.startswith("{") else xmltodict.parse(text)["xml"]
    if query.get("encrypt_type") == "aes":
        crypto = WeChatCrypto(token, key, appid)
        inner = crypto.decrypt_message(
            {"Encrypt": outer["Encrypt"]}, query["msg_signature"], query["timestamp"], query["nonce"]
        )
        text = inner if isinstance(inner, str) else inner.decode()
        outer = json.loads(text) if text.startswith("{") else xmltodict.parse(text)["xml"]
    return outer


def _handler_for(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            parts = urlsplit(self.path)
            if parts.path.startswith("/webhooks/sms/"):
                [report] = json.loads(raw)
                receiver.sms_reports.append(SmsReport(self.path, report))
                thanks = SMS_THANKS[parts.path.rpartition("/")[2]]
                self._answer(receiver.answers.pop(0) if receiver.answers else 200, thanks)
                return
            if parts.path not in KEYS:
                self._echo(raw)
                return
            query = dict(parse_qsl(parts.query))
            event = open_push(parts.path, query, raw)
            kind = self.headers["Content-Type"]
            receiver.pushes.append(Push(parts.path, query, raw, kind, event, time.monotonic()))
            self._answer(receiver.answers.pop(0) if receiver.answers else 200, b"success")

        def do_GET(self) -> None:
            query = dict(parse_qsl(urlsplit(self.path).query))
            if "echostr" in query:
                self._answer(200, query["echostr"].encode())
            else:
                self._echo(b"")

        def _echo(self, raw: bytes) -> None:
            seen = {
                "method": self.command,
                "path": self.path,
                "headers": {name.lower(): value for name, value in self.headers.items()},
                "body": raw.decode(),
            }
            self._answer(418, json.dumps(seen).encode(), [("X-Kept", "yes"), ("Set-Cookie", "a=b")])

        def _answer(self, status: int, body: bytes, headers: list[tuple[str, str]] | None = None) -> None:
            self.send_response(status)
            for name, value in headers or []:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    return Handler
