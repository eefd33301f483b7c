"""消息: what became of every notice, and what HR can still do about one."""

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from server.backoffice.blueprint import blueprint
from server.backoffice.current_staff import current_actor, current_staff
from server.backoffice.pending import board_values
from server.backoffice.records import record_values
from server.backoffice.rendering import render_done, render_page, say, wants_part
from server.domain.delivery import DeliveryStatus
from server.domain.errors import Conflict
from server.domain.events import CHANNEL_TEXT, Audience, ChannelName, Event
from server.domain.permissions import Permission
from server.models import Delivery, Notice, Staff
from server.queries.consents import open_consents
from server.queries.interviews import may
from server.queries.messages import (
    MessageFilter,
    Told,
    get_notice_for_staff,
    list_messages_of,
    messages_version,
    notice_version,
    search_messages,
)
from server.runtime import runtime
from server.services.audit import Actor
from server.services.notice_actions import (
    Choices,
    choices_for,
    mark_told_by_phone,
    resend_notice,
    use_next_channel,
)
from server.services.notices import address_of

# What an empty list means where nothing but this was asked for.
_NOBODY = {Told.UNTOLD: "候选人都通知到了", Told.LATE: "没有超时的通知"}
_TOLD_TEXT = {Told.UNTOLD: "未通知到", Told.LATE: "超时"}


@blueprint.get("/messages", endpoint="list_messages")
def list_messages() -> str:
    """One page of the list; the address keeps what was searched for."""
    wanted = _filter()
    after = request.args.get("after", "")
    cursor = int(after) if after.isdecimal() and len(after) < 19 else None
    version = messages_version()
    page = search_messages(current_staff(), wanted, cursor)
    return render_page(
        "messages/page.html",
        "messages/_results.html",
        rows=page.items,
        wanted=wanted,
        version=version,
        events=list(Event),
        channels=list(ChannelName),
        statuses=list(DeliveryStatus),
        tolds=_TOLD_TEXT,
        part_url=_address(wanted, cursor),
        next_url=_address(wanted, page.next) if page.next else None,
        first_url=_address(wanted, None) if cursor else None,
        filtered=wanted != MessageFilter(),
        nobody=_NOBODY[wanted.told] if wanted.told and wanted == MessageFilter(told=wanted.told) else None,
    )


def _filter() -> MessageFilter:
    """What the address asks for; nonsense in it asks for nothing."""
    event, channel, status, told = (
        request.args.get(name, "") for name in ("event", "channel", "rung", "told")
    )
    return MessageFilter(
        text=request.args.get("q", "").strip()[:60],
        event=Event(event) if event in set(Event) else None,
        channel=ChannelName(channel) if channel in set(ChannelName) else None,
        status=DeliveryStatus(status) if status in set(DeliveryStatus) else None,
        told=Told(told) if told in set(Told) else None,
    )


def _address(wanted: MessageFilter, after: int | None) -> str:
    return url_for(
        "backoffice.list_messages",
        q=wanted.text or None,
        event=wanted.event,
        channel=wanted.channel,
        rung=wanted.status,
        told=wanted.told,
        after=after,
    )


@blueprint.get("/messages/<int:notice_id>", endpoint="show_message")
def show_message(notice_id: int) -> str:
    """One notice with everything that was sent, or for htmx its changing part."""
    template = "messages/_message.html" if wants_part() else "messages/detail.html"
    return render_template(template, **_message_values(notice_id))


def _message_values(notice_id: int) -> dict[str, Any]:
    staff = current_staff()
    notice = get_notice_for_staff(notice_id, staff)
    version = notice_version(notice)
    messages = list_messages_of(notice.id)
    to_candidate = notice.audience is Audience.CANDIDATE
    may_act = to_candidate and may(staff, Permission.CONFIRM_CANCELLATION, notice.interview)
    choices = choices_for(notice, [message.delivery for message in messages]) if to_candidate else None
    return {
        "notice": notice,
        "interview": notice.interview,
        "version": version,
        "messages": messages,
        "to_candidate": to_candidate,
        "may_act": may_act,
        "choices": choices,
        "previews": _previews(notice, choices) if choices and may_act else {},
    }


def _previews(notice: Notice, choices: Choices) -> dict[ChannelName, dict[str, Any]]:
    """For each channel that can be taken: where the message goes, and what the person reads first."""
    texts = runtime().catalogue.message(notice.event).channels
    previews = {}
    for channel in (choices.resend.channel, choices.next_channel.channel):
        if channel is None:
            continue
        template_id = runtime().template_id(channel, texts[channel].template)
        is_card = channel is ChannelName.WECHAT_SUBSCRIBE
        previews[channel] = {
            "lines": list(texts[channel].preview(notice.facts).values()),
            # An openid says nothing to anybody.
            "address": None if is_card else address_of(notice, channel),
            "consents": open_consents(notice.candidate_id or 0, template_id) if is_card else None,
        }
    return previews


@blueprint.post("/messages/<int:notice_id>/resending", endpoint="resend_message")
def resend_message(notice_id: int) -> BaseResponse:
    """Send once more over the channel of the newest message."""
    return _send(notice_id, resend_notice, "已重新发送，正在通过{channel}通知候选人。")


@blueprint.post("/messages/<int:notice_id>/next-channel", endpoint="use_next_channel")
def take_next_channel(notice_id: int) -> BaseResponse:
    """Send over the next channel."""
    return _send(notice_id, use_next_channel, "已换到{channel}，正在通知候选人。")


def _send(notice_id: int, act: Callable[[int, Staff, Actor], Delivery], words: str) -> BaseResponse:
    try:
        delivery = act(notice_id, current_staff(), current_actor())
    except Conflict as error:
        return _answer(get_notice_for_staff(notice_id, current_staff()), error.message, "refused")
    notice = get_notice_for_staff(notice_id, current_staff())
    return _answer(notice, words.format(channel=CHANNEL_TEXT[delivery.channel]))


@blueprint.post("/messages/<int:notice_id>/phone-call", endpoint="record_phone_call")
def record_phone_call(notice_id: int) -> BaseResponse:
    """HR has called the candidate; from the board, the record or the message. Again it changes nothing."""
    _, made = mark_told_by_phone(notice_id, current_staff(), current_actor())
    notice = get_notice_for_staff(notice_id, current_staff())
    name = notice.interview.candidate.name
    if made:
        return _answer(notice, f"已记下：电话告知了{name}。")
    if notice.told_by:
        return _answer(notice, f"{notice.told_by.name}此前已打电话告知{name}，没有重复记录。")
    return _answer(notice, f"消息已经通知到{name}，没有再记电话。", "refused")


def _answer(notice: Notice, words: str, kind: str = "done") -> BaseResponse:
    view = request.form.get("view", "message")
    if wants_part():
        match view:
            case "board":
                return render_done("pending/_board.html", words, kind, **board_values())
            case "record":
                return render_done("records/_record.html", words, kind, **record_values(notice.interview_id))
            case _:
                return render_done("messages/_message.html", words, kind, **_message_values(notice.id))
    say(words, kind)
    target = {
        "board": url_for("backoffice.show_pending"),
        "record": url_for("backoffice.show_record", interview_id=notice.interview_id),
    }
    return redirect(target.get(view) or url_for("backoffice.show_message", notice_id=notice.id), 303)
