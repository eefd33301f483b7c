"""Writes the audit log, inside the transaction of the act it tells about."""

from dataclasses import dataclass
from typing import Any

from server.db import db
from server.models import AuditEntry, Candidate, Staff


@dataclass(frozen=True)
class Actor:
    """Who acts: `kind` is candidate, staff or system."""

    kind: str
    id: int | None = None
    name: str | None = None
    ip: str | None = None


SYSTEM = Actor("system", name="系统")


def actor_of_staff(staff: Staff, ip: str | None = None) -> Actor:
    """A member of staff as the one who acts."""
    return Actor("staff", staff.id, staff.name, ip)


def actor_of_candidate(candidate: Candidate, ip: str | None = None) -> Actor:
    """A candidate as the one who acts."""
    return Actor("candidate", candidate.id, candidate.name, ip)


def add_entry(
    actor: Actor, action: str, subject_kind: str, subject_id: int | None, detail: dict[str, Any] | None = None
) -> None:
    """Add one line to the log; it is committed or rolled back with the act itself."""
    db.session.add(
        AuditEntry(
            actor_kind=actor.kind,
            actor_id=actor.id,
            actor_name=actor.name,
            action=action,
            subject_kind=subject_kind,
            subject_id=subject_id,
            detail=detail or {},
            ip=actor.ip,
        )
    )
