"""Every call of the clients and every push, against the sandbox: both sides read WeChat's documents alike."""

import time
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from server.wechat.accounts import Endpoints, MiniProgramAccount, OfficialAccount, Timeouts
from server.wechat.answers import OfficialUser
from server.wechat.callbacks import Push, read_push
from server.wechat.client import MiniProgramClient, OfficialAccountClient
from server.wechat.error_codes import LOGIN_BLOCKED, LOGIN_CODE_SPENT, Outcome
from server.wechat.errors import AnswerLost, NotSent, WeChatError
from server.wechat.events import popup_choices, scan, sent_results, template_job, unfollowed_openid
from tests.fixtures_sandbox import (
    CANCELLATION,
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
from tests.wechat.loopback_wechat import LoopbackWeChat, serve

__all__ = ["sandbox", "sandbox_process"]

ACCOUNTS = {
    "/webhooks/wechat/miniprogram": MiniProgramAccount(
        MINIPROGRAM,
        MINIPROGRAM_SECRET,
        "sandboxpushminiprogram",
        "yuemianSandboxMiniProgramAesKey000000000000",
    ),
    "/webhooks/wechat/official-account": OfficialAccount(
        OFFICIAL, OFFICIAL_SECRET, "sandboxpushofficial", "yuemianSandboxOfficialAccountAesKey00000000"
    ),
}
INVITED = {
    "thing1": "产品经理",
    "time2": "2024年3月15日 14:00",
    "thing3": "云杉科技",
    "thing4": "如不能参加，可在此取消",
}
ALERT = {
    "thing1": "陈思远",
    "thing2": "产品经理",
    "time3": "2024年3月15日 14:00",
    "thing4": "时间冲突",
    "time5": "2024年3月14日 18:00",
}
PAGE = "pages/interview/index?id=12&d=abc"
Found = Callable[[Callable[[Push], object]], object]


@pytest.fixture(scope="session")
def backend() -> Iterator[LoopbackWeChat]:
    backend = LoopbackWeChat()
    server = serve(backend)
    yield backend
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def sandbox_backend_url(backend: LoopbackWeChat) -> str:
    return backend.url


@pytest.fixture
def pushed(backend: LoopbackWeChat, sandbox: Sandbox) -> Found:
    """Wait for the first push in which a reader finds anything, and return what it finds."""
    backend.asked.clear()
    sandbox.settings(event_delay_seconds=0)

    def find(read: Callable[[Push], object]) -> object:
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            for asked in list(backend.asked):
                if found := read(read_push(ACCOUNTS[asked.path], asked.query, asked.raw)):
                    return found
            time.sleep(0.02)
        raise AssertionError(f"not found in {len(backend.asked)} pushes")

    return find


def everywhere(url: str) -> Endpoints:
    return Endpoints(api=url, oauth=url, showqrcode=url)


@pytest.fixture
def candidates(sandbox: Sandbox) -> Iterator[MiniProgramClient]:
    account = ACCOUNTS["/webhooks/wechat/miniprogram"]
    assert isinstance(account, MiniProgramAccount)
    client = MiniProgramClient(account, everywhere(sandbox.url), Timeouts(connect=1, read=2))
    yield client
    client.close()


@pytest.fixture
def staff(sandbox: Sandbox) -> Iterator[OfficialAccountClient]:
    account = ACCOUNTS["/webhooks/wechat/official-account"]
    assert isinstance(account, OfficialAccount)
    client = OfficialAccountClient(account, everywhere(sandbox.url), Timeouts(connect=1, read=2))
    yield client
    client.close()


def invite(client: MiniProgramClient, openid: str, page: str = PAGE, **changed: str) -> str | None:
    return client.send_subscribe_message(openid, INVITATION, {**INVITED, **changed}, page).provider_id


def refused(call: Callable[[], object]) -> tuple[Outcome, int | None]:
    with pytest.raises(WeChatError) as caught:
        call()
    return caught.value.outcome, caught.value.code


def test_a_candidate_signs_in_once_per_code(sandbox: Sandbox, candidates: MiniProgramClient):
    code = sandbox.login_code("chen-siyuan")
    assert candidates.code_to_session(code).openid == sandbox.person("chen-siyuan")["mp_openid"]
    for spent in (code, "never-issued"):
        assert refused(lambda spent=spent: candidates.code_to_session(spent))[1] in LOGIN_CODE_SPENT
    sandbox.behave("chen-siyuan", login_blocked=True)
    blocked = sandbox.login_code("chen-siyuan")
    outcome, errcode = refused(lambda: candidates.code_to_session(blocked))
    assert (outcome, errcode in LOGIN_BLOCKED) == (Outcome.REFUSED, True)


def test_a_consent_is_worth_one_message_which_arrives(
    sandbox: Sandbox, candidates: MiniProgramClient, pushed: Found
):
    openid = sandbox.person("lin-xiao")["mp_openid"]
    assert refused(lambda: invite(candidates, openid)) == (Outcome.REFUSED, 43101)
    sandbox.consent("lin-xiao", {INVITATION: "accept", CANCELLATION: "reject"})
    choices = pushed(popup_choices)
    assert {choice.template_id: choice.accepted for choice in choices} == {
        INVITATION: True,
        CANCELLATION: False,
    }
    msgid = invite(candidates, openid)
    [result] = pushed(sent_results)
    assert (result.template_id, result.msgid, result.ok) == (INVITATION, msgid, True)
    [card] = sandbox.inbox("lin-xiao")
    assert (card["page"], [field["value"] for field in card["fields"]]) == (PAGE, list(INVITED.values()))
    assert refused(lambda: invite(candidates, openid)) == (Outcome.REFUSED, 43101)


@pytest.mark.parametrize("push_format", ["json", "xml"])
@pytest.mark.parametrize("answers_msgid", [True, False])
def test_results_are_read_whatever_the_account_is_like(
    sandbox: Sandbox, candidates: MiniProgramClient, pushed: Found, push_format: str, answers_msgid: bool
):
    sandbox.settings(push_format={"miniprogram": push_format}, answers_msgid=answers_msgid)
    sandbox.consent("lin-xiao", {INVITATION: "accept"})
    msgid = invite(candidates, sandbox.person("lin-xiao")["mp_openid"])
    assert (msgid is not None) == answers_msgid
    [result] = pushed(sent_results)
    assert result.ok
    assert result.msgid


def test_messages_that_wechat_refuses_have_their_outcome(sandbox: Sandbox, candidates: MiniProgramClient):
    sandbox.consent("lin-xiao", {INVITATION: "accept"})
    openid = sandbox.person("lin-xiao")["mp_openid"]
    for changed in ({"thing1": "长" * 21}, {"thing1": ""}, {"time2": "soon"}):
        assert refused(lambda changed=changed: invite(candidates, openid, **changed)) == (
            Outcome.FINAL,
            47003,
        )
    assert refused(lambda: invite(candidates, openid, "pages/nowhere/index")) == (Outcome.CONFIG, 41030)
    assert refused(lambda: invite(candidates, "oNobody")) == (Outcome.FINAL, 40003)
    assert refused(lambda: candidates.send_subscribe_message(openid, "no-template", INVITED)) == (
        Outcome.CONFIG,
        40037,
    )
    assert sandbox.inbox("lin-xiao") == []


@pytest.mark.parametrize(
    ("errcode", "outcome"),
    [(45009, Outcome.PAUSE), (-1, Outcome.RETRY), (43108, Outcome.RETRY), (45011, Outcome.RETRY)],
)
def test_trouble_at_wechat_has_its_outcome(
    sandbox: Sandbox, candidates: MiniProgramClient, errcode: int, outcome: Outcome
):
    failure = {"path": "/cgi-bin/message/subscribe/send", "errcode": errcode, "times": 1}
    sandbox.settings(fail_next=[failure])
    sandbox.consent("lin-xiao", {INVITATION: "accept"})
    openid = sandbox.person("lin-xiao")["mp_openid"]
    assert refused(lambda: invite(candidates, openid)) == (outcome, errcode)
    invite(candidates, openid)
    assert len(sandbox.accepted()) == 1


def test_a_token_that_wechat_forgot_costs_no_message(sandbox: Sandbox, candidates: MiniProgramClient):
    candidates.list_templates()
    sandbox.reset()
    sandbox.consent("lin-xiao", {INVITATION: "accept"})
    invite(candidates, sandbox.person("lin-xiao")["mp_openid"])
    assert len(sandbox.accepted()) == 1


def test_a_lost_answer_is_told_from_a_message_that_never_left(
    sandbox: Sandbox, candidates: MiniProgramClient
):
    openid = sandbox.person("lin-xiao")["mp_openid"]
    sandbox.consent("lin-xiao", {INVITATION: "accept"})
    sandbox.behave("lin-xiao", loses_answer=True)
    with pytest.raises(AnswerLost):
        invite(candidates, openid)
    assert len(sandbox.accepted()) == 1
    gone = MiniProgramClient(candidates.account, Endpoints(api="http://127.0.0.1:1"))
    with pytest.raises(NotSent):
        invite(gone, openid)


def test_a_wrong_secret_is_a_matter_of_configuration(sandbox: Sandbox):
    wrong = OfficialAccountClient(OfficialAccount(OFFICIAL, "wrong", "", ""), everywhere(sandbox.url))
    assert refused(wrong.list_templates)[0] is Outcome.CONFIG
    assert refused(lambda: wrong.openid_from_oauth("code"))[0] is Outcome.CONFIG


def test_the_templates_are_those_of_the_account(candidates: MiniProgramClient, staff: OfficialAccountClient):
    listed = {template.template_id: template for template in candidates.list_templates()}
    assert listed[INVITATION].title == "面试邀请通知"
    assert listed[INVITATION].keys == tuple(INVITED)
    theirs = {template.template_id: template for template in staff.list_templates()}
    assert theirs[STAFF_ALERT].keys == tuple(ALERT)


def test_a_mini_program_code_leads_to_its_page(sandbox: Sandbox, candidates: MiniProgramClient):
    image = candidates.get_unlimited_code("Zk3-_x9QpL2mN8vB4cD7eF", "pages/interview/index")
    assert image[:4] in (b"\x89PNG", b"\xff\xd8\xff\xe0")
    scanned = sandbox.scan("lin-xiao", wxacode_scene="Zk3-_x9QpL2mN8vB4cD7eF")
    assert scanned["page"] == "pages/interview/index"
    assert refused(lambda: candidates.get_unlimited_code("a", "pages/nowhere/index")) == (
        Outcome.CONFIG,
        41030,
    )


def test_a_scan_binds_whoever_scanned(sandbox: Sandbox, staff: OfficialAccountClient, pushed: Found):
    person = sandbox.add_person("he-ling", "何玲", "staff")
    openid = person["oa_openid"]
    assert staff.get_user(openid) == OfficialUser(False, openid)
    for follows_now in (True, False):
        scene = f"bind-{follows_now}"
        ticket = staff.create_qrcode(scene, 300)
        assert ticket.expire_seconds == 300
        assert sandbox.http.get(staff.showqrcode_url(ticket.ticket), timeout=5).ok
        sandbox.scan("he-ling", ticket=ticket.ticket)
        found = pushed(
            lambda push, scene=scene: (s := scan(push)) and s.scene_str == scene and (s, push.openid)
        )
        assert (found[0].follows_now, found[1]) == (follows_now, openid)
    assert staff.get_user(openid).subscribed
    sandbox.follow("he-ling", False)
    assert pushed(unfollowed_openid) == openid


def test_an_alert_goes_to_followers_and_once(sandbox: Sandbox, staff: OfficialAccountClient, pushed: Found):
    openid = sandbox.add_person("he-ling", "何玲", "staff")["oa_openid"]

    def alert() -> str | None:
        target = {"appid": MINIPROGRAM, "pagepath": PAGE}
        url = "http://127.0.0.1:8600/m/cancellations/7"
        return staff.send_template_message(openid, STAFF_ALERT, ALERT, url, target, "delivery-7").provider_id

    assert refused(alert) == (Outcome.REFUSED, 43004)
    sandbox.follow("he-ling")
    msgid = alert()
    job = pushed(template_job)
    assert (job.msgid, job.ok, job.reason) == (msgid, True, "")
    alert()
    [card] = sandbox.inbox("he-ling")
    assert (card["miniprogram"], card["title"]) == (
        {"appid": MINIPROGRAM, "pagepath": PAGE},
        "候选人取消面试提醒",
    )


def test_a_person_who_blocks_is_reported_afterwards(
    sandbox: Sandbox, staff: OfficialAccountClient, pushed: Found
):
    openid = sandbox.add_person("he-ling", "何玲", "staff", behaviour={"blocks": True})["oa_openid"]
    sandbox.follow("he-ling")
    assert staff.send_template_message(openid, STAFF_ALERT, ALERT).provider_id
    job = pushed(template_job)
    assert (job.ok, job.reason) == (False, "blocked")


def test_a_web_page_learns_who_opened_it(sandbox: Sandbox, staff: OfficialAccountClient):
    openid = sandbox.add_person("he-ling", "何玲", "staff")["oa_openid"]
    back = "http://127.0.0.1:8600/m/sign-in?next=7"
    page = staff.authorize_url(back, "state1").partition("#")[0]
    cookies = {"sandbox_person": "he-ling"}
    answer = sandbox.http.get(page, cookies=cookies, allow_redirects=False, timeout=5)
    query = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert (query["state"], query["next"]) == (["state1"], ["7"])
    assert staff.openid_from_oauth(query["code"][0]) == openid
    assert refused(lambda: staff.openid_from_oauth(query["code"][0]))[1] in LOGIN_CODE_SPENT
