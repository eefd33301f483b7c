"""A recruiter with one interview, and browsers."""

from dataclasses import dataclass, replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.domain.events import ChannelName, Event
from server.models import Cancellation, Interview, Notice, Staff
from server.runtime import install_runtime, runtime
from server.services.cancellations import cancel_interview, request_cancellation
from tests import builders
from tests.backoffice.browser import Browser, sign_in


@dataclass
class Case:
    """A recruiter, an interview of theirs, and the candidate's cancellation that waits."""

    recruiter: Staff
    interview: Interview
    cancellation: Cancellation


@pytest.fixture
def app(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application; its clients keep their requests apart from the test's own reads and writes."""
    monkeypatch.setattr(app, "test_client_class", Browser)
    app.extensions.pop("yuemian_trouble", None)
    return app


@pytest.fixture
def case(app: Flask) -> Case:
    """A candidate has cancelled; the recruiter's WeChat is bound."""
    recruiter = builders.staff(openid="oa-li-min")
    made = builders.interview(of=builders.position(recruiter), openid="mp-chen")
    builders.invited(made)
    cancellation, _ = request_cancellation(
        made.id, builders.as_candidate(made), "time_conflict", "要参加毕业答辩", "key-of-the-tap"
    )
    return Case(recruiter, made, cancellation)


@pytest.fixture
def browser(client: FlaskClient, case: Case) -> FlaskClient:
    """A browser in which the case's recruiter is signed in."""
    sign_in(client, case.recruiter)
    return client


@pytest.fixture
def every_channel(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation that offers every channel; nothing is sent, so it does not matter what would send."""
    monkeypatch.setattr(app, "extensions", dict(app.extensions))
    current = runtime()
    anything = next(iter(current.channels.values()))
    channels = {name: current.channels.get(name, anything) for name in ChannelName}
    install_runtime(app.extensions, replace(current, channels=channels))


@pytest.fixture
def notice(every_channel: None, case: Case) -> Notice:
    """The company has cancelled on 林晓, who has no e-mail address; the message is queued."""
    interview = builders.interview("林晓", of=case.interview.position, openid="mp-lin")
    cancel_interview(interview.id, case.recruiter, builders.as_staff(case.recruiter), "position_filled", None)
    return builders.notices(Event.CANCELLED_BY_COMPANY)[-1]
