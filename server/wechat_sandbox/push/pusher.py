"""Posts events to the web server from background threads, later and more than once where need be."""

import heapq
import itertools
import logging
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import urllib3

from server.wechat_sandbox.config import Account, Configuration
from server.wechat_sandbox.documents import Document, Documents
from server.wechat_sandbox.push.crypto import nonce
from server.wechat_sandbox.push.envelope import Envelope, seal, signed_query
from server.wechat_sandbox.push.events import Event

log = logging.getLogger(__name__)

# Source: 服务号文档 · 接收事件推送（五秒内收不到响应会断掉连接，并且重新发起请求，总共重试三次）.
ANSWER_SECONDS = 5.0
RETRIES = 3
_THREADS = 16


class Pusher:
    """Keeps events until they are answered with 200 or given up; those not yet sent survive a restart."""

    def __init__(
        self,
        configuration: Configuration,
        documents: Documents,
        settings: Callable[[], Document],
        backend_url: str,
    ) -> None:
        self._configuration = configuration
        self._documents = documents
        self._settings = settings
        self._backend_url = backend_url.rstrip("/")
        self._http = urllib3.PoolManager(maxsize=_THREADS, retries=False)
        self._senders = ThreadPoolExecutor(_THREADS, thread_name_prefix="push")
        self._due: list[tuple[float, int, str]] = []
        self._numbers = itertools.count()
        self._wake = threading.Condition()

    def start(self) -> None:
        """Start the clock thread and take up what an earlier run left."""
        for waiting in self._documents.list("pushes"):
            self._schedule(waiting["id"], 0.0)
        threading.Thread(target=self._run, name="push-clock", daemon=True).start()

    def push_for(self, person: Document, account: str, event: Event, *, before_answer: bool = False) -> None:
        """Push an event about a person, in the way this person's behaviour asks for.

        With `before_answer` the event is posted here and now when the person has `events_before_answer`.
        """
        behaviour = person["behaviour"]
        if behaviour.get("no_events"):
            return
        for _ in range(2 if behaviour.get("duplicates_events") else 1):
            push_id = uuid.uuid4().hex
            waiting = {"id": push_id, "account": account, "event": event, "tries": 0}
            self._documents.put("pushes", push_id, waiting)
            if before_answer and behaviour.get("events_before_answer"):
                self._try(push_id)
            else:
                self._schedule(push_id, float(self._settings()["event_delay_seconds"]))

    def post(self, account: Account, envelope: Envelope) -> int | None:
        """Post one sealed push and return the HTTP status, or None when nobody answered in time."""
        try:
            answer = self._http.request(
                "POST",
                f"{self._backend_url}{account.push_path}?{envelope.query}",
                body=envelope.body,
                headers={"Content-Type": envelope.content_type, "User-Agent": "Mozilla/4.0"},
                timeout=ANSWER_SECONDS,
                redirect=False,
            )
        except urllib3.exceptions.HTTPError:
            return None
        return answer.status

    def check_address(self, account: Account) -> bool:
        """Ask the web server to echo a random text, as WeChat does before it accepts a push address.

        Source: 小程序文档 · 消息推送（验证消息来自微信服务器）.
        """
        echo = nonce()
        query = urlencode(signed_query(account) | {"echostr": echo})
        url = f"{self._backend_url}{account.push_path}?{query}"
        try:
            answer = self._http.request("GET", url, timeout=ANSWER_SECONDS, redirect=False)
        except urllib3.exceptions.HTTPError:
            return False
        return answer.status == 200 and answer.data.decode(errors="replace") == echo

    def _schedule(self, push_id: str, delay: float) -> None:
        with self._wake:
            heapq.heappush(self._due, (time.monotonic() + delay, next(self._numbers), push_id))
            self._wake.notify()

    def _run(self) -> None:
        while True:
            with self._wake:
                while not self._due or self._due[0][0] > time.monotonic():
                    self._wake.wait(self._due[0][0] - time.monotonic() if self._due else None)
                _, _, push_id = heapq.heappop(self._due)
            self._senders.submit(self._try, push_id)

    def _try(self, push_id: str) -> None:
        waiting = self._documents.find("pushes", push_id)
        if waiting is None:  # A reset forgot it.
            return
        settings = self._settings()
        account = self._configuration.accounts[waiting["account"]]
        envelope = seal(
            account,
            waiting["event"],
            push_format=settings["push_format"][account.kind],
            safe=settings["push_mode"] == "safe",
        )
        if self.post(account, envelope) == 200:
            self._documents.remove("pushes", push_id)
            return
        tries = waiting["tries"] + 1
        if tries > RETRIES:
            self._documents.remove("pushes", push_id)
            log.warning("The web server did not take the event %s.", waiting["event"]["Event"])
            return
        with self._documents.change():
            if self._documents.find("pushes", push_id):
                self._documents.put("pushes", push_id, waiting | {"tries": tries})
        self._schedule(push_id, float(settings["event_retry_seconds"]))
