"""Names of the permissions this room declares."""

MANAGE_ROLES = "people.manage_roles"
MANAGE_ACCOUNTS = "people.manage_accounts"
