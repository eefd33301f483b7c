"""Says which port is taken, before anything starts."""

import errno
import socket

from server.demo.errors import DemoError
from server.demo.place import Place


def check_ports(place: Place) -> None:
    """Make sure that all ports can be had.

    Raises:
        DemoError: a port is taken; the sentence names it and how to choose another.
    """
    ports = (
        (place.web_port, "YUEMIAN_DEMO_PORT", "the back office"),
        (place.sandbox_port, "YUEMIAN_DEMO_SANDBOX_PORT", "the phones"),
        (place.mail_port, "YUEMIAN_DEMO_MAIL_PORT", "the mail server"),
    )
    if len({port for port, _, _ in ports}) < len(ports):
        raise DemoError(
            f"The demo needs three different ports: change {', '.join(name for _, name, _ in ports)}."
        )
    for port, variable, purpose in ports:
        if is_busy(port):
            raise DemoError(
                f"Port {port}, meant for {purpose}, is taken by another program: "
                f"choose a free one with {variable}=… make demo."
            )


def is_busy(port: int) -> bool:
    """Whether somebody else has the port on 127.0.0.1."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as problem:
            if problem.errno in (errno.EADDRINUSE, errno.EACCES):
                return True
            raise
    return False
