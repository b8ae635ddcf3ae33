"""Where a ledger may be written: not on file systems that several machines share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ledger import store
from ledger.book import Book, start
from ledger.errors import EnvironmentFault
from ledger.store import place

DESKTOP = r"""22 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw,errors=remount-ro
24 22 0:21 / /proc rw,nosuid,nodev,noexec,relatime shared:12 - proc proc rw
31 22 259:1 / /boot/efi rw,relatime shared:31 - vfat /dev/nvme0n1p1 rw,fmask=0077
40 22 0:44 / /home/ana/desk rw,relatime shared:90 - nfs4 files.example:/export/desk rw,vers=4.2,hard
41 40 0:45 / /home/ana/desk/scratch rw,relatime shared:91 - tmpfs tmpfs rw,size=1024k
42 22 0:46 / /media/Press\040share rw,relatime shared:92 - cifs //files.example/press rw,vers=3.1.1
43 22 0:47 / /home/ana/remote rw,nosuid,nodev,relatime shared:93 - fuse.sshfs ana@files.example: rw,user_id=1000
44 22 0:48 / /home/ana/notes rw,relatime - nfs old.example:/notes rw
45 44 259:3 / /home/ana/notes rw,relatime - xfs /dev/sdb1 rw
"""

CONTAINER = """512 411 0:101 / / rw,relatime master:188 - overlay overlay rw,lowerdir=/a:/b,upperdir=/c,workdir=/d
513 512 0:104 / /proc rw,nosuid,nodev,noexec,relatime - proc proc rw
540 512 0:60 /sub /work rw,relatime - 9p host rw,trans=virtio
541 512 8:1 /var/lib/data /data rw,relatime master:1 propagate_from:7 - btrfs /dev/sda1 rw,subvol=/data
"""


@pytest.mark.parametrize(
    ("mounts", "path", "kind"),
    [
        (DESKTOP, "/home/ana/ledger.db", "ext4"),
        (DESKTOP, "/home/ana/desk/ledger.db", "nfs4"),
        (DESKTOP, "/home/ana/desk/2031/may/ledger.db", "nfs4"),
        (DESKTOP, "/home/ana/desk/scratch/ledger.db", "tmpfs"),
        (DESKTOP, "/home/ana/desk-too/ledger.db", "ext4"),
        (DESKTOP, "/media/Press share/ledger.db", "cifs"),
        (DESKTOP, "/home/ana/remote/ledger.db", "fuse.sshfs"),
        (DESKTOP, "/home/ana/notes/ledger.db", "xfs"),
        (CONTAINER, "/home/ledger.db", "overlay"),
        (CONTAINER, "/work/ledger.db", "9p"),
        (CONTAINER, "/data/ledger.db", "btrfs"),
        ("", "/home/ledger.db", None),
        ("what is this\n", "/home/ledger.db", None),
    ],
)
def test_the_type_of_the_file_system(mounts: str, path: str, kind: str | None) -> None:
    """The deepest mount above a path counts, and of two at one place the one mounted last."""
    assert place.type_in(mounts, Path(path)) == kind


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "fuse.sshfs", "fuse.rclone"])
def test_network_file_systems_are_shared(kind: str) -> None:
    """What other machines write to as well is known by its type."""
    assert kind in place.SHARED


@pytest.mark.parametrize("kind", ["ext4", "xfs", "btrfs", "zfs", "tmpfs", "overlay", "9p", "fuseblk", "virtiofs"])
def test_disks_of_this_machine_are_not(kind: str) -> None:
    """Local disks, and what a container or virtual machine has from its own host, may be written to."""
    assert kind not in place.SHARED


@pytest.fixture
def over_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system say that the test's folder is mounted over NFS."""
    said = tmp_path / "mountinfo"
    said.write_text(f"22 1 259:2 / / rw - ext4 /dev/sda rw\n40 22 0:44 / {tmp_path} rw - nfs4 files.example:/x rw\n")
    monkeypatch.setattr(place, "MOUNTS", said)


def test_no_ledger_begins_on_a_network(ledger_path: Path, over_network: None) -> None:
    """Starting a ledger on a network file system is refused in one line, and no file is made."""
    with pytest.raises(EnvironmentFault, match=r"network file system \(nfs4\).* Keep it on a local disk"):
        start(ledger_path, origin="desk.example", person="Ana Roa")
    assert not ledger_path.exists()


def test_a_ledger_on_a_network_is_read_only(book: Book, request: pytest.FixtureRequest) -> None:
    """A ledger that lies on a network file system can be read and not be written."""
    book.ledger.close()
    request.getfixturevalue("over_network")
    with pytest.raises(EnvironmentFault, match="network file system"):
        store.open_ledger(book.ledger.path, write=True)
    with store.open_ledger(book.ledger.path) as ledger:
        assert store.queries.head(ledger.db).size == 2


def test_doctor_says_where_a_ledger_lies(factledger: Any, book: Book, request: pytest.FixtureRequest) -> None:
    """`doctor` names the file system, and says that a ledger on a network can only be read."""
    assert "not a network file system" in factledger("doctor").stdout
    request.getfixturevalue("over_network")
    done = factledger("doctor")
    assert done.returncode == 5
    assert "LOOK  disk        nfs4" in done.stdout


def test_doctor_where_nobody_can_be_asked(
    factledger: Any, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system does not list its mounts, `doctor` says that nobody looked, and writing goes on."""
    monkeypatch.setattr(place, "MOUNTS", tmp_path / "not-there")
    assert "not looked at on this system" in factledger("doctor").stdout
    assert factledger("agent", "Marta Quell").returncode == 0
