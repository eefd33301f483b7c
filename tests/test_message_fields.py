"""Values made to fit WeChat's fields."""

import pytest

from server.message_fields import cut, field_type, fit

FAMILY = "👨‍👩‍👧"


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("thing1", "后端开发工程师", "后端开发工程师"),
        (
            "thing1",
            "高级后端开发工程师（分布式存储方向，上海/杭州）",
            "高级后端开发工程师（分布式存储方向，上…",
        ),
        ("thing1", "  两行\n文字\t在一起 ", "两行 文字 在一起"),
        ("thing1", "面试" + FAMILY + "通知", "面试通知"),
        ("thing1", FAMILY, "—"),
        ("thing1", "", "—"),
        ("thing4", "李敏 010-66551234", "李敏 010-66551234"),
        ("name1", "陈思远", "陈思远"),
        ("name1", "用户410774", "用户"),
        ("name1", "410774", "应聘者"),
        ("name1", "阿卜杜热西提·买买提依明江", "阿卜杜热西提·买买提"),
        ("name1", "Alexander Hamilton Smith", "Alexander Hamilton S"),
        ("phrase3", "已取消!", "已取消"),
        ("phrase3", "候选人已经取消面试", "候选人已经"),
        ("phrase3", "ok", "通知"),
        ("time2", "2024年3月15日 14:00", "2024年3月15日 14:00"),
        ("number1", "12 人", "12"),
        ("phone_number1", "电话 010-6655 1234", "010-6655 1234"),
        ("character_string1", "编号 QX-7K3M-9P2D", "QX-7K3M-9P2D"),
        ("amount1", "100.00元", "100.00元"),
    ],
)
def test_values_fit_their_fields(key: str, value: str, expected: str) -> None:
    assert fit(key, value) == expected


@pytest.mark.parametrize("key", ["first", "remark", "thing", "thing1x", "keyword1", "THING1", ""])
def test_keys_of_no_known_type_are_refused(key: str) -> None:
    assert field_type(key) is None
    with pytest.raises(ValueError, match="no key of a WeChat message field"):
        fit(key, "x")


def test_a_cut_splits_no_grapheme() -> None:
    flag = "🇨🇳"
    assert cut(flag * 5, 5) == flag * 2 + "…"
    assert cut("é" * 10, 4) == "é" + "…" if len("é") == 2 else "ééé…"
    assert cut("短", 20) == "短"


def test_nothing_is_ever_sent_empty() -> None:
    for key in (
        "thing1",
        "name1",
        "phrase1",
        "number1",
        "time1",
        "character_string1",
        "phone_number1",
        "amount1",
    ):
        for value in ("", " ", "\n", FAMILY, "\x00\x07"):
            assert fit(key, value)
