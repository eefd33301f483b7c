"""Status reports: taken in, read, kept once, and applied to the delivery they are about."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from server.channels.sms import build_sms_channel
from server.channels.sms_reports import MAX_BODY, MalformedReports, read_reports
from server.db import db, transaction
from server.domain.clock import utc_now
from server.domain.delivery import DeliveryStatus
from server.domain.events import ChannelName
from server.models import Delivery, DeliveryEvent, PushEvent
from server.runtime import install_runtime, runtime
from server.services.sms_reports import apply_sms_report
from tests import builders
from tests.channels.sms_accounts import REPORT_TOKEN, sms_settings

THANKS = {"aliyun": {"code": 0, "msg": "成功"}, "tencent": {"result": 0, "errmsg": "OK"}}
MOBILE = "13900000001"


def _aliyun(serial: str = "S1", ok: bool = True, token: str = "", **more: Any) -> dict[str, Any]:
    return {
        "phone_number": MOBILE,
        "send_time": "2024-03-14 09:00:00",
        "report_time": "2024-03-14 09:00:04",
        "success": ok,
        "err_code": "DELIVERED" if ok else "MOBILE_TERMINAL_ERROR",
        "err_msg": "用户接收成功" if ok else "用户关机",
        "sms_size": "1",
        "biz_id": serial,
        "out_id": token,
        **more,
    }


def _tencent(serial: str = "S1", ok: bool = True, token: str = "", **more: Any) -> dict[str, Any]:
    return {
        "user_receive_time": "2024-03-14 09:00:04",
        "nationcode": "86",
        "mobile": MOBILE,
        "report_status": "SUCCESS" if ok else "FAIL",
        "errmsg": "DELIVRD" if ok else "UNDELIV",
        "description": "用户短信送达成功" if ok else "用户关机",
        "sid": serial,
        **more,
    }


MAKERS = {"aliyun": _aliyun, "tencent": _tencent}


@pytest.fixture(params=["aliyun", "tencent"])
def provider(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@contextmanager
def _account_at(app: Flask, provider: str) -> Iterator[None]:
    """The application with an account at this provider."""
    kept = runtime()
    sms = sms_settings(provider, "http://127.0.0.1:9")
    changes = {
        "settings": kept.settings.model_copy(update={"sms": sms}),
        "channels": {**kept.channels, ChannelName.SMS: build_sms_channel(sms)},
    }
    install_runtime(app.extensions, replace(kept, **changes))
    try:
        yield
    finally:
        install_runtime(app.extensions, kept)


@pytest.fixture
def with_provider(app: Flask, provider: str) -> Iterator[str]:
    with _account_at(app, provider):
        yield provider


def _push(client: FlaskClient, provider: str, reports: Any, token: str = REPORT_TOKEN) -> Any:
    body = reports if isinstance(reports, bytes) else json.dumps(reports).encode()
    address = f"/webhooks/sms/{provider}?token={token}"
    return client.post(address, data=body, content_type="application/json")


def _sent(status: DeliveryStatus = DeliveryStatus.ACCEPTED, **more: Any) -> Delivery:
    """A message on its way to MOBILE."""
    notice_id = builders.invited(builders.interview(openid="o-somebody")).notice_id
    with transaction() as session:
        delivery = Delivery(
            notice_id=notice_id,
            channel=ChannelName.SMS,
            status=status,
            token="our-own-token-000000001",
            address=MOBILE,
            template_id="SMS_900000001",
            payload={"params": {}, "text": "…"},
            sent_at=utc_now(),
            **({"provider_id": "S1"} | more),
        )
        session.add(delivery)
    return delivery


def _apply_all() -> list[str]:
    with transaction():
        return [apply_sms_report(one) for one in db.session.scalars(select(PushEvent).order_by(PushEvent.id))]


def _kept() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(PushEvent.id))) or 0


def _status(delivery: Delivery) -> DeliveryStatus:
    return db.session.get_one(Delivery, delivery.id, populate_existing=True).status


def test_a_report_is_kept_and_answered_as_the_provider_asks(client: FlaskClient, with_provider: str) -> None:
    answer = _push(client, with_provider, [MAKERS[with_provider]()])
    assert (answer.status_code, answer.json) == (200, THANKS[with_provider])
    stored = db.session.scalars(select(PushEvent)).one()
    assert (stored.appid, stored.event) == (f"sms:{with_provider}", "sms_report")
    assert stored.data == MAKERS[with_provider]()


def test_a_good_report_delivers_and_tells(client: FlaskClient, with_provider: str) -> None:
    delivery = _sent()
    _push(client, with_provider, [MAKERS[with_provider]()])
    assert _apply_all() == ["applied"]
    assert _status(delivery) is DeliveryStatus.DELIVERED
    assert delivery.notice.told_at is not None


def test_a_bad_report_fails_in_the_providers_words(client: FlaskClient, with_provider: str) -> None:
    delivery = _sent()
    _push(client, with_provider, [MAKERS[with_provider](ok=False)])
    assert _apply_all() == ["applied"]
    assert _status(delivery) is DeliveryStatus.FAILED
    assert delivery.error_words is not None
    assert delivery.error_words.startswith("用户关机（")
    assert delivery.notice.told_at is None


def test_a_report_that_comes_twice_counts_once(client: FlaskClient, with_provider: str) -> None:
    delivery = _sent()
    report, other = MAKERS[with_provider](), MAKERS[with_provider](serial="S2")
    for batch in ([report], [dict(reversed(report.items()))], [report, other]):
        assert _push(client, with_provider, batch).json == THANKS[with_provider]
    assert _kept() == 2
    assert _apply_all() == ["applied", "unmatched"]
    events = select(func.count(DeliveryEvent.id)).where(DeliveryEvent.delivery_id == delivery.id)
    assert db.session.scalar(events) == 1


def test_a_report_of_somebody_elses_message_moves_nothing(client: FlaskClient, with_provider: str) -> None:
    delivery = _sent()
    _push(client, with_provider, [MAKERS[with_provider](serial="not-ours")])
    assert _apply_all() == ["unmatched"]
    assert _status(delivery) is DeliveryStatus.ACCEPTED


def test_a_lost_answer_is_settled_by_the_report(client: FlaskClient, with_provider: str) -> None:
    delivery = _sent(DeliveryStatus.UNKNOWN, provider_id=None)
    _push(client, with_provider, [MAKERS[with_provider](serial="S9")])
    assert _apply_all() == ["applied"]
    assert _status(delivery) is DeliveryStatus.DELIVERED
    assert delivery.provider_id == "S9"


def test_our_token_decides_before_the_number(client: FlaskClient, app: Flask) -> None:
    with _account_at(app, "aliyun"):
        mine = _sent(DeliveryStatus.UNKNOWN, provider_id=None)
        report = _aliyun(serial="S9", token="our-own-token-000000001", phone_number="13800000000")
        _push(client, "aliyun", [report])
        assert _apply_all() == ["applied"]
    assert _status(mine) is DeliveryStatus.DELIVERED


@pytest.mark.parametrize("token", ["", "wrong", REPORT_TOKEN + "x", "密码"])
def test_without_the_token_nothing_is_taken(client: FlaskClient, with_provider: str, token: str) -> None:
    assert _push(client, with_provider, [MAKERS[with_provider]()], token=token).status_code == 403
    assert _kept() == 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"{}",
        b"[]",
        b"[1]",
        b"[" * 5000,
        b'[{"success": true}]',
        b'[{"report_status": "SUCCESS"}]',
        b'[{"success": "perhaps", "biz_id": "1"}]',
        b'[{"report_status": "PERHAPS", "sid": "1"}]',
        b'[{"success": true, "biz_id": {"a": 1}}]',
        b'[{"success": true, "biz_id": "%s"}]' % (b"1" * 65),
        b'[{"report_status": "SUCCESS", "sid": ""}]',
        b'[{"report_status": "SUCCESS", "sid": "1", "success": true, "biz_id": "1", "more": "\\ud800"}]',
        b'[{"report_status": "SUCCESS", "sid": "1", "success": true, "biz_id": "1", "more": "\\u0000"}]',
        b'[{"report_status": "SUCCESS", "sid": "1", "success": true, "biz_id": "1", "more": NaN}]',
    ],
)
def test_a_malformed_push_leaves_no_trace(client: FlaskClient, with_provider: str, body: bytes) -> None:
    assert _push(client, with_provider, body).status_code == 400
    assert _kept() == 0


def test_one_bad_report_spoils_its_batch(client: FlaskClient, with_provider: str) -> None:
    assert _push(client, with_provider, [MAKERS[with_provider](), {}]).status_code == 400
    assert _kept() == 0


def test_a_push_that_is_too_long_is_refused(client: FlaskClient, with_provider: str) -> None:
    assert _push(client, with_provider, b"[" + b" " * MAX_BODY + b"]").status_code == 413
    assert _kept() == 0


def test_only_the_configured_provider_has_an_address(client: FlaskClient, with_provider: str) -> None:
    other = {"aliyun": "tencent", "tencent": "aliyun"}[with_provider]
    for name in (other, "nobody"):
        assert _push(client, name, [MAKERS[other]()]).status_code == 404
    assert client.get(f"/webhooks/sms/{with_provider}?token={REPORT_TOKEN}").status_code == 405
    assert _kept() == 0


def test_a_reader_gives_both_providers_one_form() -> None:
    body = json.dumps([_aliyun(token="T1"), _aliyun("S2", ok=False)]).encode()
    good, bad = read_reports("aliyun", body)
    assert (good.provider_id, good.out_token, good.ok, good.code) == ("S1", "T1", True, "DELIVERED")
    assert (bad.provider_id, bad.out_token, bad.ok) == ("S2", None, False)
    assert bad.words == "用户关机（MOBILE_TERMINAL_ERROR）"
    [report] = read_reports("tencent", json.dumps([_tencent(mobile="+8613900000001")]).encode())
    assert (report.provider_id, report.ok, report.mobile) == ("S1", True, MOBILE)
    with pytest.raises(MalformedReports):
        read_reports("tencent", json.dumps([_aliyun()]).encode())
