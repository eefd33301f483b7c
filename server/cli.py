"""Commands for the engineer who installs and runs it: `flask --app wsgi COMMAND`."""

import json
from pathlib import Path

import click
from flask import Flask, current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from server.db import db
from server.domain.errors import DomainError
from server.domain.permissions import Role
from server.jobs.worker import run_worker
from server.models import Interview
from server.queues import QUEUES
from server.services.imports import import_interviews
from server.services.reasons import seed_reasons
from server.services.staff_accounts import create_staff
from server.services.wechat_check import check_wechat


def register(app: Flask) -> None:
    """Add the commands to `flask`."""
    for command in (_import_interviews, _create_staff, _seed_reasons, _invitations, _check_wechat, _worker):
        app.cli.add_command(command)


def _fail(error: DomainError) -> click.ClickException:
    lines = [error.message]
    for name, problems in error.errors.items():
        lines += problems if name == "file" else [f"{name}: {problem}" for problem in problems]
    return click.ClickException("\n".join(lines))


@click.command("import-interviews")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def _import_interviews(path: Path) -> None:
    """Import candidates and interviews from an Excel workbook, all or nothing."""
    try:
        done = import_interviews(path)
    except DomainError as error:
        raise _fail(error) from None
    click.echo(f"已导入 {done.created} 场面试；{done.unchanged} 场此前已存在，保持不变。")


@click.command("create-staff")
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--department", help="Name of the department; made when there is none.")
@click.option("--phone", help="Shown to candidates as the contact's number.")
@click.option(
    "--password", prompt=True, hide_input=True, confirmation_prompt=True, envvar="YUEMIAN_NEW_PASSWORD"
)
def _create_staff(
    email: str, name: str, role: str, department: str | None, phone: str | None, password: str
) -> None:
    """Create an HR account."""
    try:
        staff = create_staff(email, name, Role(role), password, department=department, phone=phone)
    except DomainError as error:
        raise _fail(error) from None
    click.echo(f"已创建账号 {staff.email}（{name}）。")


@click.command("seed-reasons")
def _seed_reasons() -> None:
    """Add the reasons of config/reasons.toml that are missing."""
    click.echo(f"已添加 {seed_reasons()} 个取消原因。")


@click.command("invitations")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def _invitations(as_json: bool) -> None:
    """List interviews with the path that opens their invitation in the mini-program."""
    rows = db.session.scalars(
        select(Interview).options(joinedload(Interview.candidate)).order_by(Interview.number)
    ).all()
    if as_json:
        items = [
            {
                "number": row.number,
                "candidate": row.candidate.name,
                "mobile": row.candidate.mobile,
                "invite": row.invite_token,
            }
            for row in rows
        ]
        click.echo(json.dumps(items, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row.number}\t{row.candidate.name}\tpages/interview/index?invite={row.invite_token}")


@click.command("check-wechat")
def _check_wechat() -> None:
    """Compare template ids and field keys with the WeChat accounts; every mistake is named."""
    marks = {"ok": "✓", "warning": "!", "mistake": "✗"}
    findings = check_wechat()
    for finding in findings:
        click.echo(f"{marks[finding.level]} {finding.words}")
    mistakes = sum(finding.level == "mistake" for finding in findings)
    if mistakes:
        raise click.ClickException(f"发现 {mistakes} 处问题。")


@click.command("worker")
@click.argument("queue", type=click.Choice(QUEUES))
def _worker(queue: str) -> None:
    """Work on one queue; each queue needs a worker of its own."""
    run_worker(current_app._get_current_object(), queue)  # type: ignore[attr-defined]
