"""Asks for a token from many threads: `python token_process.py <address of WeChat> <port of Redis>`."""

import sys
from concurrent.futures import ThreadPoolExecutor

from redis import Redis

from server.wechat.accounts import OfficialAccount, Timeouts
from server.wechat.tokens import TokenStore
from server.wechat.transport import Transport

if __name__ == "__main__":
    api, port = sys.argv[1], int(sys.argv[2])
    account = OfficialAccount("wxa0000000000000002", "secret", "", "")
    store = TokenStore(Redis(port=port), account, Transport(api, Timeouts()))
    with ThreadPoolExecutor(20) as threads:
        tokens = set(threads.map(lambda _: store.get(), range(40)))
    sys.stdout.write(" ".join(sorted(tokens)))
