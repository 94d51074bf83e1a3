from __future__ import annotations

from tinhso.kernel.registry import RoleTemplate, registry
from tinhso.kernel.services import service

from ..models import Role


@service
def sync_roles() -> None:
    """Bring the roles the manifests propose into the database, keeping what was decided there.

    A permission the proposal gained or lost since it was last read is added or taken away; one an
    administrator added or took away himself stays as he left it.
    """
    known = {role.code: role for role in Role.objects.select_for_update().order_by("pk")}
    for manifest in registry.manifests:
        for template in manifest.roles:
            role = known.get(template.code) or Role(code=template.code, name=str(template.label))
            proposed = set(template.permissions)
            before = set(role.template_permissions)
            merged = (set(role.permissions) - (before - proposed)) | (proposed - before)
            if role.pk is None or proposed != before:
                role.permissions = _in_order(template, merged)
                role.template_permissions = list(template.permissions)
                role.save()


def _in_order(template: RoleTemplate, permissions: set[str]) -> list[str]:
    first = [code for code in template.permissions if code in permissions]
    return first + sorted(permissions - set(first))
