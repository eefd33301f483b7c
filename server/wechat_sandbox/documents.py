"""What the sandbox remembers: collections of JSON documents in memory, written through to one SQLite file."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Document = dict[str, Any]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    number INTEGER PRIMARY KEY,
    collection TEXT NOT NULL,
    key TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (collection, key)
)
"""
_UPSERT = """
INSERT INTO documents (collection, key, body) VALUES (?, ?, ?)
ON CONFLICT (collection, key) DO UPDATE SET body = excluded.body
"""


class Documents:
    """Collections of JSON documents; within one, documents keep the order in which they first came.

    What is checked and then written belongs inside one `change()`: it holds the lock, so that both are
    one step, and writes everything touched to the file in one transaction at its end.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._lock = threading.RLock()
        self._collections: dict[str, dict[str, Document]] = {}
        # A dictionary for its order: the file keeps documents in the order in which they came.
        self._touched: dict[tuple[str, str], None] = {}
        self._depth = 0
        self._file = _open(path) if path else None
        if self._file:
            rows = self._file.execute("SELECT collection, key, body FROM documents ORDER BY number")
            for collection, key, body in rows:
                self._collections.setdefault(collection, {})[key] = json.loads(body)

    @contextmanager
    def change(self) -> Iterator[None]:
        """Hold the lock for a change and write it to the file at the end; may be nested."""
        with self._lock:
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._write()

    def find(self, collection: str, key: str) -> Document | None:
        """Return a copy of one document, or None."""
        with self._lock:
            document = self._collections.get(collection, {}).get(key)
            return dict(document) if document is not None else None

    def list(self, collection: str) -> list[Document]:
        """Return copies of a collection's documents, oldest first."""
        with self._lock:
            return [dict(document) for document in self._collections.get(collection, {}).values()]

    def put(self, collection: str, key: str, document: Document) -> None:
        """Add or replace one document."""
        with self.change():
            self._collections.setdefault(collection, {})[key] = document
            self._touched[collection, key] = None

    def remove(self, collection: str, key: str) -> None:
        """Forget one document, if it is there."""
        with self.change():
            if self._collections.get(collection, {}).pop(key, None) is not None:
                self._touched[collection, key] = None

    def clear(self) -> None:
        """Forget every document."""
        with self.change():
            for name, held in self._collections.items():
                self._touched.update({(name, key): None for key in held})
            self._collections.clear()

    def _write(self) -> None:
        touched, self._touched = self._touched, {}
        if self._file is None or not touched:
            return
        kept, gone = [], []
        for collection, key in touched:
            document = self._collections.get(collection, {}).get(key)
            if document is None:
                gone.append((collection, key))
            else:
                kept.append((collection, key, json.dumps(document, ensure_ascii=False)))
        with self._file:
            self._file.executemany("DELETE FROM documents WHERE collection = ? AND key = ?", gone)
            self._file.executemany(_UPSERT, kept)


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Every use is behind the lock of Documents, so threads may share the connection.
    connection = sqlite3.connect(path, check_same_thread=False)
    # In this mode a killed process loses nothing that was committed and never leaves half a transaction.
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(_SCHEMA)
    return connection
