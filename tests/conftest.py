"""Fixtures every test may use: the application on a real database, Redis, and the WeChat sandbox."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from server.app import create_app
from server.db import Base, db
from server.services.reasons import seed_reasons
from server.settings import ROOT, Settings
from tests.embedded_redis import EmbeddedRedis
from tests.fixtures_sandbox import Sandbox, free_port, start_sandbox

os.environ["YUEMIAN_CONFIG"] = str(ROOT / "config" / "demo.toml")

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PHONE_LIBRARIES = ROOT / "server" / "wechat_sandbox" / "phone" / "vendor"
REQUIRED = os.environ.get("YUEMIAN_REQUIRE") == "1"
_OTHER_DATABASES = {
    "postgresql": os.environ.get("YUEMIAN_TEST_POSTGRESQL_URL"),
    "mariadb": os.environ.get("YUEMIAN_TEST_MARIADB_URL"),
}


def skip_or_fail(what: str) -> None:
    """Skip loudly where something is not installed; fail where everything is required."""
    if REQUIRED:
        pytest.fail(f"{what}, and YUEMIAN_REQUIRE=1 asks for everything")
    pytest.skip(what)


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedRedis]:
    """A Redis of the tests' own."""
    with EmbeddedRedis(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture(scope="session")
def wechat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """A sandbox whose pushes reach nobody: tests of services push by themselves."""
    with start_sandbox(free_port(), f"http://127.0.0.1:{free_port()}") as sandbox:
        yield sandbox


@pytest.fixture(scope="session", params=["sqlite", "postgresql", "mariadb"])
def any_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database that the tests may empty."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('data') / 'any.sqlite3'}"
    url = _OTHER_DATABASES[request.param]
    if not url:
        skip_or_fail(f"no {request.param}: YUEMIAN_TEST_{request.param.upper()}_URL names none")
    return str(url)


@pytest.fixture(scope="session")
def sqlite_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A SQLite file that the tests may empty."""
    return f"sqlite:///{tmp_path_factory.mktemp('data') / 'tests.sqlite3'}"


def make_settings(database_url: str, redis: EmbeddedRedis, sandbox: Sandbox) -> Settings:
    """Settings of the demo, with the tests' own database, Redis and WeChat."""
    return Settings(  # type: ignore[call-arg]
        database_url=database_url,
        redis_url=redis.url,
        log_level="WARNING",
        # Tests of services reach people by WeChat alone; the flows have all channels.
        sms=None,
        email=None,
        wechat={  # type: ignore[arg-type]
            "api_url": sandbox.url,
            "oauth_url": sandbox.url,
            "showqrcode_url": sandbox.url + "/cgi-bin",
            "read_timeout": 2.0,
        },
    )


def _empty_schema(url: str) -> None:
    """Start from nothing, so that the migrations are what makes the tables."""
    backend = make_url(url).get_backend_name()
    if backend == "sqlite":
        return
    engine = create_engine(url)
    with engine.begin() as connection:
        if backend == "postgresql":
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        else:
            name = make_url(url).database
            connection.execute(text(f"DROP DATABASE `{name}`"))
            connection.execute(text(f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4"))
    engine.dispose()


def _migrated(url: str, redis: EmbeddedRedis, sandbox: Sandbox) -> Flask:
    _empty_schema(url)
    app = create_app(make_settings(url, redis, sandbox))
    app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=False)
    with app.app_context():
        upgrade()
        db.session.remove()
    return app


@pytest.fixture(scope="session")
def _sqlite_app(sqlite_database: str, redis_server: EmbeddedRedis, wechat: Sandbox) -> Flask:
    return _migrated(sqlite_database, redis_server, wechat)


@pytest.fixture(scope="session")
def _any_app(any_database: str, redis_server: EmbeddedRedis, wechat: Sandbox) -> Flask:
    return _migrated(any_database, redis_server, wechat)


def _fresh(app: Flask, redis: EmbeddedRedis, sandbox: Sandbox) -> Iterator[Flask]:
    sandbox.reset()
    redis.flush()
    with app.app_context():
        db.session.rollback()
        with db.engine.begin() as connection:
            for table in reversed(Base.metadata.sorted_tables):
                connection.execute(table.delete())
        seed_reasons()
        yield app
        db.session.remove()


@pytest.fixture
def app(_sqlite_app: Flask, redis_server: EmbeddedRedis, wechat: Sandbox) -> Iterator[Flask]:
    """The application on an empty SQLite database, inside its context."""
    yield from _fresh(_sqlite_app, redis_server, wechat)


@pytest.fixture
def any_app(_any_app: Flask, redis_server: EmbeddedRedis, wechat: Sandbox) -> Iterator[Flask]:
    """The application on an empty database of each kind, inside its context."""
    yield from _fresh(_any_app, redis_server, wechat)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a session."""
    return app.test_client()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, one for all tests; a loud skip where it or the browser libraries are missing."""
    if not Path(CHROMIUM).exists():
        skip_or_fail(f"no browser at {CHROMIUM} (set CHROMIUM): what people touch is NOT tested")
    if not (PHONE_LIBRARIES / "glass_easel.all.es.js").is_file():
        skip_or_fail("no browser libraries (make assets): what people touch is NOT tested")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()
