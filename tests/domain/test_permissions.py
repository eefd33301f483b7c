"""Who may do what."""

from itertools import product

from server.domain.permissions import ROLE_TEXT, Permission, Role, Scope, scope_of

EXPECTED = {
    Role.RECRUITER: {"view_interviews": "own_positions", "confirm_cancellation": "own_positions"},
    Role.MANAGER: {"view_interviews": "department", "confirm_cancellation": "department"},
    Role.HIRING_MANAGER: {"view_interviews": "department"},
    Role.ADMIN: {"view_interviews": "all", "confirm_cancellation": "all", "manage_staff": "all"},
    Role.AUDITOR: {"view_interviews": "all"},
}


def test_every_role_and_permission() -> None:
    for role, permission in product(Role, Permission):
        # Whoever may confirm a cancellation may also cancel, over the same interviews.
        wanted = "confirm_cancellation" if permission is Permission.CANCEL_INTERVIEW else permission.value
        expected = EXPECTED[role].get(wanted)
        assert scope_of(role, permission) == (Scope(expected) if expected else None), (role, permission)


def test_every_role_has_its_words() -> None:
    assert set(ROLE_TEXT) == set(Role)
