"""A time stamping service on this machine, behind HTTP, that may be down, slow or disturbed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.conf import settings
from django.test import override_settings

from ..network import get_demo_authority


@dataclass
class Service:
    """`before_answer` runs in the service's own thread, before each answer."""

    status: int = 200
    before_answer: Callable[[], None] = field(default=lambda: None)
    asked: int = 0


@contextmanager
def serve_time_stamps() -> Iterator[Service]:
    service = Service()
    authority = get_demo_authority(str(settings.DEMO_PKI_DIR))

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            service.asked += 1
            request = self.rfile.read(int(self.headers["Content-Length"]))
            service.before_answer()
            answer = authority.stamp_time(request) if service.status == 200 else b""
            self.send_response(service.status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    address = f"127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with override_settings(TSA_URL=f"http://{address}/tsa", ALLOWED_INTERNAL_HOSTS=(address,)):
            yield service
    finally:
        server.shutdown()
        server.server_close()
