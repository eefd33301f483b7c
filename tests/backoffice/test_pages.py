"""What holds for every page: headers, static files, error pages, health."""

import gzip
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.app import create_app
from server.backoffice.static_files import static_url
from server.db import transaction
from server.domain import clock
from server.models import Delivery
from server.runtime import runtime
from tests import builders
from tests.backoffice.browser import part, post
from tests.backoffice.conftest import Case
from tests.fixtures_sandbox import free_port


@pytest.mark.parametrize("path", ["/", "/sign-in", "/interviews", "/nothing-here", "/wechat"])
def test_every_page_carries_the_security_headers(browser: FlaskClient, path: str) -> None:
    headers = browser.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'self' http://localhost:8601" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def test_https_is_kept_once_it_was_used(browser: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in browser.get("/sign-in").headers
    secure = browser.get("/sign-in", base_url="https://localhost")
    assert "Strict-Transport-Security" in secure.headers


def test_no_page_carries_inline_style_or_script(browser: FlaskClient, case: Case) -> None:
    paths = ["/", "/interviews", f"/interviews/{case.interview.id}", "/wechat", "/nothing-here"]
    for path in [*paths, f"/cancellations/{case.cancellation.id}"]:
        page = browser.get(path).text
        assert " style=" not in page, path
        assert "onclick" not in page
        assert "<script>" not in page


def test_a_static_file_is_kept_for_a_year_under_its_tag_only(client: FlaskClient, app: Flask) -> None:
    with app.test_request_context():
        address = static_url("base.css")
    tagged = client.get(address)
    assert "immutable" in tagged.headers["Cache-Control"]
    assert client.get("/static/base.css?v=old").headers["Cache-Control"] == "no-cache"
    again = client.get(address, headers={"If-None-Match": tagged.headers["ETag"]})
    assert again.status_code == 304


def test_a_static_file_is_sent_compressed_to_who_takes_it(client: FlaskClient, app: Flask) -> None:
    plain = client.get("/static/base.css")
    packed = client.get("/static/base.css", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data


@pytest.mark.parametrize("name", ["../blueprint.py", "%2e%2e/blueprint.py", "nothing.css", "vendor"])
def test_nothing_outside_the_static_folder_is_served(client: FlaskClient, app: Flask, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_an_unknown_address_is_a_page_in_words_for_everybody(client: FlaskClient, app: Flask) -> None:
    answer = client.get("/nothing-here")
    assert answer.status_code == 404
    assert "没有找到这个页面" in answer.text
    assert answer.headers["X-Request-ID"] in answer.text


def test_a_live_process_says_so_without_any_database(client: FlaskClient, app: Flask) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}


def test_a_ready_installation_says_so(client: FlaskClient, app: Flask) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.get_json() == {"status": "ok", "database": True, "redis": True, "oldest_due_seconds": 0.0}


def test_messages_that_do_not_leave_make_it_unready_and_are_said_on_the_page(
    browser: FlaskClient, case: Case
) -> None:
    with transaction() as session:
        for delivery in session.query(Delivery):
            delivery.next_attempt_at = clock.utc_now() - timedelta(minutes=5)
    answer = browser.get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json()["oldest_due_seconds"] > 290
    browser.application.extensions.pop("yuemian_trouble", None)
    assert "消息发送积压" in browser.get("/follow").get_json()["trouble"]


def test_without_redis_it_is_degraded_and_still_ready(client: FlaskClient, app: Flask) -> None:
    settings = runtime().settings.model_copy(update={"redis_url": f"redis://127.0.0.1:{free_port()}/0"})
    other = create_app(settings).test_client()
    answer = other.get("/readyz")
    assert answer.status_code == 200
    assert answer.get_json()["status"] == "degraded"


def test_without_its_database_it_is_down_and_says_so_in_words(app: Flask) -> None:
    settings = runtime().settings.model_copy(update={"database_url": "sqlite:////proc/no-database"})
    other = create_app(settings)
    other.config.update(PROPAGATE_EXCEPTIONS=False)
    browser = other.test_client()
    answer = browser.get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json()["database"] is False
    assert browser.get("/healthz").status_code == 200
    refused = post(browser, "/sign-in", "/sign-in", email="a@example.com", password="x")
    assert refused.status_code == 500
    assert "系统出了点问题" in refused.text


def test_a_part_is_small_and_a_page_with_thirty_rows_as_well(browser: FlaskClient, case: Case) -> None:
    for number in range(40):
        builders.invited(
            builders.interview(f"候选{number:02d}", of=case.interview.position, openid=f"mp-{number}")
        )
    page = browser.get("/interviews", headers={"Accept-Encoding": "gzip"}).data
    assert "候选39" in gzip.decompress(page).decode()
    files = (
        "vendor/tabler.min.css",
        "base.css",
        "components.css",
        "pages.css",
        "vendor/htmx.min.js",
        "clock.js",
        "follow.js",
        "page.js",
        "icons.svg",
    )
    sent = [browser.get(f"/static/{name}", headers={"Accept-Encoding": "gzip"}).data for name in files]
    assert len(page) + sum(map(len, sent)) < 150 * 1024
    assert part(browser, "/").status_code == 200
