"""Starts the sandbox: python -m server.wechat_sandbox --port 8601 --backend http://127.0.0.1:8600."""

import argparse
import sys
from pathlib import Path

from server.wechat_sandbox.app import create_app
from server.wechat_sandbox.config import ConfigurationError, load_configuration
from server.wechat_sandbox.mail.serving import MailServing
from server.wechat_sandbox.serving import PortBusyError, Server, check_port


def main() -> None:
    """Read the command line and serve until stopped."""
    parser = argparse.ArgumentParser("python -m server.wechat_sandbox", description="WeChat, for trying out.")
    parser.add_argument("--port", type=int, default=8601)
    parser.add_argument("--backend", default="http://127.0.0.1:8600", help="origin of the web server")
    parser.add_argument("--state", default="none", help='file that survives a restart, or "none"')
    parser.add_argument("--config", type=Path, help="default: config/sandbox.toml")
    parser.add_argument("--threads", type=int, default=32)
    parser.add_argument("--smtp-port", type=int, help="port of the mail server; without it there is none")
    parser.add_argument("--smtp-tls", choices=("none", "starttls", "implicit"), default="none")
    parser.add_argument("--smtp-certificate", type=Path, help="PEM file with certificate and key, for TLS")
    options = parser.parse_args()
    if options.smtp_tls != "none" and options.smtp_certificate is None:
        parser.error("--smtp-tls needs --smtp-certificate.")
    mail = (
        MailServing(options.smtp_port, options.smtp_tls, options.smtp_certificate)
        if options.smtp_port
        else None
    )
    state = None if options.state == "none" else Path(options.state)
    try:
        configuration = load_configuration(options.config)
        check_port(options.port)
        if mail:
            check_port(mail.port, "--smtp-port")
    except (ConfigurationError, PortBusyError) as problem:
        sys.exit(str(problem))
    Server(
        lambda: create_app(configuration, options.backend, state, mail), options.port, options.threads
    ).run()


if __name__ == "__main__":
    main()
