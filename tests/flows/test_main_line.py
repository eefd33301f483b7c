"""The main job over HTTP, on real processes: cancel, alert, confirm, tell, know what became of it."""

import re

import requests

from tests.fixtures_sandbox import CANCELLATION
from tests.flows.back_office import BackOffice
from tests.installation import RECRUITER, Installation, wait_until


def test_from_the_candidates_tap_to_acknowledged(installation: Installation) -> None:
    installation.start_all()
    [invitation] = installation.populate(["陈思远"])
    hr = BackOffice(installation)
    hr.sign_in(RECRUITER)
    hr.bind_wechat("li-min")

    phone = installation.phone("chen-siyuan")
    signed_in = phone.sign_in(invitation["invite"])
    interview_id = signed_in["interview_id"]
    phone.consent()
    card = wait_until(lambda: installation.sandbox.inbox("chen-siyuan"), what="the invitation card")[0]
    assert card["title"] == "面试邀请通知"
    assert re.fullmatch(rf"pages/interview/index\?id={interview_id}&d=[\w-]{{22}}", card["page"])
    opened = phone.call("POST", "/openings", {"token": card["page"].split("&d=")[1], "scene": 1014})
    assert opened.json() == {"notice_id": 1, "interview_id": interview_id, "event": "invitation"}

    answer = phone.cancel(interview_id, "first-key-0001")
    assert answer.status_code == 201
    cancellation = answer.json()["cancellation"]
    assert cancellation["status"] == "requested"
    assert phone.cancel(interview_id, "first-key-0001").status_code == 200
    phone.consent(CANCELLATION)

    alert = wait_until(lambda: installation.sandbox.inbox("li-min"), what="HR's alert")[0]
    assert {field["value"] for field in alert["fields"]} >= {"陈思远", "时间冲突"}
    assert "陈思远" in hr.get("/").text

    # The phone opens the alert's link and is signed in by WeChat.
    webview = requests.Session()
    hr_phone = installation.sandbox.url.replace("127.0.0.1", "localhost")
    page = webview.get(f"{hr_phone}/sandbox/people/li-min/webview", params={"url": alert["url"]}, timeout=20)
    assert page.ok
    assert "陈思远" in page.text
    hr.confirm(cancellation["id"])

    result = wait_until(
        lambda: [c for c in installation.sandbox.inbox("chen-siyuan") if c["title"] == "面试取消通知"],
        what="the result on the candidate's phone",
    )[0]
    notice_id, token = re.fullmatch(r"pages/notice/index\?id=(\d+)&d=(\S+)", result["page"]).groups()
    record = f"/interviews/{interview_id}"
    wait_until(lambda: "已送达" in hr.get(record).text, what="已送达 on the record")
    before = hr.get(record).text.count("已打开")
    assert phone.call("GET", f"/notices/{notice_id}").json()["acknowledged_at"] is None
    phone.call("POST", "/openings", {"token": token, "scene": 1014})
    assert hr.get(record).text.count("已打开") >= before
    acknowledged = phone.call("POST", f"/notices/{notice_id}/acknowledgement").json()
    assert acknowledged["acknowledged_at"]
    assert phone.call("GET", f"/interviews/{interview_id}").json()["cancellation"]["status"] == "confirmed"
    assert "已确认" in hr.get(record).text
    sent = [item["template_id"] for item in installation.sandbox.accepted()]
    assert len(sent) == len(set(sent)) == 3


def test_health_is_told(installation: Installation) -> None:
    installation.start("web")
    assert requests.get(installation.url + "/healthz", timeout=5).status_code == 200
    ready = requests.get(installation.url + "/readyz", timeout=5)
    assert ready.status_code == 200
    assert ready.json()["redis"] is True
    installation.redis.stop()
    assert requests.get(installation.url + "/readyz", timeout=5).json()["redis"] is False
    assert requests.get(installation.url + "/healthz", timeout=5).status_code == 200
