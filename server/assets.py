"""Copies the browser libraries of config/assets.toml from node_modules to where they are served from."""

import shutil
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
SETTINGS = PROJECT / "config" / "assets.toml"


class AssetsMissing(Exception):
    """The libraries cannot be copied; the message says what to do about it."""


@dataclass(frozen=True)
class Copy:
    """One file to copy, from an installed package to a served folder."""

    source: Path
    target: Path


def plan_copies(settings: dict[str, Any], project: Path) -> list[Copy]:
    """List the copies the settings ask for, all paths under `project`; nothing is read or written."""
    packages = project / settings["source"]
    return [
        Copy(
            packages / group.get("folder", "") / (name + group.get("suffix", "")),
            project / group["target"] / Path(name + group.get("suffix", "")).name,
        )
        for group in settings["group"]
        for name in group["files"]
    ]


def copy_assets(project: Path = PROJECT, settings_file: Path = SETTINGS) -> int:
    """Copy every listed file and return how many were copied.

    Raises AssetsMissing when the packages are not installed, or when a listed file is in none of them.
    """
    settings = tomllib.loads(settings_file.read_text(encoding="utf-8"))
    packages = project / settings["source"]
    if not packages.is_dir():
        raise AssetsMissing(
            f"The browser libraries are not installed: {packages} is missing; run `npm ci` in {project}."
        )
    copies = plan_copies(settings, project)
    absent = [str(copy.source.relative_to(packages)) for copy in copies if not copy.source.is_file()]
    if absent:
        raise AssetsMissing(
            f"{settings_file.name} names files that the installed packages do not have: {', '.join(absent)}. "
            "Run `npm ci`, or correct the list."
        )
    for copy in copies:
        copy.target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(copy.source, copy.target)
    return len(copies)


def main() -> int:
    """Copy the libraries; the exit status is 0, or 1 with one sentence on standard error."""
    try:
        count = copy_assets()
    except AssetsMissing as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{count} browser files copied.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
