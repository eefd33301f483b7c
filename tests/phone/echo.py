"""A web server of the tests' own behind the sandbox: it answers with what it was sent."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class _Echo(BaseHTTPRequestHandler):
    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode()
        if self.path.startswith("/slow"):
            time.sleep(1)
        status = int(self.path.rsplit("/", 1)[1]) if self.path.startswith("/status/") else 200
        is_page = self.path.startswith("/m/")
        text = "<!doctype html><title>待办</title><h1>候选人取消</h1>" if is_page else self._echoed(body)
        self.send_response(status)
        self.send_header("Content-Type", f"{'text/html' if is_page else 'application/json'}; charset=utf-8")
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def _echoed(self, body: str) -> str:
        headers = {name.lower(): value for name, value in self.headers.items()}
        return json.dumps({"method": self.command, "path": self.path, "headers": headers, "body": body})

    do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        """Keep the tests' output quiet."""


class EchoServer:
    """Listens on a free port until closed."""

    def __init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Echo)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
