from .account import Account, AccountKind, Sex
from .role import Delegation, Role, RoleAssignment

__all__ = ["Account", "AccountKind", "Delegation", "Role", "RoleAssignment", "Sex"]
