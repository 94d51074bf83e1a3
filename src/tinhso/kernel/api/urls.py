"""Mounted at /api/. The namespace `api` holds `openapi-json`, `docs` and the operations by name."""

from django.urls import include, path

from .door import answer_unknown, put_door, put_doors
from .interface import VERSION, make_api
from .views import docs

api = make_api()
app_name = "api"
routes, _, _ = api.urls
urlpatterns = [
    path("docs", docs, name="docs"),
    path(f"v{VERSION}/", include(put_doors(routes))),
    path("<path:rest>", put_door(answer_unknown), name="unknown"),
]
