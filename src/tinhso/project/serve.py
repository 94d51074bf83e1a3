"""`tinhso serve`: database, preparation, web and worker together, on one machine."""

from __future__ import annotations

import argparse
import http.client
import ipaddress
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http import HTTPStatus

from tinhso.kernel import embedded
from tinhso.kernel.embedded.processes import follow_parent, start

from .databases import get_static_stamp, get_var_dir, has_own_server
from .gate import Accounts, Gate
from .stamps import compute_digests, find_due
from .supervisor import Child, StopError, StopRequest, Supervisor

START_SECONDS = 60
MOST_PORT = 65_535
FIRST_FREE_PORT = 1024
"""Those below are for root."""
READY_PATH = "/readyz"
COMMAND = (sys.executable, "-P", "-m", "tinhso.project.cli")

BOLD, PLAIN = ("\033[1m", "\033[0m") if sys.stdout.isatty() else ("", "")


class ServeError(Exception):
    """Why the product cannot be served, in both languages."""


@dataclass(frozen=True, slots=True)
class Options:
    host: str
    port: int
    workers: int
    with_parent: bool


def parse(arguments: list[str]) -> Options:
    parser = argparse.ArgumentParser(prog="tinhso serve", description=__doc__)
    parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
    parser.add_argument("--port", type=parse_port, default=os.environ.get("PORT", "8000"))
    parser.add_argument("--workers", type=int, default=os.environ.get("TINHSO_WEB_WORKERS", "2"))
    parser.add_argument("--with-parent", action="store_true", help="stop when the parent process ends")
    return Options(**vars(parser.parse_args(arguments)))


def parse_port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= MOST_PORT):
        raise argparse.ArgumentTypeError(f"{text}: cổng là số từ 1 đến {MOST_PORT} · 1 to {MOST_PORT}")
    return int(text)


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    if options.with_parent:
        follow_parent(signal.SIGTERM)
    request = StopRequest()
    request.listen()
    os.environ.setdefault("TINHSO_SITE_URL", get_site(options))
    try:
        serve(options, request)
    except (ServeError, embedded.PostgresError) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except StopError:
        print("\nĐã dừng · stopped")
    return 0


def serve(options: Options, request: StopRequest) -> None:
    """Until StopError."""
    started = time.monotonic()
    require_free_port(options.host, options.port)
    with own_server(request) as server:
        supervisor = Supervisor(tell, request)
        try:
            accounts = start_web(supervisor, options, server)
            wait_until_ready(supervisor, options.host, options.port)
            supervisor.add(Child("worker", [*COMMAND, "worker"]))
            announce(options, accounts, time.monotonic() - started)
            supervisor.run(each_second=lambda: keep_server(server))
        finally:
            supervisor.stop()


@contextmanager
def own_server(request: StopRequest) -> Iterator[embedded.Address | None]:
    """The right to the product's own PostgreSQL, not started yet, unless DATABASE_URL names another."""
    if not has_own_server():
        if not os.environ.get("DATABASE_URL"):
            raise ServeError(
                "Bản chính thức cần DATABASE_URL, ví dụ postgresql://tinhso:…@máy-chủ/tinhso.\n"
                "Production needs DATABASE_URL, such as postgresql://tinhso:…@host/tinhso."
            )
        yield None
        return
    with embedded.lease(get_var_dir(), get_patience=request.count_seconds_left) as address:
        os.environ["DATABASE_URL"] = address.url
        yield address


def keep_server(server: embedded.Address | None) -> None:
    if server is not None and not server.has_keeper():
        tell("PostgreSQL bị tắt từ bên ngoài, khởi động lại · PostgreSQL was killed, starting again")
        server.ensure()


def start_web(supervisor: Supervisor, options: Options, server: embedded.Address | None) -> Accounts:
    """The web process loads its code while this one starts the database and looks what has to be prepared."""
    with closing(Gate()) as gate:
        command = [*COMMAND, "web", f"--host={options.host}", f"--port={options.port}"]
        command.append(f"--workers={options.workers}")
        gated = [*command, f"--gate={gate.descriptor}"]
        child = supervisor.add(Child("web", gated, (gate.descriptor,)))
        gate.hand_over()
        child.command, child.pass_fds = command, ()
        if server is not None:
            server.ensure(tell)
        digests = compute_digests()
        try:
            loaded = gate.ask(supervisor.request.check)
            if find_due(digests, loaded["stamps"], get_static_stamp(get_var_dir())):
                prepare(supervisor)
            gate.open()
        except EOFError:
            raise _refuse_web() from None
    return loaded["accounts"]


def prepare(supervisor: Supervisor) -> None:
    """In a process of its own, which loads the whole product, and only when a step is due."""
    process = start([*COMMAND, "prepare"], at_parents_death=signal.SIGKILL, process_group=0)
    try:
        while process.poll() is None:
            supervisor.wait(1.0)
    finally:
        if process.poll() is None:
            process.kill()
    if process.returncode != 0:
        raise ServeError(
            "Chưa chuẩn bị xong cơ sở dữ liệu; lý do ở ngay trên. Chạy lại sẽ làm tiếp phần còn thiếu.\n"
            "The database could not be prepared; the reason is above. The next run does what is missing."
        )


def require_free_port(host: str, port: int) -> None:
    """Workers share the port among themselves, so the server itself would not notice another program."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            other = port + 1 if FIRST_FREE_PORT <= port < MOST_PORT else 8000
            raise ServeError(
                f"Không mở được cổng {port} tại {host}: {error.strerror}. Chọn cổng khác: PORT={other} make run\n"
                f"Port {port} at {host} cannot be opened; choose another: PORT={other} make run"
            ) from None


def wait_until_ready(supervisor: Supervisor, host: str, port: int) -> None:
    web = supervisor.children[0]
    deadline = time.monotonic() + START_SECONDS
    while not is_ready(host, port):
        if not web.is_running or time.monotonic() > deadline:
            raise _refuse_web()
        supervisor.wait(0.02)


def is_ready(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(reachable(host), port, timeout=5)
    try:
        connection.request("GET", READY_PATH)
        return connection.getresponse().status == HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def _refuse_web() -> ServeError:
    return ServeError(
        "Phần web không khởi động được; lý do ở ngay trên.\nThe web server did not start; the reason is above."
    )


def reachable(host: str) -> str:
    """Where to reach, from this machine, what listens at `host`, which may stand for every address."""
    address = ipaddress.ip_address(host) if host[:1].isdigit() or ":" in host else None
    if address is None or not address.is_unspecified:
        return host
    return "127.0.0.1" if address.version == 4 else "::1"


def get_site(options: Options) -> str:
    host = reachable(options.host)
    return f"http://{f'[{host}]' if ':' in host else host}:{options.port}"


def announce(options: Options, accounts: Accounts, seconds: float) -> None:
    print(f"\n{BOLD}Tỉnh Số{PLAIN}  {get_site(options)}   ({seconds:.1f} s)\n")
    if accounts:
        print("Tài khoản dùng thử · demo accounts")
        width = max(len(name) for name, _, _ in accounts)
        for name, password, who in accounts:
            print(f"  {name:<{width}}  {password}  {who}")
        print()
    print("Ctrl-C để dừng · Ctrl-C stops it", flush=True)


def tell(line: str) -> None:
    print(f"▸ {line}", flush=True)
