"""The API's description: served, committed, and the same."""

import json

from flask.testing import FlaskClient

from server.settings import ROOT

SNAPSHOT = ROOT / "docs" / "openapi.json"


def test_the_committed_description_is_todays(client: FlaskClient) -> None:
    served = client.get("/api/v1/openapi.json").json
    assert served == json.loads(SNAPSHOT.read_text(encoding="utf-8")), (
        "run `make openapi` and commit docs/openapi.json"
    )


def test_every_call_is_described(client: FlaskClient) -> None:
    paths = client.get("/api/v1/openapi.json").json["paths"]
    for path, calls in paths.items():
        for method, call in calls.items():
            if method in ("get", "post"):
                assert call["summary"], path
                assert (call.get("security") == [{"candidate": []}]) is (path != "/api/v1/sessions"), path
