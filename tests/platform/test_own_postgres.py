"""The product's own PostgreSQL: made once, shared, never left behind, never broken."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tinhso.kernel.embedded import Address, PostgresError, server
from tinhso.kernel.embedded.binaries import find_installations
from tinhso.kernel.embedded.cluster import LONGEST_SOCKET_PATH, SOCKET_NAME, find_cluster
from tinhso.kernel.embedded.keeper import find_server_processes
from tinhso.kernel.embedded.making import SHARED_STATE
from tinhso.project.databases import get_database

from .conftest import find_processes_of, wait_until

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root drops privileges")

HOLD = """
import sys
from pathlib import Path
from tinhso.kernel.embedded import server
with server(Path(sys.argv[1]), is_durable=False) as address:
    print(address.url, flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(var_dir: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the server until its standard input closes."""
    command = [sys.executable, "-c", HOLD, str(var_dir)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline().startswith("postgresql://")
        yield process
        process.kill()


def ask(address: Address, question: str) -> object:
    with psycopg.connect(address.url) as connection:
        row = connection.execute(question).fetchone()
    return row and row[0]


def get_postmaster(address: Address) -> int:
    return int((address.cluster.data / "postmaster.pid").read_text().split()[0])


def get_keeper(address: Address) -> int:
    command = f"tinhso.kernel.embedded.keeper {address.cluster.folder} "
    return next(int(p.split()[0]) for p in find_processes_of(address.cluster.folder) if command in p)


@pytest.mark.parametrize("wish", ["machine", "embedded"])
def test_both_kinds_of_server_know_vietnamese(
    wish: str, var_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if wish == "machine" and not find_installations("machine"):
        pytest.skip("this machine has no PostgreSQL of its own")
    monkeypatch.setenv("TINHSO_POSTGRES", wish)

    with server(var_dir, is_durable=False) as address:
        lowered = ask(address, "SELECT lower('TỈNH ĐỒNG THÁP')")
        plain = ask(address, "SELECT unaccent('Đồng Tháp')")
        order = ask(
            address, "SELECT string_agg(w, ' ' ORDER BY w) FROM unnest('{Ấp,Đà,Ăn,Dak,An}'::text[]) w"
        )
        is_super = ask(address, "SELECT usesuper FROM pg_user WHERE usename = current_user")

    assert (lowered, plain) == ("tỉnh đồng tháp", "Dong Thap")
    assert order == "An Ăn Ấp Dak Đà"
    assert is_super is False


def test_only_the_socket_is_open_and_only_to_its_owner(made_var_dir: Path) -> None:
    with server(made_var_dir, is_durable=False) as address:
        listens = ask(address, "SHOW listen_addresses")
        mode = stat.S_IMODE(address.cluster.run.stat().st_mode)

    assert listens == ""
    assert mode == 0o700


def test_the_server_lives_as_long_as_its_last_user(made_var_dir: Path) -> None:
    with server(made_var_dir, is_durable=False) as address:
        ask(address, "SELECT 1")
        with holder(made_var_dir):
            postmaster = get_postmaster(address)
        assert get_postmaster(address) == postmaster
        ask(address, "SELECT 1")

    assert find_server_processes(address.cluster) == []
    assert not address.has_keeper()


def test_a_killed_user_is_a_user_who_left(made_var_dir: Path) -> None:
    with holder(made_var_dir) as only_user:
        only_user.kill()
        only_user.wait()

    wait_until(lambda: find_processes_of(made_var_dir) == [], 10)
    with server(made_var_dir, is_durable=False) as address:
        assert ask(address, "SELECT 1") == 1


def test_a_user_who_comes_while_the_server_stops_gets_a_new_one(made_var_dir: Path) -> None:
    for _ in range(5):
        with holder(made_var_dir) as leaving:
            leaving.kill()
            with server(made_var_dir, is_durable=False) as address:
                assert ask(address, "SELECT 1") == 1


def test_a_killed_postgres_comes_back_with_all_that_was_committed(made_var_dir: Path) -> None:
    with server(made_var_dir, is_durable=False) as address:
        with psycopg.connect(address.url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        killed = get_postmaster(address)
        os.kill(killed, signal.SIGKILL)

        wait_until(lambda: address.cluster.ready.exists() and get_postmaster(address) != killed, 20)

        assert ask(address, "SELECT answer FROM kept") == 42


def test_a_killed_keeper_takes_postgres_along_and_is_replaced(made_var_dir: Path) -> None:
    with server(made_var_dir, is_durable=False) as address:
        first = get_keeper(address)
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: not address.has_keeper(), 5)

        address.ensure()

        assert ask(address, "SELECT 1") == 1
        assert get_keeper(address) != first


def test_keeper_and_postgres_killed_together_start_again(made_var_dir: Path) -> None:
    with server(made_var_dir, is_durable=False) as address:
        with psycopg.connect(address.url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        for pid in (get_keeper(address), get_postmaster(address)):
            os.kill(pid, signal.SIGKILL)
    assert (address.cluster.data / "postmaster.pid").exists()

    with server(made_var_dir, is_durable=False) as address:
        assert ask(address, "SELECT answer FROM kept") == 42


def test_a_pid_file_that_names_a_stranger_is_stale(made_var_dir: Path) -> None:
    with server(made_var_dir, is_durable=False) as address:
        pass
    stranger = subprocess.Popen(["sleep", "60"], **address.cluster.owner.popen_options())
    pid_file = address.cluster.data / "postmaster.pid"
    pid_file.write_text(f"{stranger.pid}\n{address.cluster.data}\n1700000000\n5432\n\n\n 1 2\nready\n")
    address.cluster.owner.give(pid_file)

    with server(made_var_dir, is_durable=False) as address:
        answer = ask(address, "SELECT 1")
    stranger.kill()
    stranger.wait()

    assert answer == 1


def test_a_kill_while_the_database_is_made_leaves_no_half_of_it(var_dir: Path) -> None:
    folder = find_cluster(var_dir / "postgres").folder
    (folder / "data.new" / "base").mkdir(parents=True)
    for place in (var_dir / "postgres", folder):
        place.chmod(0o755)

    with server(var_dir, is_durable=False) as address:
        assert ask(address, "SELECT 1") == 1

    assert not (folder / "data.new").exists()


@needs_root
def test_a_closed_folder_stays_closed() -> None:
    closed = Path(tempfile.mkdtemp(prefix="tinhso-closed-"))
    var_dir = closed / "x" / "var"

    with server(var_dir, is_durable=False) as address:
        answer = ask(address, "SELECT 1")

    assert answer == 1
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert (var_dir / "postgres").readlink().parent == SHARED_STATE
    subprocess.run(["rm", "-rf", closed, (var_dir / "postgres").resolve()], check=True)


@needs_root
def test_root_runs_postgres_as_somebody_else(made_var_dir: Path) -> None:
    with server(made_var_dir, is_durable=False) as address:
        status = Path(f"/proc/{get_postmaster(address)}/status").read_text()

    uids = next(line for line in status.splitlines() if line.startswith("Uid:")).split()[1:]
    assert set(uids) == {str(address.cluster.owner.uid)}
    assert "0" not in uids


@pytest.mark.parametrize("name", ["tỉnh số của tôi", "50% & thêm + nữa?"])
def test_any_folder_name_will_do(name: str, var_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with server(var_dir / name, is_durable=False) as address:
        answer = ask(address, "SELECT 1")
    monkeypatch.setenv("DATABASE_URL", address.url)

    assert answer == 1
    assert get_database(var_dir)["HOST"] == str(address.cluster.run)
    assert name in str(address.cluster.run)


def test_a_long_path_keeps_its_socket_where_the_name_fits(var_dir: Path) -> None:
    deep = var_dir / ("thư mục có tên rất dài " * 3) / ("n" * 60)

    with server(deep, is_durable=False) as address:
        answer = ask(address, "SELECT 1")
    socket = address.cluster.run / SOCKET_NAME
    address.cluster.run.rmdir()

    assert answer == 1
    assert len(os.fsencode(socket)) <= LONGEST_SOCKET_PATH


def test_data_of_a_release_that_is_gone_is_refused_and_kept(var_dir: Path) -> None:
    former = var_dir / "postgres" / "9" / "data"
    former.mkdir(parents=True)

    with pytest.raises(PostgresError) as refusal, server(var_dir):
        pass

    assert refusal.value.code == "embedded.other_release"
    assert "PostgreSQL 9" in refusal.value.vi
    assert list((var_dir / "postgres").iterdir()) == [former.parent]


def test_a_wish_for_a_server_that_is_not_there_says_what_to_do(
    var_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TINHSO_POSTGRES", str(var_dir))

    with pytest.raises(PostgresError) as refusal, server(var_dir):
        pass

    assert refusal.value.code == "embedded.no_server"
    assert str(var_dir) in refusal.value.en


def test_a_server_that_cannot_start_shows_the_end_of_its_log(made_var_dir: Path) -> None:
    with server(made_var_dir, is_durable=False) as address:
        pass
    with (address.cluster.data / "postgresql.conf").open("a") as conf:
        conf.write("shared_buffers = nonsense\n")

    with pytest.raises(PostgresError) as refusal, server(made_var_dir, is_durable=False):
        pass

    assert refusal.value.code == "embedded.not_started"
    assert "shared_buffers" in refusal.value.vi
    wait_until(lambda: find_processes_of(made_var_dir) == [], 2)
