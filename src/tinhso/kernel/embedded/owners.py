"""Which user runs the server. PostgreSQL refuses root, and what root may read others may not."""

from __future__ import annotations

import os
import pwd
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import PostgresError

UNPRIVILEGED = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Owner:
    uid: int
    gid: int

    @property
    def is_other(self) -> bool:
        """Whether the server runs as somebody else than this process."""
        return self.uid != os.geteuid()

    def popen_options(self) -> dict[str, Any]:
        if not self.is_other:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def give(self, path: Path) -> None:
        if self.is_other:
            os.chown(path, self.uid, self.gid)

    @contextmanager
    def acting(self) -> Iterator[None]:
        """Be this user for the length of the block, as far as permissions go."""
        if not self.is_other:
            yield
            return
        former = os.geteuid(), os.getegid()
        os.setegid(self.gid)
        os.seteuid(self.uid)
        try:
            yield
        finally:
            os.seteuid(former[0])
            os.setegid(former[1])

    def can_enter(self, folder: Path) -> bool:
        """Whether this user passes through every folder down to and including `folder`."""
        return all(self._may(place, stat.S_IXUSR) for place in (folder, *folder.parents))

    def _may(self, path: Path, bit: int) -> bool:
        seen = path.stat()
        if seen.st_uid == self.uid:
            return bool(seen.st_mode & bit)
        if seen.st_gid == self.gid:
            return bool(seen.st_mode & (bit >> 3))
        return bool(seen.st_mode & (bit >> 6))


def find_owner(data: Path) -> Owner:
    """The owner of the data folder; without one, this user, or for root an unprivileged user."""
    if data.exists():
        seen = data.stat()
        owner = Owner(seen.st_uid, seen.st_gid)
        if owner.is_other and os.geteuid() != 0:
            raise PostgresError(
                "other_owner",
                f"Cơ sở dữ liệu ở {data} là của người dùng khác ({_name(owner.uid)}). Chạy bằng người dùng đó, "
                "hoặc đặt TINHSO_VAR sang một thư mục của bạn.",
                f"The database in {data} belongs to another user ({_name(owner.uid)}). Run as that user, "
                "or point TINHSO_VAR to a folder of your own.",
            )
        return owner
    return find_new_owner()


def find_new_owner() -> Owner:
    if os.geteuid() != 0:
        return Owner(os.geteuid(), os.getegid())
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Owner(entry.pw_uid, entry.pw_gid)
    raise PostgresError(
        "no_user",
        "PostgreSQL không chạy bằng root và máy này không có người dùng postgres hay nobody. "
        "Tạo một người dùng rồi chạy lại bằng người dùng đó.",
        "PostgreSQL refuses to run as root and this machine has no user postgres or nobody. "
        "Create a user and run again as that user.",
    )


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
