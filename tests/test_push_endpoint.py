"""WeChat's push addresses: what is forged or malformed leaves no trace."""

import hashlib
import json
import time
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from server.db import db
from server.models import PushEvent
from server.runtime import runtime
from server.settings import load_settings
from tests.fixtures_sandbox import INVITATION
from tests.wechat import pushes

EVENT = {
    "ToUserName": "gh_a1d0c0ffee01",
    "FromUserName": "o-candidate-000000000000001",
    "CreateTime": "1620963428",
    "MsgType": "event",
    "Event": "subscribe_msg_sent_event",
    "List": {"TemplateId": INVITATION, "MsgID": "1", "ErrorCode": "0", "ErrorStatus": "success"},
}


def _signature(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()


def _count() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(PushEvent.id))) or 0


@pytest.mark.parametrize("name", ["miniprogram", "official-account"])
def test_the_address_proves_itself(client: FlaskClient, name: str) -> None:
    wechat = load_settings().wechat
    token = (wechat.miniprogram if name == "miniprogram" else wechat.official_account).push_token
    query = {"timestamp": "1714036504", "nonce": "1514711492", "echostr": "4375120948345356249"}
    good = {**query, "signature": _signature(token, query["timestamp"], query["nonce"])}
    answer = client.get(f"/webhooks/wechat/{name}", query_string=good)
    assert (answer.status_code, answer.text) == (200, query["echostr"])
    assert answer.mimetype == "text/plain"
    bad = {**query, "signature": "0" * 40}
    assert client.get(f"/webhooks/wechat/{name}", query_string=bad).status_code == 403
    assert client.get(f"/webhooks/wechat/{name}").status_code == 403


def test_an_unknown_account_is_not_found(client: FlaskClient) -> None:
    assert client.get("/webhooks/wechat/nobody").status_code == 404
    assert client.post("/webhooks/wechat/nobody").status_code == 404


@pytest.mark.parametrize(
    ("query", "body"),
    [
        ({}, b""),
        ({}, json.dumps(EVENT).encode()),
        ({"signature": "0" * 40, "timestamp": "1", "nonce": "2"}, json.dumps(EVENT).encode()),
        ({"msg_signature": "0" * 40, "timestamp": "1", "nonce": "2", "encrypt_type": "aes"}, b"{}"),
        (
            {"msg_signature": "0" * 40, "timestamp": "1", "nonce": "2", "encrypt_type": "aes"},
            b'{"Encrypt":"AAAA"}',
        ),
        ({"msg_signature": "0" * 40, "timestamp": "1", "nonce": "2", "encrypt_type": "aes"}, b"\xff\xfe\x00"),
        ({"msg_signature": "0" * 40, "timestamp": "1", "nonce": "2", "encrypt_type": "aes"}, b"x" * 70_000),
    ],
)
def test_what_is_not_from_wechat_leaves_no_trace(
    client: FlaskClient, query: dict[str, Any], body: bytes
) -> None:
    for name in ("miniprogram", "official-account"):
        answer = client.post(f"/webhooks/wechat/{name}", query_string=query, data=body)
        assert 400 <= answer.status_code < 500
    assert _count() == 0


def test_a_push_of_wechat_is_kept_once_however_often_it_comes(client: FlaskClient) -> None:
    text = json.dumps(EVENT)
    for _ in range(3):  # every retry is encrypted anew
        query, body = pushes.safe_push(text, runtime().miniprogram_account)
        answer = client.post("/webhooks/wechat/miniprogram", query_string=query, data=body)
        assert (answer.status_code, answer.text) == (200, "success")
    assert _count() == 1
    assert db.session.scalar(select(PushEvent.body)) == text


def test_two_events_of_one_second_are_two(client: FlaskClient) -> None:
    for msgid in ("1", "2"):
        text = json.dumps({**EVENT, "List": {**EVENT["List"], "MsgID": msgid}})
        query, body = pushes.safe_push(text, runtime().miniprogram_account)
        client.post("/webhooks/wechat/miniprogram", query_string=query, data=body)
    assert _count() == 2


def test_a_push_for_the_other_account_is_refused(client: FlaskClient) -> None:
    query, body = pushes.safe_push(json.dumps(EVENT), runtime().official_account)
    answer = client.post("/webhooks/wechat/miniprogram", query_string=query, data=body)
    assert answer.status_code == 403
    assert _count() == 0


def test_the_answer_comes_long_before_wechat_gives_up(client: FlaskClient) -> None:
    began = time.perf_counter()
    for number in range(50):
        text = json.dumps({**EVENT, "CreateTime": str(number)})
        query, body = pushes.safe_push(text, runtime().miniprogram_account)
        assert client.post("/webhooks/wechat/miniprogram", query_string=query, data=body).text == "success"
    # WeChat waits five seconds for one; fifty in that time leave room for any machine.
    assert time.perf_counter() - began < 5
