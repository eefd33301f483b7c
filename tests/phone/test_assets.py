"""Copying the browser libraries from node_modules to where they are served."""

from pathlib import Path

import pytest

from server.assets import AssetsMissing, copy_assets

SETTINGS = """
source = "node_modules"

[[group]]
name = "scripts"
target = "served/vendor"
files = ["one/dist/one.min.js"]

[[group]]
name = "icons"
target = "served/vendor/icons"
folder = "icons/outline"
suffix = ".svg"
files = ["home"]
"""


@pytest.fixture
def settings_file(tmp_path: Path) -> Path:
    file = tmp_path / "assets.toml"
    file.write_text(SETTINGS, encoding="utf-8")
    return file


def _install(project: Path, *files: str) -> None:
    for name in files:
        file = project / "node_modules" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name, encoding="utf-8")


def test_every_listed_file_lands_in_its_folder(tmp_path: Path, settings_file: Path) -> None:
    _install(tmp_path, "one/dist/one.min.js", "icons/outline/home.svg", "icons/outline/other.svg")
    assert copy_assets(tmp_path, settings_file) == 2
    served = sorted(
        file.relative_to(tmp_path / "served").as_posix() for file in tmp_path.glob("served/**/*.*")
    )
    assert served == ["vendor/icons/home.svg", "vendor/one.min.js"]


def test_missing_packages_are_told_in_one_sentence(tmp_path: Path, settings_file: Path) -> None:
    with pytest.raises(AssetsMissing, match="npm ci"):
        copy_assets(tmp_path, settings_file)


def test_a_listed_file_nobody_has_is_named_and_nothing_is_copied(tmp_path: Path, settings_file: Path) -> None:
    _install(tmp_path, "one/dist/one.min.js")
    with pytest.raises(AssetsMissing, match=r"icons/outline/home\.svg"):
        copy_assets(tmp_path, settings_file)
    assert not (tmp_path / "served").exists()
