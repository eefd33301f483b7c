"""A running installation for the flow tests."""

from collections.abc import Iterator

import pytest

from tests.installation import Installation


@pytest.fixture
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with Redis, sandbox and database; processes are started by the test."""
    with Installation(tmp_path_factory.mktemp("yuemian")) as running:
        yield running
