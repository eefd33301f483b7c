"""The tables."""

from server.models.audit import AuditEntry
from server.models.cancellation import Cancellation, CancellationReason
from server.models.candidate import Candidate, CandidateSession
from server.models.delivery import Delivery, DeliveryEvent
from server.models.interview import Interview
from server.models.notice import Notice
from server.models.position import Department, Position
from server.models.push_event import PushEvent
from server.models.slot import Slot
from server.models.staff import Staff, StaffBinding
from server.models.subscription import SubscriptionGrant

__all__ = [
    "AuditEntry",
    "Cancellation",
    "CancellationReason",
    "Candidate",
    "CandidateSession",
    "Delivery",
    "DeliveryEvent",
    "Department",
    "Interview",
    "Notice",
    "Position",
    "PushEvent",
    "Slot",
    "Staff",
    "StaffBinding",
    "SubscriptionGrant",
]
