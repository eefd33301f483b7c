"""Codes and scanning them."""

from typing import Any

import pytest

from tests.fixtures_sandbox import Sandbox
from tests.sandbox.conftest import Caller
from tests.sandbox.receiver import Receiver

PNG = b"\x89PNG\r\n"


def test_a_mini_program_code_is_a_picture_that_leads_to_its_page(sandbox: Sandbox, caller: Caller) -> None:
    picture = caller.wxacode(scene="Zk3-_x9QpL2mN8vB4cD7eF", page="pages/interview/index")
    assert picture.headers["Content-Type"] == "image/png"
    assert picture.content.startswith(PNG)
    scanned = sandbox.scan("lin-xiao", wxacode_scene="Zk3-_x9QpL2mN8vB4cD7eF")
    assert scanned == {"page": "pages/interview/index", "scene": "Zk3-_x9QpL2mN8vB4cD7eF"}
    [code] = sandbox.codes()
    assert (code["kind"], code["scene"]) == ("wxacode", "Zk3-_x9QpL2mN8vB4cD7eF")


@pytest.mark.parametrize(
    ("body", "errcode"),
    [
        ({}, 40097),
        ({"scene": 12}, 40097),
        ({"scene": "a=1", "width": 100}, 40097),
        ({"scene": "x" * 33}, 40129),
        ({"scene": "%E4%B8%AD"}, 40129),
        ({"scene": ""}, 40129),
        ({"scene": "a=1", "page": "pages/draft/index"}, 41030),
        ({"scene": "a=1", "page": "/pages/home/index"}, 41030),
    ],
)
def test_a_wrong_code_request_has_its_own_code(caller: Caller, body: dict[str, Any], errcode: int) -> None:
    assert caller.wxacode(**body).json()["errcode"] == errcode


def test_an_unreleased_page_passes_when_it_is_not_checked(caller: Caller) -> None:
    picture = caller.wxacode(scene="a=1", page="pages/draft/index", check_path=False)
    assert picture.content.startswith(PNG)


def test_scanning_makes_a_stranger_follow_and_a_follower_scan(
    sandbox: Sandbox, caller: Caller, receiver: Receiver
) -> None:
    code = caller.ticket("bind-3f9a")
    assert code["expire_seconds"] == 300
    assert sandbox.scan("li-min", ticket=code["ticket"]) == {"scene_str": "bind-3f9a"}
    [followed] = receiver.wait_for("subscribe")
    assert (followed["EventKey"], followed["Ticket"]) == ("qrscene_bind-3f9a", code["ticket"])
    assert sandbox.person("li-min")["follows"] is True
    sandbox.scan("li-min", ticket=code["ticket"])
    [scanned] = receiver.wait_for("SCAN")
    assert (scanned["EventKey"], scanned["Ticket"]) == ("bind-3f9a", code["ticket"])


def test_the_code_of_a_ticket_can_be_shown_and_scanned_while_it_lives(
    sandbox: Sandbox, caller: Caller
) -> None:
    ticket = caller.ticket("bind-1")["ticket"]
    assert sandbox.get("/cgi-bin/showqrcode", ticket=ticket).content.startswith(PNG)
    assert sandbox.get("/cgi-bin/showqrcode", ticket="gQnone").status_code == 404
    assert sandbox.codes()[0]["scene_str"] == "bind-1"
    lost = sandbox.post("/sandbox/people/li-min/scans", {"ticket": "gQnone"})
    assert lost.status_code == 404


@pytest.mark.parametrize(
    ("changes", "errcode"),
    [
        ({"action_name": "QR_OTHER"}, 40052),
        ({"action_info": {"scene": {"scene_str": ""}}}, 40053),
        ({"action_info": {"scene": {"scene_str": "x" * 65}}}, 40053),
        ({"action_info": "none"}, 40053),
        ({"expire_seconds": 2_592_001}, 40053),
    ],
)
def test_a_wrong_ticket_request_has_its_own_code(
    caller: Caller, changes: dict[str, Any], errcode: int
) -> None:
    assert caller.ticket("bind-1", **changes)["errcode"] == errcode


def test_a_lasting_code_has_no_end(caller: Caller) -> None:
    code = caller.ticket("desk", action_name="QR_LIMIT_STR_SCENE")
    assert set(code) == {"ticket", "url"}
