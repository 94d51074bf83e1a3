from .account import Account, AccountKind, Sex
from .role import Delegation, Role, RoleAssignment
from .token import ApiToken

__all__ = ["Account", "AccountKind", "ApiToken", "Delegation", "Role", "RoleAssignment", "Sex"]
