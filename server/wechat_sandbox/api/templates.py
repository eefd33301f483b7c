"""模板库: the message templates each account has."""

from typing import Any

from flask import Blueprint, Response, jsonify

from server.wechat_sandbox.api.access import calling_account
from server.wechat_sandbox.api.errors import PlatformError, ok
from server.wechat_sandbox.config import Account, Template
from server.wechat_sandbox.context import the_sandbox

blueprint = Blueprint("templates", __name__)

ONE_TIME = 2
EXAMPLES = {
    "thing": "产品经理",
    "time": "2024年3月15日 14:00",
    "date": "2024年3月15日",
    "phrase": "已取消",
    "name": "陈思远",
    "number": "1",
}


def get_template(account: Account, template_id: object) -> Template:
    """Return a template of this account; raises PlatformError 40037 for any other."""
    template = the_sandbox().configuration.templates.get(str(template_id))
    if template is None or template.account != account.kind:
        raise PlatformError(40037)
    return template


@blueprint.get("/wxaapi/newtmpl/gettemplate")
def list_templates() -> Response:
    """List the calling account's templates (小程序文档 · 获取个人模板列表)."""
    account = calling_account()
    templates = the_sandbox().configuration.templates.values()
    return ok(data=[_entry(template) for template in templates if template.account == account.kind])


@blueprint.get("/cgi-bin/template/get_all_private_template")
def list_official_templates() -> Response:
    """List the official account's templates (服务号文档 · 获取已选用模板列表)."""
    account = calling_account("official")
    templates = the_sandbox().configuration.templates.values()
    entries = [
        {"template_id": template.id, "title": template.title, **_texts(template)}
        | {"primary_industry": "", "deputy_industry": ""}
        for template in templates
        if template.account == account.kind
    ]
    return jsonify(template_list=entries)


def _entry(template: Template) -> dict[str, Any]:
    return {
        "priTmplId": template.id,
        "title": template.title,
        **_texts(template),
        "type": ONE_TIME,
        "keywordEnumValueList": [],
    }


def _texts(template: Template) -> dict[str, str]:
    def lines(values: dict[str, str]) -> str:
        return "".join(f"{label}:{values[key]}\n" for key, label in template.fields.items())

    return {
        "content": lines({key: f"{{{{{key}.DATA}}}}" for key in template.fields}),
        "example": lines({key: EXAMPLES.get(key.rstrip("0123456789"), "示例") for key in template.fields}),
    }
