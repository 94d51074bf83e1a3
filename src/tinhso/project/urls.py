"""The map of addresses: kernel rooms by name, systems from their manifests."""

from django.conf import settings
from django.urls import include, path

from tinhso.kernel.registry import registry

urlpatterns = [
    path("api/", include("tinhso.kernel.api.urls")),
    path("", include("tinhso.kernel.web.urls")),
    path("", include("tinhso.kernel.forms.urls")),
    *[path("", include(manifest.urls)) for manifest in registry.manifests if manifest.urls],
]
if settings.IS_DEMO:
    urlpatterns += [path("", include(m.demo_urls)) for m in registry.manifests if m.demo_urls]

handler400 = "tinhso.kernel.web.views.bad_request"
handler403 = "tinhso.kernel.web.views.not_permitted"
handler404 = "tinhso.kernel.web.views.not_found"
handler500 = "tinhso.kernel.web.views.failure"
