"""Whatever arrives at the push URL, the answer is a push, 400 or 403, and never anything else."""

import base64
import dataclasses
import json
import random
from typing import Any

import pytest

from server.wechat import events
from server.wechat.accounts import Account, MiniProgramAccount
from server.wechat.callbacks import Push, check_url, read_push
from server.wechat.errors import Forged, Malformed
from tests.wechat.pushes import envelope, event, plain_query, safe_push, safe_query, sealed
from tests.wechat.samples import AES_KEY, SAMPLES

READERS = (
    events.sent_results,
    events.popup_choices,
    events.change_choices,
    events.template_job,
    events.scan,
    events.revoked_openid,
    events.unfollowed_openid,
)
SAFE = MiniProgramAccount("wxa0000000000000001", "secret", "pushtoken", AES_KEY)
PLAIN = dataclasses.replace(SAFE, push_mode="plain")
EITHER = dataclasses.replace(SAFE, push_mode="either")
PUSHES = sorted([*SAMPLES.glob("events-*/*.json"), *SAMPLES.glob("events-*/*.xml")])


def outcome(account: Account, query: Any, body: bytes) -> str:
    try:
        push = read_push(account, query, body)
    except Forged:
        return "forged"
    except Malformed:
        return "malformed"
    assert isinstance(push, Push)
    for read in READERS:
        read(push)
    push.text.encode()
    json.dumps(push.data).encode()
    return "taken"


def mutated(body: bytes, chance: random.Random) -> bytes:
    changed = bytearray(body)
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(changed) + 1)
        match chance.randrange(4):
            case 0:
                changed[place:place] = bytes([chance.randrange(256)])
            case 1:
                del changed[place : place + chance.randint(1, 20)]
            case 2 if place < len(changed):
                changed[place] = chance.randrange(256)
            case _:
                piece = changed[place : place + 30]
                changed[place:place] = piece
    return bytes(changed)


@pytest.mark.parametrize("path", PUSHES, ids=lambda path: path.name)
def test_every_sample_is_taken_in_every_mode(path):
    text = path.read_text("utf-8")
    assert outcome(PLAIN, plain_query(PLAIN), text.encode()) == "taken"
    assert outcome(SAFE, *safe_push(text, SAFE, xml=path.suffix == ".xml")) == "taken"


@pytest.mark.parametrize("path", PUSHES, ids=lambda path: path.name)
def test_changed_samples_do_no_harm(path):
    chance = random.Random(path.name)
    body = path.read_bytes()
    for _ in range(150):
        changed = mutated(body, chance)
        outcome(PLAIN, plain_query(PLAIN), changed)
        outcome(SAFE, *safe_push(changed, SAFE))


def test_truncated_bodies_are_refused():
    for xml in (True, False):
        query, body = safe_push(event("debug_demo"), SAFE, xml=xml)
        for length in range(len(body)):
            assert outcome(SAFE, query, body[:length]) in ("forged", "malformed")


def test_random_bytes_are_refused():
    chance = random.Random(7)
    for length in [*range(40), 1000, 70000]:
        body = chance.randbytes(length)
        for account in (SAFE, PLAIN, EITHER):
            assert outcome(account, plain_query(account), body) != "taken"
            assert outcome(account, {**plain_query(account), "encrypt_type": "aes"}, body) != "taken"


def test_well_signed_rubbish_is_refused():
    chance = random.Random(11)
    rubbish = [
        "A",
        "====",
        "中文",
        " ",
        "\x00",
        *(base64.b64encode(chance.randbytes(n)).decode() for n in range(0, 99, 3)),
    ]
    rubbish += [base64.b64encode(chance.randbytes(n)).decode() for n in (16, 32, 64, 128) for _ in range(40)]
    for encrypt in rubbish:
        assert outcome(SAFE, safe_query(SAFE, encrypt), envelope(encrypt)) != "taken"


def test_a_length_that_lies_is_refused():
    for length in (0, 1, 5, 10**4, 2**31, 2**32 - 1):
        encrypt = sealed(event("debug_demo"), SAFE, length=length)
        assert outcome(SAFE, safe_query(SAFE, encrypt), envelope(encrypt)) == "forged"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "true",
        "7",
        '"text"',
        "[]",
        "[{}]",
        "{}",
        '{"MsgType": ""}',
        '{"MsgType": ["event"]}',
        '{"MsgType": {"a": "b"}}',
        '{"MsgType": "event", "Event": {}}',
        '{"MsgType": "event", "FromUserName": []}',
        '{"MsgType": "' + "e" * 1000 + '"}',
        '{"MsgType": "event", "Event": "' + "e" * 1000 + '"}',
        '{"MsgType": "event", "FromUserName": "' + "o" * 1000 + '"}',
        '{"a":' * 9000,
        '{"MsgType":"event","Event":"a","List":' + "[" * 9000 + "]" * 9000 + "}",
        '{"MsgType":"event","Event":"a","List":' + '{"List":' * 900 + "1" + "}" * 900 + "}",
        "<a>" * 9000,
        "<xml>" + "<a>" * 9000 + "</a>" * 9000 + "</xml>",
        "<xml/>",
        "<xml></xml>",
        "<xml>text</xml>",
        "<html><MsgType>event</MsgType></html>",
        "<xml><MsgType>event</MsgType></xml><xml/>",
        '<!DOCTYPE xml [<!ENTITY a "b">]><xml><MsgType>&a;</MsgType></xml>',
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><xml>&b;&b;&b;</xml>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><MsgType>&a;</MsgType></xml>',
        "<?xml",
        "<",
        "{",
        "\ufeff",
        "\x00",
        "MsgType=event",
    ],
    ids=lambda text: text[:40] or "empty",
)
def test_what_is_no_push_is_refused_even_if_well_signed(text: str):
    assert outcome(PLAIN, plain_query(PLAIN), text.encode()) == "malformed"
    assert outcome(SAFE, *safe_push(text, SAFE)) in ("malformed", "forged")
    assert outcome(SAFE, {**plain_query(SAFE), "encrypt_type": "aes"}, text.encode()) in (
        "malformed",
        "forged",
    )


ODD: list[Any] = [
    None,
    True,
    7,
    -1,
    1.5,
    1e308,
    10**400,
    "",
    "x",
    "\ud83d",
    [],
    {},
    [[[]]],
    [None],
    [7],
    ["x"],
    [{}],
    {"item": None},
    {"item": [7]},
    {"TemplateId": 7},
    {"TemplateId": None},
    {"TemplateId": {"a": 1}},
    [{"TemplateId": "t", "MsgID": [1], "ErrorCode": {}, "ErrorStatus": 7, "SubscribeStatusString": None}],
]


@pytest.mark.parametrize(
    "name",
    [
        "subscribe_msg_sent_event",
        "subscribe_msg_popup_event",
        "subscribe_msg_change_event",
        "TEMPLATESENDJOBFINISH",
        "subscribe",
        "unsubscribe",
        "SCAN",
        "user_authorization_revoke",
        "user_authorization_cancellation",
    ],
)
def test_odd_values_in_the_places_we_read_do_no_harm(name: str):
    places = ("List", "SubscribeMsgSentEvent", "MsgID", "Status", "EventKey", "OpenID", "Ticket")
    for odd in ODD:
        text = event(name, **dict.fromkeys(places, odd))
        assert outcome(SAFE, *safe_push(text, SAFE)) == "taken"


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"signature": ""},
        {"signature": "中文", "timestamp": "\ud800", "nonce": "1"},
        {"signature": None, "timestamp": None, "nonce": None},
        {"signature": 7, "timestamp": 7, "nonce": 7, "encrypt_type": 7},
        {"encrypt_type": "aes", "msg_signature": ["x"], "timestamp": "1", "nonce": "\ud800"},
        {"encrypt_type": "raw", "msg_signature": "x", "timestamp": "1", "nonce": "1"},
    ],
)
def test_odd_queries_prove_nothing(query: dict[str, Any]):
    _, body = safe_push(event("debug_demo"), SAFE)
    for account in (SAFE, PLAIN, EITHER):
        assert outcome(account, query, body) == "forged"
        with pytest.raises(Forged):
            check_url(account, {**query, "echostr": "1"})
