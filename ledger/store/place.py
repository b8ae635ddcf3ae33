"""On what file system a ledger lies: where several machines share it, locks and WAL do not hold.

SQLite's WAL needs memory that all its readers and writers share, and so one
machine (sqlite.org/wal.html); over a network two writers can each believe that they are alone.
"""

from __future__ import annotations

import re
from pathlib import Path

from ..errors import EnvironmentFault

MOUNTS = Path("/proc/self/mountinfo")
"""Where Linux says what is mounted; elsewhere nobody is asked."""

SHARED = frozenset(
    "nfs nfs4 cifs smb3 smbfs afs auristorfs coda ceph lustre gpfs gfs2 ocfs2 beegfs davfs "
    "fuse.sshfs fuse.rclone fuse.davfs fuse.curlftpfs fuse.s3fs fuse.gcsfuse fuse.glusterfs fuse.ceph fuse.ceph-fuse "
    "fuse.gvfsd-fuse".split()
)
"""File systems that other machines write to as well. Those that a container or virtual machine shares
with its own host (overlay, 9p, virtiofs) are not among them."""


def require_local(ledger: Path) -> None:
    """Raise EnvironmentFault if a ledger lies, or would lie, where it must not be written."""
    kind = file_system(ledger)
    if kind in SHARED:
        raise EnvironmentFault(
            f"{ledger} is on a network file system ({kind}), where two writers can damage a ledger.",
            hint="Keep it on a local disk; reading works.",
        )


def file_system(path: Path) -> str | None:
    """Return the type of the file system that a path lies on, such as "ext4"; None where the system does not say."""
    try:
        mounts = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None
    return type_in(mounts, path.resolve())


def type_in(mounts: str, path: Path) -> str | None:
    """Return the type of the mount that an absolute path is under: the deepest one, and of equals the last.

    `mounts` is the text of Linux's mountinfo: the fifth word of a line is the place of the mount, the first
    after " - " its type (proc_pid_mountinfo(5)).
    """
    found: tuple[int, str] | None = None
    for line in mounts.splitlines():
        where, _, what = line.partition(" - ")
        words = where.split(" ")
        if len(words) < 5 or not what:
            continue
        point = Path(_plain(words[4]))
        if path.is_relative_to(point) and (found is None or len(point.parts) >= found[0]):
            found = len(point.parts), what.split(" ")[0]
    return found and found[1]


def _plain(word: str) -> str:
    """Return a path without the octal escapes that the kernel writes for white space and backslashes."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), word)
