"""What each type of field may hold; a good value gets as far as 43101, for nobody gave consent."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fixtures_sandbox import PROJECT, free_port, start_sandbox
from tests.sandbox.conftest import Caller

GOOD = [
    ("thing1", "一二三四五六七八九十一二三四五六七八九十"),
    ("thing1", "AI面试 3:00 (线上)"),
    ("number1", "12345678901234567890123456789012"),
    ("number1", "3.14"),
    ("letter1", "ABCdef"),
    ("symbol1", "★☆!"),
    ("character_string1", "AI-2024-03-15-001"),
    ("time1", "15:01"),
    ("time1", "2019年10月1日 15:01"),
    ("time1", "2024年3月15日 14:00~16:00"),
    ("time1", "2024-03-15 14:00:00"),
    ("date1", "2019年10月1日"),
    ("date1", "2019-12-25 09:42"),
    ("date1", "2024年3月15日~2024年3月16日"),
    ("date1", "3月15日"),
    ("amount1", "￥100.50"),
    ("amount1", "39.8元"),
    ("phone_number1", "+86-0766-66888866"),
    ("car_number1", "粤A8Z888"),
    ("name1", "陈思远"),
    ("name1", "Robert Downey"),
    ("phrase1", "已取消"),
]
BAD = [
    ("thing1", "一二三四五六七八九十一二三四五六七八九十一"),
    ("thing1", "第一行\n第二行"),
    ("thing1", "好的😀"),
    ("number1", "十二"),
    ("number1", "123456789012345678901234567890123"),
    ("letter1", "abc1"),
    ("symbol1", "!!!!!!"),
    ("character_string1", "编号1"),
    ("character_string1", "x" * 33),
    ("time1", "下午三点"),
    ("time1", "25:00"),
    ("time1", "3月15日 周五 14:00"),
    ("time1", "2024年3月15日"),
    ("date1", "明天"),
    ("date1", "2024年13月1日"),
    ("amount1", "12345678901"),
    ("phone_number1", "电话123"),
    ("phone_number1", "123456789012345678"),
    ("car_number1", "粤A8Z88888"),
    ("name1", "用户410774"),
    ("name1", "一二三四五六七八九十一"),
    ("name1", "x" * 21),
    ("phrase1", "已取消了面试"),
    ("phrase1", "OK"),
]
KINDS = sorted({key for key, _ in GOOD})


@pytest.fixture(scope="module")
def many_fields(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    """A sandbox with one template for each type of field."""
    config: Path = tmp_path_factory.mktemp("config") / "sandbox.toml"
    text = (PROJECT / "config" / "sandbox.toml").read_text(encoding="utf-8")
    for key in KINDS:
        text += f'\n[[templates]]\nid = "t-{key}"\naccount = "miniprogram"\ntitle = "试"\n'
        text += f'fields = {{ {key} = "值" }}\n'
    config.write_text(text, encoding="utf-8")
    with start_sandbox(free_port(), "http://127.0.0.1:9", config=config) as sandbox:
        yield Caller(sandbox)


@pytest.mark.parametrize(("key", "value"), GOOD)
def test_a_value_within_the_rule_passes(many_fields: Caller, key: str, value: str) -> None:
    answer = many_fields.subscribe("lin-xiao", template_id=f"t-{key}", data={key: {"value": value}})
    assert answer["errcode"] == 43101, answer


@pytest.mark.parametrize(("key", "value"), BAD)
def test_a_value_against_the_rule_is_named(many_fields: Caller, key: str, value: str) -> None:
    answer = many_fields.subscribe("lin-xiao", template_id=f"t-{key}", data={key: {"value": value}})
    assert answer["errcode"] == 47003, answer
    assert answer["errmsg"].startswith(f"argument invalid! data.{key}.value invalid rid: ")


@pytest.mark.parametrize("data", [{}, {"thing1": {}}, {"thing1": {"value": ""}}, {"thing1": "产品经理"}])
def test_a_field_left_out_or_empty_is_named(many_fields: Caller, data: dict[str, object]) -> None:
    answer = many_fields.subscribe("lin-xiao", template_id="t-thing1", data=data)
    assert answer["errcode"] == 47003
    assert answer["errmsg"].startswith("argument invalid! data.thing1.value is empty rid: ")


def test_a_number_may_come_as_a_number(many_fields: Caller) -> None:
    answer = many_fields.subscribe("lin-xiao", template_id="t-number1", data={"number1": {"value": 12}})
    assert answer["errcode"] == 43101
