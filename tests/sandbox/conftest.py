"""A sandbox that pushes to a receiver, and the calls a server makes to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.fixtures_sandbox import (
    INVITATION,
    MINIPROGRAM,
    MINIPROGRAM_SECRET,
    OFFICIAL,
    OFFICIAL_SECRET,
    STAFF_ALERT,
    Sandbox,
    sandbox,
    sandbox_process,
)
from tests.sandbox.receiver import Receiver

__all__ = ["sandbox", "sandbox_process"]

INVITATION_DATA = {
    "thing1": {"value": "产品经理"},
    "time2": {"value": "2024年3月15日 14:00"},
    "thing3": {"value": "云杉科技"},
    "thing4": {"value": "如不能参加，可在此取消"},
}
ALERT_DATA = {
    "thing1": {"value": "陈思远"},
    "thing2": {"value": "产品经理"},
    "time3": {"value": "2024年3月15日 14:00"},
    "thing4": {"value": "时间冲突"},
    "time5": {"value": "2024年3月14日 18:00"},
}


@pytest.fixture(scope="session")
def the_receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()


@pytest.fixture(scope="session")
def sandbox_backend_url(the_receiver: Receiver) -> str:
    return the_receiver.url


@pytest.fixture
def receiver(the_receiver: Receiver, sandbox: Sandbox) -> Receiver:
    the_receiver.forget()
    sandbox.settings(event_delay_seconds=0, event_retry_seconds=0.05)
    return the_receiver


@dataclass
class Caller:
    """What a server asks of the platform."""

    sandbox: Sandbox

    def token(self, appid: str = MINIPROGRAM) -> str:
        secret = MINIPROGRAM_SECRET if appid == MINIPROGRAM else OFFICIAL_SECRET
        body = {"grant_type": "client_credential", "appid": appid, "secret": secret}
        return self.sandbox.post("/cgi-bin/stable_token", body).json()["access_token"]

    def subscribe(self, person_id: str, token: str | None = None, **changes: Any) -> dict[str, Any]:
        """Send the invitation to a candidate; keywords replace parts of the body."""
        body = {
            "touser": self.sandbox.person(person_id)["mp_openid"],
            "template_id": INVITATION,
            "page": "pages/interview/index?id=12&d=abc",
            "data": INVITATION_DATA,
            **changes,
        }
        path = "/cgi-bin/message/subscribe/send"
        return self.sandbox.post(path, body, access_token=token or self.token()).json()

    def template(self, person_id: str, token: str | None = None, **changes: Any) -> dict[str, Any]:
        """Alert a recruiter; keywords replace parts of the body."""
        body = {
            "touser": self.sandbox.person(person_id)["oa_openid"],
            "template_id": STAFF_ALERT,
            "url": "http://127.0.0.1:8600/m/cancellations/7",
            "data": ALERT_DATA,
            **changes,
        }
        path = "/cgi-bin/message/template/send"
        return self.sandbox.post(path, body, access_token=token or self.token(OFFICIAL)).json()

    def ticket(self, scene: str, **changes: Any) -> dict[str, Any]:
        """Make an official-account code."""
        body = {
            "expire_seconds": 300,
            "action_name": "QR_STR_SCENE",
            "action_info": {"scene": {"scene_str": scene}},
            **changes,
        }
        return self.sandbox.post("/cgi-bin/qrcode/create", body, access_token=self.token(OFFICIAL)).json()

    def wxacode(self, **body: Any) -> Any:
        return self.sandbox.post("/wxa/getwxacodeunlimit", body, access_token=self.token())


@pytest.fixture
def caller(sandbox: Sandbox) -> Caller:
    return Caller(sandbox)
