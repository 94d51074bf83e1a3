"""The API as one object: routers of every manifest, each under the code of its system."""

from __future__ import annotations

import importlib
import json
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Header, NinjaAPI, Router
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.parser import Parser

from tinhso.kernel.registry import registry
from tinhso.kernel.web.refusals import PROBLEM_JSON

from .auth import SessionAuth, TokenAuth
from .errors import UnreadableRequestError
from .problems import answer_problem

VERSION = "1"
IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[A-Za-z0-9._-]{8,64}$",
        description="Chosen by the caller, one per intent. The same key sent again does nothing twice.",
    ),
]
"""Header of an operation that must happen once; the service keeps it with the record it makes."""

PROBLEM = {
    "title": "Problem",
    "description": "RFC 9457. `code` never changes; `detail` is a sentence in the language asked for.",
    "type": "object",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "problems": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}


class StrictParser(Parser):
    """JSON that PostgreSQL can keep: no NUL, no half of a surrogate pair, no number that is not one."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        body: dict[str, Any] = json.loads(request.body, parse_constant=_refuse_constant)
        try:
            text = json.dumps(body, ensure_ascii=False)
            text.encode()
        except UnicodeEncodeError as error:
            raise UnreadableRequestError from error
        if "\\u0000" in text:
            raise UnreadableRequestError
        return body


class ProvinceAPI(NinjaAPI):
    def set_default_exception_handlers(self) -> None:
        self.add_exception_handler(Exception, answer_problem)

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """`onestop_file_dossier`: the system and what is done."""
        parts = operation.view_func.__module__.split(".")
        return f"{parts[2]}_{operation.view_func.__name__}"

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Tells of the answer that every operation may give besides its own."""
        schema = super().get_openapi_schema(**options)
        schema["components"].setdefault("schemas", {})["Problem"] = PROBLEM
        content = {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        for operations in schema["paths"].values():
            for operation in operations.values():
                operation["responses"]["default"] = {"description": "Problem", "content": content}
        return schema


def make_api(namespace: str = "api") -> ProvinceAPI:
    api = ProvinceAPI(
        title="Tỉnh Số",
        version=VERSION,
        description=str(_("Giao diện lập trình của tỉnh: cùng quyền, cùng quy tắc với màn hình.")),
        urls_namespace=namespace,
        docs_url=None,
        auth=[TokenAuth(), SessionAuth()],
        parser=StrictParser(),
    )
    for manifest in registry.manifests:
        if manifest.api:
            router: Router = importlib.import_module(manifest.api).router
            api.add_router(f"/{manifest.code}", router)
    return api


def _refuse_constant(name: str) -> None:
    raise UnreadableRequestError
