"""Runs the JavaScript tools of this repository, or skips loudly where they are not installed."""

import shutil
import subprocess
from pathlib import Path

from tests.conftest import skip_or_fail

ROOT = Path(__file__).resolve().parents[2]


def run_node(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `node <arguments>` at the repository's root; give its exit code and what it printed."""
    node = shutil.which("node")
    if node is None:
        skip_or_fail("node is not installed: the mini-program is NOT tested")
    if not (ROOT / "node_modules" / "glass-easel").is_dir():
        skip_or_fail("node_modules is missing, run `npm ci`: the mini-program is NOT tested")
    return subprocess.run(
        [node, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=180, check=False
    )
