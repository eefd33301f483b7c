"""Starts the sandbox: python -m server.wechat_sandbox --port 8601 --backend http://127.0.0.1:8600."""

import argparse
import sys
from pathlib import Path

from server.wechat_sandbox.app import create_app
from server.wechat_sandbox.config import ConfigurationError, load_configuration
from server.wechat_sandbox.serving import PortBusyError, Server, check_port


def main() -> None:
    """Read the command line and serve until stopped."""
    parser = argparse.ArgumentParser("python -m server.wechat_sandbox", description="WeChat, for trying out.")
    parser.add_argument("--port", type=int, default=8601)
    parser.add_argument("--backend", default="http://127.0.0.1:8600", help="origin of the web server")
    parser.add_argument("--state", default="none", help='file that survives a restart, or "none"')
    parser.add_argument("--config", type=Path, help="default: config/sandbox.toml")
    parser.add_argument("--threads", type=int, default=32)
    options = parser.parse_args()
    state = None if options.state == "none" else Path(options.state)
    try:
        configuration = load_configuration(options.config)
        check_port(options.port)
    except (ConfigurationError, PortBusyError) as problem:
        sys.exit(str(problem))
    Server(lambda: create_app(configuration, options.backend, state), options.port, options.threads).run()


if __name__ == "__main__":
    main()
