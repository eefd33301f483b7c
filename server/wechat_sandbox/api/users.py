"""Small calls: who follows, and where pushes come from."""

from flask import Blueprint, Response, jsonify, request

from server.wechat_sandbox.api.access import calling_account, posted_object
from server.wechat_sandbox.api.errors import PlatformError
from server.wechat_sandbox.context import the_sandbox
from server.wechat_sandbox.people import find_by_openid

blueprint = Blueprint("users", __name__)


@blueprint.get("/cgi-bin/user/info")
def user_info() -> Response:
    """Tell whether somebody follows; no name and no picture since 2021 (服务号文档 · 获取用户基本信息)."""
    account, openid = calling_account("official"), request.args.get("openid", "")
    person = find_by_openid(the_sandbox(), account.appid, openid)
    if person is None:
        raise PlatformError(40003)
    if not person["follows"]:
        return jsonify(subscribe=0, openid=openid)
    scene = person.get("scene")
    return jsonify(
        subscribe=1,
        openid=openid,
        language="zh_CN",
        subscribe_time=person.get("followed_at", 0),
        remark="",
        groupid=0,
        tagid_list=[],
        subscribe_scene="ADD_SCENE_QR_CODE" if scene else "ADD_SCENE_SEARCH",
        qr_scene=0,
        qr_scene_str=scene or "",
    )


@blueprint.get("/cgi-bin/getcallbackip")
def callback_addresses() -> Response:
    """List the addresses pushes come from (小程序文档 · 获取微信推送服务器 IP)."""
    calling_account()
    return jsonify(ip_list=["127.0.0.1"])


@blueprint.route("/cgi-bin/callback/check", methods=["GET", "POST"])
def check_callback() -> Response:
    """Report the network between the platform and the web server (小程序文档 · 网络通信检测)."""
    calling_account()
    posted_object()
    return jsonify(
        dns=[{"ip": "127.0.0.1", "real_operator": "UNICOM"}],
        ping=[{"ip": "127.0.0.1", "from_operator": "UNICOM", "package_loss": "0%", "time": "0.1ms"}],
    )
