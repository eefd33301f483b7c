"""The database: the session, `transaction()` and `after_commit()`.

SQLite is used with WAL and writes begin with BEGIN IMMEDIATE: a transaction that reads first and takes the
write lock later can be refused half-way, and two of them can both believe they were first.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, DateTime, Dialect, Engine, Enum, Integer, MetaData, event
from sqlalchemy.dialects import mysql
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Parent of all tables; constraints are named, so that migrations can name them on every database."""

    metadata = MetaData(naming_convention=_NAMES)


db = SQLAlchemy(model_class=Base)

# SQLite numbers rows by itself only where the column is exactly INTEGER.
RowId = BigInteger().with_variant(Integer, "sqlite")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored as naive UTC with microseconds: the one form all databases keep alike."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """MySQL and MariaDB drop fractions of a second unless told otherwise."""
        if dialect.name in ("mysql", "mariadb"):
            return dialect.type_descriptor(mysql.DATETIME(fsp=6))
        return dialect.type_descriptor(DateTime())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times: they are how hours get lost."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give it back aware."""
        return None if value is None else value.replace(tzinfo=UTC)


def stored_enum(kind: type[StrEnum]) -> Enum:
    """A column type that stores the enum by value, as plain text that any database can read and migrate."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )


@contextmanager
def transaction() -> Iterator[Session]:
    """One unit of work: commits at the end, rolls back on any error, then runs what `after_commit` was given.

    Reads made earlier in the request are forgotten first, so that everything inside sees one state.

    Raises:
        RuntimeError: when one is already open; a service opens exactly one.
    """
    session = db.session()
    if session.info.get("in_transaction"):
        raise RuntimeError("a transaction is already open: services do not nest")
    session.rollback()
    session.info["in_transaction"] = True
    callbacks: list[Callable[[], None]] = session.info.setdefault("after_commit", [])
    callbacks.clear()
    try:
        session.connection(execution_options={"yuemian_write": True})
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        callbacks.clear()
        raise
    finally:
        session.info["in_transaction"] = False
    todo = list(callbacks)
    callbacks.clear()
    for callback in todo:
        callback()


def after_commit(callback: Callable[[], None]) -> None:
    """Run `callback` once the open transaction is committed; it must not raise. Same callback, one run."""
    callbacks = db.session().info["after_commit"]
    if callback not in callbacks:
        callbacks.append(callback)


def supports_skip_locked() -> bool:
    """Whether the database can pass over rows that another worker holds."""
    return db.engine.dialect.name in ("postgresql", "mysql", "mariadb")


def is_locking_dialect() -> bool:
    """Whether `FOR UPDATE` means something; SQLite has one writer at a time anyway."""
    return db.engine.dialect.name != "sqlite"


def prepare_engine(engine: Engine) -> None:
    """Set up connections of an SQLite engine; nothing to do for the others."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver's own BEGIN comes too late
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA busy_timeout=15000")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("yuemian_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
