"""Says which port is taken, before anything starts."""

import errno
import socket

from server.demo.errors import DemoError
from server.demo.place import Place


def check_ports(place: Place) -> None:
    """Make sure that both ports can be had.

    Raises:
        DemoError: a port is taken; the sentence names it and how to choose another.
    """
    if place.web_port == place.sandbox_port:
        raise DemoError(
            f"The demo needs two ports, and both are {place.web_port}: "
            "change YUEMIAN_DEMO_PORT or YUEMIAN_DEMO_SANDBOX_PORT."
        )
    for port, variable, purpose in (
        (place.web_port, "YUEMIAN_DEMO_PORT", "the back office"),
        (place.sandbox_port, "YUEMIAN_DEMO_SANDBOX_PORT", "the phones"),
    ):
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
