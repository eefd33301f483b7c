"""Writes the workbook that the demo imports, as an applicant tracking system would export it."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from server.demo.company import Candidate, Company

_ZONE = ZoneInfo("Asia/Shanghai")
_TIME_FORMAT = "yyyy-mm-dd hh:mm"
_COLUMNS = {
    "候选人姓名": 18,
    "手机号": 14,
    "邮箱": 30,
    "简历摘要": 60,
    "应聘岗位": 20,
    "所属部门": 12,
    "招聘专员邮箱": 26,
    "用人经理邮箱": 26,
    "场次开始": 18,
    "场次结束": 18,
    "场次容量": 10,
}


def write_workbook(company: Company, path: Path, today: date | None = None) -> int:
    """Write all candidates with sessions counted from `today` (in China); returns how many rows there are."""
    today = today or datetime.now(_ZONE).date()
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "面试安排"
    sheet.append(list(_COLUMNS))
    for number, width in enumerate(_COLUMNS.values(), start=1):
        sheet.cell(1, number).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = width
    for candidate in company.candidates:
        sheet.append(_row(company, candidate, today))
        for cell in sheet[sheet.max_row][8:10]:
            cell.number_format = _TIME_FORMAT
    sheet.freeze_panes = "A2"
    book.save(path)
    return len(company.candidates)


def _row(company: Company, candidate: Candidate, today: date) -> list[str | int | datetime]:
    position = company.positions[candidate.position]
    slot = company.slots[candidate.slot - 1]
    start, end = slot.on(today)
    return [
        *(candidate.name, candidate.mobile, candidate.email, candidate.resume),
        *(position.name, position.department, position.recruiter, position.hiring_manager),
        *(start, end, slot.capacity),
    ]
