"""From channel to channel on real processes: refused by WeChat, by SMS, by nobody."""

import time
from typing import Any

import pytest

from tests.flows.back_office import BackOffice
from tests.installation import RECRUITER, Installation, wait_until

PERSON = "chen-siyuan"


def _sms(installation: Installation) -> list[dict[str, Any]]:
    """SMS about the cancellation; the invitation's own is another matter."""
    items = installation.sandbox.get(f"/sandbox/people/{PERSON}/sms").json()["items"]
    return [item for item in items if "取消" in item["text"] and "邀请您" not in item["text"]]


def _mail(installation: Installation) -> list[dict[str, Any]]:
    items = installation.sandbox.get(f"/sandbox/people/{PERSON}/mail").json()["items"]
    return [item for item in items if "取消" in item["subject"]]


@pytest.fixture
def confirmed(installation: Installation) -> tuple[Installation, BackOffice, int]:
    """A candidate who gave no consent has cancelled; HR can confirm. Returns the cancellation's id last."""
    installation.start_all()
    [invitation] = installation.populate(["陈思远"])
    hr = BackOffice(installation)
    hr.sign_in(RECRUITER)
    phone = installation.phone(PERSON)
    interview_id = phone.sign_in(invitation["invite"])["interview_id"]
    cancellation = phone.cancel(interview_id, "first-key-0001").json()["cancellation"]
    return installation, hr, cancellation["id"]


def test_refused_by_wechat_the_sms_arrives_within_seconds(
    confirmed: tuple[Installation, BackOffice, int],
) -> None:
    installation, hr, cancellation_id = confirmed
    hr.confirm(cancellation_id)
    began = time.monotonic()
    [sms] = wait_until(lambda: _sms(installation), what="the SMS")
    # The promise is 5 seconds; a loaded machine gets some more.
    assert time.monotonic() - began < 20
    assert "申请已确认" in sms["text"]
    record = "/interviews/1"
    wait_until(
        lambda: "短信" in hr.get(record).text and "43101" in hr.get(record).text, what="both on the record"
    )
    time.sleep(6)
    assert len(_sms(installation)) == 1
    assert _mail(installation) == []


def test_refused_by_both_the_mail_arrives(confirmed: tuple[Installation, BackOffice, int]) -> None:
    installation, hr, cancellation_id = confirmed
    installation.sandbox.behave(PERSON, sms_report="vacant")
    hr.confirm(cancellation_id)
    [mail] = wait_until(lambda: _mail(installation), what="the mail")
    assert "已确认" in mail["subject"]
    assert _sms(installation) == []  # a number nobody has rings nowhere
    wait_until(lambda: "发送失败" in hr.get("/interviews/1").text, what="the provider's words on the record")
