"""Serves the sandbox on loopback: one gunicorn process with threads."""

import errno
import socket
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

HOST = "127.0.0.1"


class PortBusyError(Exception):
    """Something else listens on the port."""


def check_port(port: int, option: str = "--port") -> None:
    """Raise PortBusyError when the port cannot be had; `option` is what chooses another."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as problem:
            if problem.errno != errno.EADDRINUSE:
                raise
            raise PortBusyError(f"Port {port} on {HOST} is taken; choose another with {option}.") from problem


class Server(BaseApplication):
    """gunicorn configured from here; `make_app` runs in the worker, which owns the background threads."""

    def __init__(self, make_app: Any, port: int, threads: int) -> None:
        self._make_app = make_app
        self._options = {
            "bind": f"{HOST}:{port}",
            "workers": 1,
            "threads": threads,
            "worker_class": "gthread",
            "keepalive": 30,
            "graceful_timeout": 1,
            "timeout": 60,
            "accesslog": None,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        """Take the options over; no file and no command line is read."""
        for name, value in self._options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        """Make the application, in the worker."""
        app: Flask = self._make_app()
        return app
