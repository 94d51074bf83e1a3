from django.utils.translation import gettext_lazy as _

from tinhso.kernel.registry import CitizenMenuItem, SystemManifest

manifest = SystemManifest(
    code="api",
    label=_("Giao diện lập trình"),
    open_pages=(CitizenMenuItem(_("Giao diện lập trình"), "api:docs"),),
)
