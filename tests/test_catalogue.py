"""The message files, and what happens when one is wrong."""

from pathlib import Path

import pytest

from server.catalogue import CatalogueError, load_catalogue, load_reason_seeds
from server.domain.events import Event
from server.domain.reasons import ReasonAudience
from server.settings import ROOT, Settings, SettingsError, load_settings


@pytest.fixture
def settings() -> Settings:
    return load_settings()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in (ROOT / "templates_msg").glob("*.toml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def test_every_event_has_its_message(settings: Settings) -> None:
    assert set(load_catalogue(settings).messages) == set(Event)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("thing1 =", "thingy1 =", "thingy1 is no key"),
        ("{position}", "{positon}", "{positon} is not known"),
        ('template = "interview_invitation"', 'template = "nobody"', "no id for the template 'nobody'"),
        ('event = "invitation"', 'event = "party"', "'party' is not a valid Event"),
        ('event = "invitation"', 'event = "cancellation_confirmed"', "a second message for"),
        ('title = "AI 面试邀请"', 'title = "', "candidate_invitation.toml"),
        ('"{company}"', '""', "WeChat refuses empty ones"),
        ("{candidate}", "{candidate.openid}", "is not known"),
    ],
)
def test_a_wrong_file_is_named_in_words(
    settings: Settings, folder: Path, old: str, new: str, words: str
) -> None:
    path = folder / "candidate_invitation.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(CatalogueError) as refused:
        load_catalogue(settings, folder)
    assert words in str(refused.value)


def test_a_message_without_a_channel_is_refused(settings: Settings, folder: Path) -> None:
    path = folder / "candidate_invitation.toml"
    text = 'event = "invitation"\naudience = "candidate"\ntitle = "x"\nparagraphs = ["x"]\n[carrier_pigeon]\n'
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match="no channel carries it"):
        load_catalogue(settings, folder)


def test_a_missing_file_is_named(settings: Settings, folder: Path) -> None:
    (folder / "candidate_invitation.toml").unlink()
    with pytest.raises(CatalogueError, match="no message for invitation"):
        load_catalogue(settings, folder)


def test_candidates_choose_from_at_most_six_reasons_and_other() -> None:
    offered = [seed.code for seed in load_reason_seeds() if seed.audience is ReasonAudience.CANDIDATE]
    assert offered[-1] == "other"
    assert len(offered) <= 7


def test_a_setting_that_is_missing_or_wrong_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUEMIAN_TIMEZONE", "Asia/Nowhere")
    monkeypatch.setenv("YUEMIAN_WECHAT__MINIPROGRAM__APPID", "not-an-appid")
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert "timezone" in str(refused.value)
    assert "YUEMIAN_WECHAT__MINIPROGRAM__APPID" in str(refused.value)
    monkeypatch.setenv("YUEMIAN_CONFIG", "/nowhere.toml")
    with pytest.raises(SettingsError, match="no such file"):
        load_settings()
