from __future__ import annotations

from allauth.idp.oidc.models import Client
from django.conf import settings

from tinhso.kernel.services import service


@service
def get_demo_client() -> Client:
    """This site as the demo provider knows it; written at its first use."""
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    client: Client | None = Client.objects.filter(pk=app["client_id"]).first()
    if client is None:
        client = Client(pk=app["client_id"], name="Tỉnh Số", skip_consent=True)
        client.set_scopes(["openid", "profile"])
        client.set_secret(app["secret"])
        Client.objects.bulk_create([client], ignore_conflicts=True)
    return client
