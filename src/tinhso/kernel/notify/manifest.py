from django.utils.translation import gettext_lazy as _

from tinhso.kernel.registry import SystemManifest

manifest = SystemManifest(code="notify", label=_("Thông báo"), urls="tinhso.kernel.notify.urls")
