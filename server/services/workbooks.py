"""Reads the workbook of an import into checked rows; every mistake is named by row and column, in words."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile
from zoneinfo import ZoneInfo

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from server.domain.errors import Invalid

MAX_ROWS = 20_000
_MOBILE = re.compile(r"^1[3-9]\d{9}$")
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_TIMES = ("%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y年%m月%d日 %H:%M")


@dataclass(frozen=True)
class ImportRow:
    """One interview of the workbook; `line` is the row in the sheet. Times are aware."""

    line: int
    candidate: str
    mobile: str
    email: str | None
    resume: str | None
    position: str
    department: str
    recruiter: str
    hiring_manager: str | None
    starts_at: datetime
    ends_at: datetime
    capacity: int


class _Mistake(Exception):
    """One cell will not do."""


def _text(limit: int) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        text = str(value).strip()
        if len(text) > limit:
            raise _Mistake(f"最多 {limit} 个字，现在 {len(text)} 个字")
        return text

    return read


def _mobile(value: Any) -> str:
    # Excel keeps a number typed without an apostrophe as a float.
    text = re.sub(r"[\s-]", "", str(int(value)) if isinstance(value, (int, float)) else str(value))
    text = text.removeprefix("+86")
    if not _MOBILE.match(text):
        raise _Mistake("应为 11 位手机号")
    return text


def _email(value: Any) -> str:
    text = str(value).strip().lower()
    if not _EMAIL.match(text) or len(text) > 120:
        raise _Mistake("应为邮箱地址，例如 name@example.com")
    return text


def _time(value: Any) -> datetime:
    if isinstance(value, datetime):
        return value
    for form in _TIMES:
        try:
            return datetime.strptime(str(value).strip(), form)  # noqa: DTZ007  (the sheet's zone is added later)
        except ValueError:
            continue
    raise _Mistake("应为日期和时间，例如 2024-03-15 14:00")


def _capacity(value: Any) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError):
        raise _Mistake("应为整数") from None
    if not 1 <= number <= 10_000:
        raise _Mistake("应在 1 到 10000 之间")
    return number


# Field, heading in the sheet, how a cell is read, whether it may be empty.
COLUMNS: tuple[tuple[str, str, Callable[[Any], Any], bool], ...] = (
    ("candidate", "候选人姓名", _text(40), False),
    ("mobile", "手机号", _mobile, False),
    ("email", "邮箱", _email, True),
    ("resume", "简历摘要", _text(2000), True),
    ("position", "应聘岗位", _text(60), False),
    ("department", "所属部门", _text(60), False),
    ("recruiter", "招聘专员邮箱", _email, False),
    ("hiring_manager", "用人经理邮箱", _email, True),
    ("starts_at", "场次开始", _time, False),
    ("ends_at", "场次结束", _time, False),
    ("capacity", "场次容量", _capacity, False),
)


def read_workbook(path: Path, zone: ZoneInfo) -> list[ImportRow]:
    """All rows of the first sheet; times in the sheet are local times of `zone`.

    Raises:
        Invalid: `errors["file"]` lists every mistake: `第 7 行「手机号」：应为 11 位手机号`.
    """
    mistakes: list[str] = []
    rows: list[ImportRow] = []
    lines = _lines(path)
    headings = [str(cell or "").strip() for cell in next(lines, (0, ()))[1]]
    if missing := [heading for _, heading, _, _ in COLUMNS if heading not in headings]:
        raise _invalid([f"第 1 行缺少列「{heading}」" for heading in missing])
    places = {field: headings.index(heading) for field, heading, _, _ in COLUMNS}
    for line, cells in lines:
        if all(cell is None or str(cell).strip() == "" for cell in cells):
            continue
        if len(rows) >= MAX_ROWS:
            raise _invalid([f"一次最多导入 {MAX_ROWS} 行，请分成多个文件"])
        if row := _read_row(line, cells, places, zone, mistakes):
            rows.append(row)
    if not rows and not mistakes:
        mistakes.append("工作表中没有数据行")
    if mistakes:
        raise _invalid(mistakes)
    return rows


def _lines(path: Path) -> Iterator[tuple[int, tuple[Any, ...]]]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, OSError, ValueError):
        raise _invalid(["文件无法读取，请另存为 .xlsx 格式后重试"]) from None
    try:
        sheet = book.worksheets[0]
        yield from enumerate(sheet.iter_rows(values_only=True), start=1)
    finally:
        book.close()


def _read_row(
    line: int, cells: tuple[Any, ...], places: dict[str, int], zone: ZoneInfo, mistakes: list[str]
) -> ImportRow | None:
    values: dict[str, Any] = {}
    before = len(mistakes)
    for field, heading, read, optional in COLUMNS:
        raw = cells[places[field]] if places[field] < len(cells) else None
        if raw is None or str(raw).strip() == "":
            values[field] = None
            if not optional:
                mistakes.append(f"第 {line} 行「{heading}」：不能为空")
            continue
        try:
            values[field] = read(raw)
        except _Mistake as mistake:
            mistakes.append(f"第 {line} 行「{heading}」：{mistake}")
    if len(mistakes) > before:
        return None
    for field in ("starts_at", "ends_at"):
        values[field] = values[field].replace(tzinfo=zone)
    if values["ends_at"] <= values["starts_at"]:
        mistakes.append(f"第 {line} 行「场次结束」：必须晚于场次开始")
        return None
    return ImportRow(line=line, **values)


def _invalid(mistakes: list[str]) -> Invalid:
    return Invalid(f"导入的文件有 {len(mistakes)} 处问题，没有导入任何数据。", errors={"file": mistakes})
