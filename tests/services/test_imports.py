"""Importing a workbook: all or nothing, every mistake named by row and column."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook
from sqlalchemy import func, select

from server.db import db
from server.domain.clock import utc_now
from server.domain.errors import Invalid
from server.domain.events import Event
from server.domain.interview import InterviewStatus
from server.models import Candidate, Interview, Position, Slot, Staff
from server.services.imports import import_interviews
from server.services.workbooks import COLUMNS
from tests import builders

# A cell of Excel knows no time zone.
MORNING = datetime(2030, 1, 2, 9, 30)  # noqa: DTZ001
HEADINGS = [heading for _, heading, _, _ in COLUMNS]
DAY = (utc_now() + timedelta(days=5)).date()


@pytest.fixture
def recruiter(any_app: Flask) -> Staff:
    return builders.staff()


def _row(recruiter: Staff, **changes: Any) -> dict[str, Any]:
    row = {
        "候选人姓名": "陈思远",
        "手机号": "13900000001",
        "邮箱": "chen@example.com",
        "简历摘要": "五年后端经验",
        "应聘岗位": "后端开发工程师",
        "所属部门": "技术部",
        "招聘专员邮箱": recruiter.email,
        "用人经理邮箱": None,
        "场次开始": f"{DAY} 14:00",
        "场次结束": f"{DAY} 16:00",
        "场次容量": 10,
    }
    return row | changes


def _book(folder: Path, *rows: dict[str, Any], headings: list[str] = HEADINGS) -> Path:
    book = Workbook()
    book.active.append(headings)
    for row in rows:
        book.active.append([row.get(heading) for heading in headings])
    path = folder / "interviews.xlsx"
    book.save(path)
    return path


def _mistakes(path: Path) -> list[str]:
    with pytest.raises(Invalid) as refused:
        import_interviews(path)
    db.session.rollback()
    for table in (Interview, Candidate, Position, Slot):
        assert db.session.scalar(select(func.count(table.id))) == 0
    return refused.value.errors["file"]


def test_rows_become_interviews_with_numbers_and_invitations(recruiter: Staff, tmp_path: Path) -> None:
    rows = [
        _row(recruiter),
        _row(recruiter, 候选人姓名="林晓", 手机号=13900000002.0, 邮箱=None, 简历摘要=None),
        _row(recruiter, 候选人姓名="徐然", 手机号="+86 139-0000-0003", 场次开始=MORNING),
    ]
    rows[2]["场次结束"] = MORNING + timedelta(hours=2)
    done = import_interviews(_book(tmp_path, *rows))
    assert (done.created, done.unchanged) == (3, 0)
    made = list(db.session.scalars(select(Interview).order_by(Interview.id)))
    assert [row.number for row in made] == [f"AI-{DAY}-001", f"AI-{DAY}-002", "AI-2030-01-02-001"]
    assert {row.status for row in made} == {InterviewStatus.INVITED}
    assert made[2].slot.starts_at.isoformat() == "2030-01-02T01:30:00+00:00"
    assert made[2].candidate.mobile == "13900000003"
    assert len(builders.notices(Event.INVITATION)) == 3
    assert len({row.invite_token for row in made}) == 3


def test_the_same_file_again_changes_nothing_and_more_rows_go_on_counting(
    recruiter: Staff, tmp_path: Path
) -> None:
    import_interviews(_book(tmp_path, _row(recruiter)))
    again = import_interviews(
        _book(tmp_path, _row(recruiter), _row(recruiter, 候选人姓名="林晓", 手机号="13900000002"))
    )
    assert (again.created, again.unchanged) == (1, 1)
    assert db.session.scalars(select(Interview.number).order_by(Interview.id)).all()[-1] == f"AI-{DAY}-002"
    assert db.session.scalar(select(func.count(Slot.id))) == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"候选人姓名": None}, "第 3 行「候选人姓名」：不能为空"),
        ({"候选人姓名": "很" * 41}, "第 3 行「候选人姓名」：最多 40 个字，现在 41 个字"),
        ({"手机号": "1234"}, "第 3 行「手机号」：应为 11 位手机号"),
        ({"邮箱": "nobody"}, "第 3 行「邮箱」：应为邮箱地址，例如 name@example.com"),
        (
            {"招聘专员邮箱": "x@ex.com"},
            "第 3 行「招聘专员邮箱」：没有这个员工账号 x@ex.com，请先创建",
        ),
        (
            {"用人经理邮箱": "x@ex.com"},
            "第 3 行「用人经理邮箱」：没有这个员工账号 x@ex.com，请先创建",
        ),
        ({"场次开始": "明天下午"}, "第 3 行「场次开始」：应为日期和时间，例如 2024-03-15 14:00"),
        ({"场次结束": f"{DAY} 13:00"}, "第 3 行「场次结束」：必须晚于场次开始"),
        ({"场次容量": "很多"}, "第 3 行「场次容量」：应为整数"),
        ({"场次容量": 0}, "第 3 行「场次容量」：应在 1 到 10000 之间"),
        ({"场次容量": 9}, "第 3 行「场次容量」：同一场次已定为 10 人，本行是 9 人"),
        ({"手机号": "13900000001"}, "第 3 行「手机号」：已属于候选人陈思远，与本行姓名不一致"),
    ],
)
def test_a_mistake_is_named_and_nothing_is_imported(
    recruiter: Staff, tmp_path: Path, changes: dict[str, Any], words: str
) -> None:
    second = _row(recruiter, 候选人姓名="林晓", 手机号="13900000002") | changes
    assert _mistakes(_book(tmp_path, _row(recruiter), second)) == [words]


def test_all_mistakes_are_named_at_once(recruiter: Staff, tmp_path: Path) -> None:
    bad = _row(recruiter, 手机号="1", 邮箱="x")
    assert len(_mistakes(_book(tmp_path, bad, _row(recruiter), bad))) == 4


def test_a_session_that_is_full_takes_nobody_more(recruiter: Staff, tmp_path: Path) -> None:
    rows = [
        _row(recruiter, 候选人姓名=name, 手机号=f"1390000000{number}", 场次容量=2)
        for number, name in enumerate(("陈思远", "林晓", "徐然"))
    ]
    [mistake] = _mistakes(_book(tmp_path, *rows))
    assert mistake == "第 4 行「场次容量」：这个场次只能安排 2 人，已排满"


def test_a_missing_column_an_empty_sheet_and_no_workbook_at_all(recruiter: Staff, tmp_path: Path) -> None:
    without = [heading for heading in HEADINGS if heading != "手机号"]
    assert _mistakes(_book(tmp_path, _row(recruiter), headings=without)) == ["第 1 行缺少列「手机号」"]
    assert _mistakes(_book(tmp_path)) == ["工作表中没有数据行"]
    text = tmp_path / "interviews.xlsx"
    text.write_text("姓名,手机号\n", encoding="utf-8")
    assert "无法读取" in _mistakes(text)[0]


def test_columns_may_stand_in_any_order_and_blank_rows_are_passed_over(
    recruiter: Staff, tmp_path: Path
) -> None:
    path = _book(tmp_path, {}, _row(recruiter), {}, headings=[*reversed(HEADINGS), "备注"])
    assert import_interviews(path).created == 1
