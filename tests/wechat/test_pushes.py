"""A push is taken when it proves to be WeChat's and meant for us, and in no other case."""

import base64
import dataclasses
import hashlib
import json
from datetime import UTC, datetime

import pytest

from server.wechat.accounts import Account, MiniProgramAccount, OfficialAccount
from server.wechat.callbacks import MAX_BODY, check_url, read_push
from server.wechat.errors import Forged, Malformed
from tests.wechat.pushes import (
    NONCE,
    TIMESTAMP,
    envelope,
    event,
    plain_query,
    safe_push,
    safe_query,
    sealed,
    signature,
)
from tests.wechat.samples import sample

OFFICIAL = sample("crypto/official-mp-push-2024-json.json")
WECOM = sample("crypto/official-wecom-sample.json")


@pytest.fixture
def account() -> Account:
    return MiniProgramAccount(OFFICIAL["appid"], "secret", OFFICIAL["token"], OFFICIAL["encoding_aes_key"])


@pytest.fixture
def plain_account(account: Account) -> Account:
    return dataclasses.replace(account, push_mode="plain")


def test_the_published_url_check_is_answered(account: Account):
    assert check_url(account, OFFICIAL["url_verify"]["query"]) == OFFICIAL["url_verify"]["expect_body"]


@pytest.mark.parametrize("missing", ["signature", "timestamp", "nonce", "echostr"])
def test_a_url_check_must_be_complete(account: Account, missing: str):
    query = {name: value for name, value in OFFICIAL["url_verify"]["query"].items() if name != missing}
    with pytest.raises(Forged):
        check_url(account, query)


@pytest.mark.parametrize("change", [{"signature": "0" * 40}, {"nonce": "1"}, {"echostr": "x" * 1000}])
def test_a_url_check_must_be_signed_and_short(account: Account, change: dict[str, str]):
    with pytest.raises(Forged):
        check_url(account, {**OFFICIAL["url_verify"]["query"], **change})


def test_the_published_encrypted_push_is_read(account: Account):
    published = OFFICIAL["safe_push"]
    push = read_push(account, published["query"], json.dumps(published["body"]).encode())
    assert push.text == published["plaintext"]
    assert push.sha256 == hashlib.sha256(published["plaintext"].encode()).hexdigest()
    assert (push.appid, push.kind, push.event) == (account.appid, "event", "debug_demo")
    assert push.openid == "o9AgO5Kd5ggOC-bXrbNODIiE3bGY"
    assert push.created_at == datetime(2024, 4, 26, 6, 20, 45, tzinfo=UTC)
    assert push.data["CreateTime"] == "1714112445"


def test_the_published_plain_push_is_read(plain_account: Account):
    published = OFFICIAL["plain_push"]
    push = read_push(plain_account, published["query"], json.dumps(published["body"]).encode())
    assert (push.event, push.data["debug_str"]) == ("debug_demo", "hello world")


def test_the_published_encrypted_reply_opens_and_is_no_push(account: Account):
    reply = OFFICIAL["safe_reply"]
    query = {
        "encrypt_type": "aes",
        "msg_signature": reply["msg_signature"],
        "timestamp": reply["timestamp"],
        "nonce": reply["nonce"],
    }
    with pytest.raises(Malformed, match="MsgType"):
        read_push(account, query, json.dumps(reply["envelope_json"]).encode())


def test_the_published_xml_sample_is_read():
    account = OfficialAccount(WECOM["corpid"], "secret", WECOM["token"], WECOM["encoding_aes_key"])
    published = WECOM["push"]
    query = {name: published[name] for name in ("msg_signature", "timestamp", "nonce")} | {
        "encrypt_type": "aes"
    }
    push = read_push(account, query, envelope(published["encrypt"], xml=True))
    assert push.text == published["plaintext"]
    assert (push.kind, push.event, push.openid) == ("text", "", "mycreate")
    assert push.data["Content"] == "hello"
    published = WECOM["verify_url"]
    query = {name: published[name] for name in ("msg_signature", "timestamp", "nonce")} | {
        "encrypt_type": "aes"
    }
    with pytest.raises(Malformed, match="neither"):
        read_push(account, query, envelope(published["echostr"], xml=True))


@pytest.mark.parametrize("xml", [True, False])
def test_a_repetition_has_the_same_digest_though_it_is_encrypted_anew(account: Account, xml: bool):
    text = event("debug_demo")
    first, second = (safe_push(text, account, xml) for _ in range(2))
    assert first[1] != second[1]
    assert read_push(account, *first).sha256 == read_push(account, *second).sha256


def test_both_notations_read_the_same(account: Account):
    xml = "<xml><FromUserName>OPENID</FromUserName><CreateTime>7</CreateTime><MsgType>event</MsgType>\
<Event><![CDATA[ SCAN ]]></Event><Empty/></xml>"
    like = {"FromUserName": "OPENID", "CreateTime": 7, "MsgType": "event", "Event": "SCAN", "Empty": None}
    pushes = [read_push(account, *safe_push(text, account)) for text in (xml, json.dumps(like))]
    assert pushes[0].data == pushes[1].data
    assert {push.event for push in pushes} == {"scan"}


def test_the_signature_of_the_query_proves_no_body(account: Account):
    query, _ = safe_push(event("debug_demo"), account)
    _, other = safe_push(event("unsubscribe"), account)
    with pytest.raises(Forged, match="signature"):
        read_push(account, query, other)
    encrypt = json.loads(other)["Encrypt"]
    wrong = {**safe_query(account, encrypt), "msg_signature": plain_query(account)["signature"]}
    with pytest.raises(Forged, match="signature"):
        read_push(account, wrong, other)


@pytest.mark.parametrize("missing", ["msg_signature", "timestamp", "nonce", "encrypt_type"])
def test_an_encrypted_push_must_be_complete(account: Account, missing: str):
    query, body = safe_push(event("debug_demo"), account)
    del query[missing]
    with pytest.raises(Forged):
        read_push(account, query, body)


def test_a_plain_body_is_refused_in_safe_mode(account: Account):
    body = event("unsubscribe").encode()
    encrypt_named = {
        **plain_query(account),
        "encrypt_type": "aes",
        "msg_signature": plain_query(account)["signature"],
    }
    for query in (plain_query(account), encrypt_named):
        with pytest.raises(Forged):
            read_push(account, query, body)


def test_of_a_mixed_body_only_the_encrypted_part_counts(account: Account):
    encrypt = sealed(event("debug_demo"), account)
    body = json.dumps({**json.loads(event("unsubscribe")), "Encrypt": encrypt}).encode()
    assert read_push(account, safe_query(account, encrypt), body).event == "debug_demo"


def test_a_push_for_another_account_is_refused(account: Account):
    with pytest.raises(Forged):
        read_push(account, *safe_push(event("debug_demo"), account, appid="wx0000000000000000"))


def test_a_push_sealed_with_another_key_is_refused(account: Account):
    other = dataclasses.replace(account, push_aes_key="B" * 43)
    with pytest.raises(Forged):
        read_push(account, *safe_push(event("debug_demo"), other))


def test_while_switching_over_both_modes_are_read(account: Account):
    either = dataclasses.replace(account, push_mode="either")
    assert read_push(either, *safe_push(event("a"), account)).event == "a"
    assert read_push(either, plain_query(account), event("b").encode()).event == "b"
    with pytest.raises(Forged):
        read_push(either, {**plain_query(account), "signature": "0"}, event("b").encode())


def test_an_account_without_a_push_token_trusts_nobody(plain_account: Account):
    account = dataclasses.replace(plain_account, push_token="")
    with pytest.raises(Forged):
        read_push(account, plain_query(account), event("a").encode())
    with pytest.raises(Forged):
        check_url(account, {**plain_query(account), "echostr": "1"})


def test_a_body_has_a_limit(plain_account: Account):
    body = event("a", text="x" * MAX_BODY).encode()
    with pytest.raises(Malformed, match="long"):
        read_push(plain_account, plain_query(plain_account), body)


@pytest.mark.parametrize("created", ["", None, "soon", -1, 10**30, 1e300, [1], {"a": 1}, True, "9" * 11])
def test_without_a_usable_time_the_signed_timestamp_counts(account: Account, created: object):
    push = read_push(account, *safe_push(event("a", CreateTime=created), account))
    assert push.created_at == datetime.fromtimestamp(int(TIMESTAMP), UTC)


def test_a_line_break_that_wechat_left_as_it_is_does_no_harm(account: Account):
    push = read_push(account, *safe_push('{"MsgType":"text","Content":"two\nlines"}', account))
    assert push.data["Content"] == "two\nlines"


def test_what_no_database_can_store_is_taken_out(account: Account):
    push = read_push(
        account, *safe_push('{"MsgType":"event","Event":"a","x":"\\ud800\\u0000y","\\ud800":1}', account)
    )
    assert (push.data["x"], push.data["?"]) == ("?y", "1")
    with pytest.raises(Malformed):
        read_push(account, *safe_push('{"MsgType":"event","Event":"a\x00"}', account))


def test_numbers_keep_their_nineteen_digits(account: Account):
    push = read_push(account, *safe_push(event("a", MsgID=1864323726461255680123), account))
    assert push.data["MsgID"] == "1864323726461255680123"


def test_a_printed_push_tells_nothing_about_the_person(account: Account):
    push = read_push(account, *safe_push(event("a", Content="private"), account))
    assert "OPENID" not in repr(push)
    assert "private" not in repr(push)


def test_the_seal_of_these_tests_is_the_published_one(account: Account):
    published = OFFICIAL["safe_push"]
    assert len(base64.b64decode(sealed(published["plaintext"], account))) == len(
        base64.b64decode(published["body"]["Encrypt"])
    )
    query = published["query"]
    signed = signature(account.push_token, query["timestamp"], query["nonce"], published["body"]["Encrypt"])
    assert signed == query["msg_signature"]
    assert query["nonce"] == NONCE
