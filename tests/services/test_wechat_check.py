"""What `check-wechat` says about accounts that are right, and about every way to be wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from server.app import create_app
from server.services.wechat_check import Finding, check_wechat
from server.settings import Settings
from tests.conftest import make_settings
from tests.embedded_redis import EmbeddedRedis
from tests.fixtures_sandbox import Sandbox


def _mistakes(findings: list[Finding]) -> list[str]:
    return [finding.words for finding in findings if finding.level == "mistake"]


@pytest.fixture
def settings(tmp_path: Path, redis_server: EmbeddedRedis, wechat: Sandbox) -> Iterator[Settings]:
    wechat.reset()
    redis_server.flush()
    yield make_settings(f"sqlite:///{tmp_path / 'check.sqlite3'}", redis_server, wechat)
    redis_server.flush()


def _checked(settings: Settings, account: str | None = None, **changes: object) -> list[Finding]:
    if account:
        wechat = settings.wechat
        changed = getattr(wechat, account).model_copy(update=changes)
        settings = settings.model_copy(update={"wechat": wechat.model_copy(update={account: changed})})
    with create_app(settings).app_context():
        return check_wechat()


def test_the_demos_accounts_are_right(app: Flask) -> None:
    findings = check_wechat()
    assert {finding.level for finding in findings} == {"ok"}
    assert any("cancellation_confirmed" in finding.words for finding in findings)


@pytest.mark.parametrize("account", ["miniprogram", "official_account"])
def test_a_wrong_secret_is_named(settings: Settings, account: str) -> None:
    [mistake] = _mistakes(_checked(settings, account, secret="wrong-secret"))
    assert "AppSecret" in mistake or "密钥" in mistake


def test_an_address_that_is_not_allowed_is_named(settings: Settings, wechat: Sandbox) -> None:
    wechat.settings(fail_next=[{"path": "/cgi-bin/stable_token", "errcode": 40164, "times": 9}])
    assert any("白名单" in words for words in _mistakes(_checked(settings)))
    wechat.settings(fail_next=[])


def test_a_missing_template_is_named(settings: Settings) -> None:
    templates = {**settings.wechat.miniprogram.templates, "interview_invitation": "no-such-template"}
    mistakes = _mistakes(_checked(settings, "miniprogram", templates=templates))
    assert len(mistakes) == 1
    assert "invitation" in mistakes[0]
    assert "不存在" in mistakes[0]


def test_keys_that_differ_are_named(settings: Settings) -> None:
    ids = settings.wechat.miniprogram.templates
    swapped = {
        "interview_invitation": ids["cancellation_result"],
        "cancellation_result": ids["interview_invitation"],
    }
    mistakes = _mistakes(_checked(settings, "miniprogram", templates=swapped))
    assert any("还需要字段" in words or "没有字段" in words for words in mistakes)
    assert len(mistakes) == 3


def test_an_unlisted_template_of_the_official_account_is_a_warning(settings: Settings) -> None:
    templates = {**settings.wechat.official_account.templates, "candidate_cancelled": "category-template"}
    findings = _checked(settings, "official_account", templates=templates)
    assert _mistakes(findings) == []
    assert any("类目模板" in finding.words for finding in findings if finding.level == "warning")
