"""One demo at a time in a folder, and what an earlier one left running."""

import contextlib
import fcntl
import secrets
import shutil
from collections.abc import Iterator

from server.demo.errors import DemoError
from server.demo.place import Place
from server.demo.processes import stop_processes

_NAME = "demo.lock"


@contextlib.contextmanager
def only_demo(place: Place) -> Iterator[str]:
    """Hold the folder for one demo and give its run's mark; what an earlier run left behind is stopped first.

    The lock is the operating system's, so a demo that was killed holds nothing.

    Raises:
        DemoError: a demo runs here already, or the folder holds something else.
    """
    path = place.folder / _NAME
    if not path.exists() and place.folder.is_dir() and any(place.folder.iterdir()):
        raise DemoError(f"{place.folder} holds something else: choose another with YUEMIAN_DEMO_DIR.")
    place.folder.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DemoError(
                f"A demo runs already in {place.folder}: stop it with Ctrl-C where it was started."
            ) from None
        file.seek(0)
        if earlier := file.read().strip():
            stop_processes(earlier)
        run = secrets.token_hex(16)
        file.truncate(0)
        file.write(run)
        file.flush()
        yield run


def remove_demo(place: Place) -> bool:
    """Delete a demo's folder and sockets; False when there is none.

    Raises:
        DemoError: it runs, or the folder is not a demo's.
    """
    if not place.folder.exists():
        return False
    with only_demo(place):
        if place.sockets.exists():
            shutil.rmtree(place.sockets)
        shutil.rmtree(place.folder)
    return True
