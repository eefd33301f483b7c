"""The migrations make exactly the tables of the models."""

from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import check

from server.db import db
from server.settings import ROOT


def test_there_is_one_head() -> None:
    scripts = ScriptDirectory(str(ROOT / "server" / "migrations"))
    assert len(scripts.get_heads()) == 1


def test_migrated_tables_are_the_models(any_app: Flask) -> None:
    db.session.remove()
    check()
