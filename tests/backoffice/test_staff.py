"""员工账号: an administrator's pages; for everybody else they do not exist."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from server.db import db
from server.domain.permissions import Role
from server.models import Staff
from tests import builders
from tests.backoffice.browser import post, sign_in

NEW = {
    "name": "林静",
    "email": "lin.jing@example.com",
    "role": "recruiter",
    "department": "市场部",
    "phone": "",
    "password": "a long password",
}


@pytest.fixture
def admin(client: FlaskClient, app: Flask) -> FlaskClient:
    """A browser in which an administrator is signed in."""
    sign_in(client, builders.staff("管理员", Role.ADMIN))
    return client


def _found(email: str) -> Staff | None:
    db.session.rollback()
    return db.session.scalar(select(Staff).where(Staff.email == email))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_the_pages_exist_for_administrators_only(client: FlaskClient, app: Flask, role: Role) -> None:
    sign_in(client, builders.staff("周航", role))
    other = builders.staff()
    assert client.get("/staff").status_code == 404
    assert client.get("/staff/new").status_code == 404
    assert post(client, "/staff", **NEW).status_code == 404
    assert post(client, f"/staff/{other.id}/disabling").status_code == 404
    assert post(client, f"/staff/{other.id}/sign-out").status_code == 404
    assert "员工账号" not in client.get("/").text
    assert _found(NEW["email"]) is None


def test_a_created_account_signs_in(app: Flask, admin: FlaskClient) -> None:
    assert post(admin, "/staff", **NEW).location == "/staff"
    assert "林静" in admin.get("/staff").text
    made = _found(NEW["email"])
    assert made is not None
    assert sign_in(app.test_client(), made, password=NEW["password"]).location == "/"


def test_mistakes_stand_at_their_fields_and_what_was_typed_stays(admin: FlaskClient) -> None:
    answer = post(admin, "/staff", **{**NEW, "email": "no address", "password": "short"})
    assert answer.status_code == 422
    assert "请填写有效的邮箱地址" in answer.text
    assert "密码至少 10 位" in answer.text
    assert 'value="林静"' in answer.text
    assert "short" not in answer.text
    assert "请选择角色" in post(admin, "/staff", **{**NEW, "role": "emperor"}).text


def test_a_taken_address_is_said_at_the_field(admin: FlaskClient) -> None:
    post(admin, "/staff", **NEW)
    again = post(admin, "/staff", **NEW)
    assert again.status_code == 409
    assert "这个邮箱已有账号" in again.text


def test_disabling_signs_out_and_enabling_lets_in_again(app: Flask, admin: FlaskClient) -> None:
    who, theirs = builders.staff("周航"), app.test_client()
    sign_in(theirs, who)
    post(admin, f"/staff/{who.id}/disabling")
    assert theirs.get("/").status_code == 303
    assert sign_in(theirs, who).status_code == 401
    post(admin, f"/staff/{who.id}/enabling")
    assert sign_in(theirs, who).status_code == 303


def test_an_administrator_signs_somebody_out_everywhere(app: Flask, admin: FlaskClient) -> None:
    who, theirs = builders.staff("周航"), app.test_client()
    sign_in(theirs, who)
    post(admin, f"/staff/{who.id}/sign-out")
    assert theirs.get("/").status_code == 303


def test_nobody_disables_the_own_account(admin: FlaskClient) -> None:
    with admin.session_transaction() as session:
        own = session["staff_id"]
    assert post(admin, f"/staff/{own}/disabling").status_code == 422
    assert admin.get("/staff").status_code == 200
