"""The use cases of the people room."""

from .assign_role import assign_role
from .choose_password import choose_password
from .delegate_role import delegate_role
from .end_role import end_role
from .forget_second_factor import forget_second_factor
from .issue_token import IssuedToken, issue_token
from .note_door_change import DoorChange, note_door_change
from .recognise_identity import recognise_identity
from .register_official import RegisteredOfficial, register_official
from .reset_password import reset_password
from .revoke_delegation import revoke_delegation
from .revoke_token import revoke_token
from .set_account_active import set_account_active
from .sync_roles import sync_roles

__all__ = [
    "DoorChange",
    "IssuedToken",
    "RegisteredOfficial",
    "assign_role",
    "choose_password",
    "delegate_role",
    "end_role",
    "forget_second_factor",
    "issue_token",
    "note_door_change",
    "recognise_identity",
    "register_official",
    "reset_password",
    "revoke_delegation",
    "revoke_token",
    "set_account_active",
    "sync_roles",
]
