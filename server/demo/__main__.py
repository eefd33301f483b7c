"""Starts the demo (`python -m server.demo`), checks it (`--check`) or throws its data away (`--reset`)."""

import argparse
import os
import signal
import sys
from types import FrameType

from server.demo.errors import DemoError
from server.demo.lock import remove_demo
from server.demo.place import Place, place_from
from server.demo.running import STOP_SIGNALS, check_demo, run_demo
from server.demo.terminal import say, speak_plainly


def main() -> int:
    """The exit status: 0, or 1 with one sentence on standard error."""
    parser = argparse.ArgumentParser("python -m server.demo", description=__doc__)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true", help="start, look whether it works, stop")
    what.add_argument("--reset", action="store_true", help="throw the demo's data away")
    options = parser.parse_args()
    speak_plainly()
    for number in STOP_SIGNALS:
        signal.signal(number, _stop)
    try:
        place = place_from(os.environ)
        if options.reset:
            _reset(place)
        elif options.check:
            check_demo(place)
        else:
            run_demo(place)
    except DemoError as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("Stopped; nothing of the demo runs any more.")
    return 0


def _reset(place: Place) -> None:
    gone = remove_demo(place)
    say(f"{place.folder} is gone; the next demo starts afresh." if gone else "There was no demo's data.")


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
