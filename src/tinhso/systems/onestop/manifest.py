from django.utils.translation import gettext_lazy as _

from tinhso.kernel.registry import SystemManifest

manifest = SystemManifest(code="onestop", label=_("Một cửa"))
