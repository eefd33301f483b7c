"""Who gets in, who does not, and where a sign-in leads."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.backoffice.current_staff import PUBLIC_ENDPOINTS, own_path
from server.domain import clock
from server.services.audit import SYSTEM
from server.services.staff_accounts import set_staff_active
from tests import builders
from tests.backoffice.browser import post, sign_in, token_on
from tests.backoffice.conftest import Case


def _paths(app: Flask) -> list[tuple[str, str]]:
    """Every route of the back office, with the methods it takes and something in its placeholders."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("backoffice.") and rule.endpoint not in PUBLIC_ENDPOINTS:
            values: dict[str, object] = dict.fromkeys(rule.arguments, 1)
            if "act" in values:
                values["act"] = "disabling"
            built = rule.build(values)
            assert built
            path = built[1]
            found += [(method, path) for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}]
    return found


def test_every_route_asks_for_a_sign_in(app: Flask, client: FlaskClient) -> None:
    paths = _paths(app)
    assert len(paths) > 20
    for method, path in paths:
        answer = client.open(path, method=method)
        asked = answer.status_code == 303 and answer.location.startswith("/sign-in")
        assert asked or answer.status_code == 401, (method, path, answer.status_code)


def test_the_right_password_opens_the_board(client: FlaskClient, app: Flask) -> None:
    answer = sign_in(client, builders.staff())
    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get("/").status_code == 200


def test_a_wrong_password_is_said_on_the_page_and_keeps_the_address(client: FlaskClient, app: Flask) -> None:
    who = builders.staff()
    answer = sign_in(client, who, password="not this one")
    assert answer.status_code == 401
    assert "邮箱或密码不正确" in answer.text
    assert f'value="{who.email}"' in answer.text
    assert "not this one" not in answer.text


def test_repeated_failures_lock_the_account_even_for_the_right_password(
    client: FlaskClient, app: Flask
) -> None:
    who = builders.staff()
    for _ in range(5):
        answer = sign_in(client, who, password="not this one")
    assert answer.status_code == 429
    assert "已锁定" in answer.text
    assert sign_in(client, who).status_code == 429
    with clock.clock_at(clock.utc_now() + timedelta(minutes=16)):
        assert sign_in(client, who).status_code == 303


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "x",
    ],
)
def test_a_sign_in_leads_to_no_other_site(client: FlaskClient, app: Flask, target: str) -> None:
    assert own_path(target) is None
    assert sign_in(client, builders.staff(), next=target).location == "/"


def test_a_sign_in_leads_back_to_the_page_that_was_asked_for(client: FlaskClient, app: Flask) -> None:
    asked = client.get("/interviews?q=陈").location
    assert asked.startswith("/sign-in?next=")
    assert sign_in(client, builders.staff(), next="/interviews?q=1").location == "/interviews?q=1"


def test_a_form_without_its_token_is_refused(browser: FlaskClient, case: Case) -> None:
    answer = browser.post(f"/cancellations/{case.cancellation.id}/confirmation")
    assert answer.status_code == 400
    assert "页面已过期" in answer.text
    assert browser.post("/sign-out").status_code == 400
    assert browser.post("/sign-in", data={"email": "a@example.com", "password": "x"}).status_code == 400


def test_signing_out_ends_the_session_on_this_device(browser: FlaskClient) -> None:
    assert post(browser, "/sign-out").location == "/sign-in"
    assert browser.get("/").status_code == 303


def test_signing_out_everywhere_ends_the_sessions_of_other_devices(
    app: Flask, browser: FlaskClient, case: Case
) -> None:
    other = app.test_client()
    sign_in(other, case.recruiter)
    post(browser, "/sign-out-everywhere")
    assert other.get("/").status_code == 303
    assert browser.get("/").status_code == 303


def test_disabling_an_account_ends_its_session_at_once(browser: FlaskClient, case: Case) -> None:
    set_staff_active(case.recruiter.id, False, SYSTEM)
    assert browser.get("/").status_code == 303


def test_a_sign_in_starts_a_session_of_its_own(client: FlaskClient, app: Flask) -> None:
    before = token_on(client, "/sign-in")
    sign_in(client, builders.staff())
    with client.session_transaction() as session:
        assert set(session) >= {"staff_id", "session_epoch"}
    answer = client.post("/sign-out", data={"csrf_token": before})
    assert answer.status_code == 400


def test_following_does_not_keep_an_unused_session_alive(browser: FlaskClient) -> None:
    browser.get("/")
    assert "Set-Cookie" not in browser.get("/follow?page=board").headers


def test_htmx_is_sent_to_the_sign_in_page_as_a_whole(client: FlaskClient, app: Flask) -> None:
    answer = client.get("/", headers={"HX-Request": "true", "HX-Current-URL": "http://localhost/interviews"})
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/sign-in?next=/interviews"
