"""What reached WeChat and what did not is told apart, and nothing secret is said about it."""

import logging
import pickle
import socket
import ssl
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from server.wechat.accounts import Endpoints, MiniProgramAccount, OfficialAccount, Timeouts
from server.wechat.client import MiniProgramClient
from server.wechat.error_codes import Outcome
from server.wechat.errors import AnswerLost, NotSent, WeChatError
from server.wechat.transport import MAX_ANSWER, Transport
from tests.wechat.loopback_wechat import TOKEN_PATH, Answer, LoopbackWeChat, as_json, serve
from tests.wechat.samples import SECRET

OPENID = "o6_bmjrPTlm6_2sgVt7hMZOPfL2M"
SEND = "/cgi-bin/message/subscribe/send"
QUICK = Timeouts(connect=0.3, read=0.3)


def call(wechat: LoopbackWeChat) -> dict | bytes:
    return Transport(wechat.url, QUICK).call("POST", "/any", params={"access_token": "t"}, json={"a": "b"})


def a_certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(hours=1))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path = folder / "certificate.pem"
    path.write_bytes(certificate.public_bytes(Encoding.PEM) + private)
    return path


def test_a_refused_connection_sent_nothing():
    with pytest.raises(NotSent):
        Transport("http://127.0.0.1:1", QUICK).call("GET", "/any")


def test_an_unknown_host_sent_nothing():
    with pytest.raises(NotSent):
        Transport("http://wechat.invalid", QUICK).call("GET", "/any")


def test_an_address_that_is_none_sent_nothing():
    with pytest.raises(NotSent):
        Transport("http://[", QUICK).call("GET", "/any")


def test_a_failed_tls_handshake_sent_nothing():
    # It accepts and stays silent, like a wrong proxy; and a plain server answers TLS with an error.
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(NotSent):
        Transport(f"https://127.0.0.1:{silent.getsockname()[1]}", QUICK).call("GET", "/any")


def test_an_untrusted_certificate_sent_nothing_and_is_named(wechat: LoopbackWeChat, tmp_path: Path):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(a_certificate(tmp_path))
    server = serve(wechat, context)
    with pytest.raises(NotSent) as caught:
        Transport(wechat.url.replace("http:", "https:"), QUICK).call("GET", "/any")
    server.shutdown()
    server.server_close()
    assert (caught.value.errmsg, wechat.asked) == ("SSLCertVerificationError", [])


def test_tls_to_a_plain_server_sent_nothing(wechat: LoopbackWeChat):
    with pytest.raises(NotSent):
        Transport(wechat.url.replace("http:", "https:"), QUICK).call("GET", "/any")


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(as_json({}, delay=0.8), id="too late"),
        pytest.param(as_json({}, cut=0), id="no answer at all"),
        pytest.param(as_json({"errcode": 0}, cut=5), id="cut short"),
        pytest.param(Answer(b'{"errcode":0' + b" " * 40 + b"}", trickle=0.05), id="byte by byte"),
        pytest.param(Answer(b"<html>502</html>", status=502, content_type="text/html"), id="html"),
        pytest.param(Answer(b"<html>ok</html>", content_type="text/html"), id="html with 200"),
        pytest.param(as_json({"message": "no"}, status=500), id="json with 500"),
        pytest.param(as_json({}, status=302), id="redirect"),
        pytest.param(Answer(b""), id="empty"),
        pytest.param(Answer(b"", content_type="image/jpeg"), id="empty image"),
        pytest.param(Answer(b"[1, 2]"), id="array"),
        pytest.param(Answer(b'{"errcode": 0'), id="half of an object"),
        pytest.param(Answer(b'{"a":' * 20000), id="deep"),
        pytest.param(Answer(b'{"msgid":' + b"9" * 5000 + b"}"), id="endless number"),
        pytest.param(Answer(b'{"a":"' + b"x" * MAX_ANSWER + b'"}'), id="too long"),
    ],
)
def test_an_answer_that_cannot_be_read_is_lost(wechat: LoopbackWeChat, answer: Answer):
    wechat.answers["/any"] = answer
    began = time.monotonic()
    with pytest.raises(AnswerLost) as caught:
        call(wechat)
    assert caught.value.outcome is Outcome.UNKNOWN
    assert len(wechat.asked) == 1, "sent more than once"
    assert time.monotonic() - began < 1.5


def test_an_errcode_counts_whatever_the_http_status(wechat: LoopbackWeChat):
    wechat.answers["/any"] = as_json({"errcode": -1, "errmsg": "system error"}, status=500)
    assert call(wechat) == {"errcode": -1, "errmsg": "system error"}


def test_an_error_in_the_dress_of_an_image_is_an_error(wechat: LoopbackWeChat):
    wechat.answers["/any"] = as_json({"errcode": 41030}, content_type="image/jpeg")
    assert call(wechat) == {"errcode": 41030}


def test_connections_are_kept_and_shared(wechat: LoopbackWeChat):
    transport = Transport(wechat.url, QUICK, pool_size=4)
    with ThreadPoolExecutor(16) as threads:
        list(threads.map(lambda _: transport.call("GET", "/any"), range(200)))
    transport.close()
    assert len(wechat.asked) == 200
    assert len({asked.client for asked in wechat.asked}) <= 4


def test_whoever_waits_too_long_for_a_connection_sent_nothing(wechat: LoopbackWeChat):
    wechat.answers["/any"] = as_json({}, delay=0.8)
    transport = Transport(wechat.url, QUICK, pool_size=1)

    def failure(_: int) -> type[WeChatError]:
        with pytest.raises(WeChatError) as caught:
            transport.call("GET", "/any")
        return type(caught.value)

    with ThreadPoolExecutor(6) as threads:
        failures = list(threads.map(failure, range(6)))
    assert failures.count(AnswerLost) == len(wechat.asked) < 6
    assert failures.count(NotSent) == 6 - len(wechat.asked)


def test_a_server_that_closed_its_side_in_between_costs_no_message(wechat: LoopbackWeChat):
    transport = Transport(wechat.url, QUICK)
    wechat.answers["/any"] = as_json({}, cut=2)
    assert transport.call("GET", "/any") == {}
    time.sleep(0.05)
    assert transport.call("GET", "/any") == {}


def everything_said(caplog: pytest.LogCaptureFixture, errors: list[WeChatError]) -> str:
    texts = [caplog.text]
    for error in errors:
        texts += [str(error), repr(error), repr(vars(error)), *traceback.format_exception(error)]
        assert error.__context__ is None or isinstance(error.__context__, WeChatError)
        assert error.__cause__ is None
    return "\n".join(texts)


def test_neither_log_nor_exception_tells_a_secret(
    wechat: LoopbackWeChat,
    miniprogram: MiniProgramClient,
    miniprogram_account: MiniProgramAccount,
    caplog: pytest.LogCaptureFixture,
):
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="urllib3")
    code = "0a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d"
    errmsg = f"invalid credential [{wechat.token}] for {OPENID}, code {code}, secret {SECRET}"
    answers = [
        as_json({"errcode": 40001, "errmsg": errmsg}),
        as_json({"errcode": 98765, "errmsg": errmsg}),
        as_json({}, delay=0.8),
        as_json({}, cut=0),
        Answer(errmsg.encode(), status=500),
    ]
    errors = []
    for answer in answers:
        wechat.answers[SEND] = wechat.answers["/sns/jscode2session"] = answer
        with pytest.raises(WeChatError) as sending:
            miniprogram.send_subscribe_message(OPENID, "TEMPLATE", {"thing1": "工程师"})
        with pytest.raises(WeChatError) as signing_in:
            miniprogram.code_to_session(code)
        errors += [sending.value, signing_in.value]
    wechat.answers[TOKEN_PATH] = as_json({"errcode": 40125, "errmsg": errmsg})
    nowhere = MiniProgramClient(miniprogram_account, Endpoints(api="http://127.0.0.1:1"), QUICK)
    for client in (MiniProgramClient(miniprogram_account, Endpoints(api=wechat.url), QUICK), nowhere):
        with pytest.raises(WeChatError) as fetching:
            client.send_subscribe_message(OPENID, "TEMPLATE", {"thing1": "工程师"})
        errors.append(fetching.value)
    said = everything_said(caplog, errors)
    assert "urllib3" in said
    for secret in (wechat.token, SECRET, OPENID, code):
        assert secret not in said


def test_printed_values_hide_who_and_how(
    miniprogram_account: MiniProgramAccount, official_account: OfficialAccount, wechat: LoopbackWeChat
):
    for account in (miniprogram_account, official_account):
        for hidden in (account.secret, account.push_token, account.push_aes_key):
            assert hidden not in repr(account)


def test_errors_survive_the_way_through_a_queue():
    for error in (
        WeChatError(
            45009, "当天的次数已用完。", "rid", Outcome.PAUSE, errmsg="reach max", retry_after=3600.0
        ),
        NotSent(),
        AnswerLost(),
    ):
        copy = pickle.loads(pickle.dumps(error))
        assert (type(copy), str(copy), vars(copy)) == (type(error), str(error), vars(error))
