"""A folder at an address that machines share: file:///mnt/desk, s3://desk/runs, or whatever else fsspec reaches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..errors import EnvironmentFault, InputError


class SharedFolder:
    """Files under an address; each is named by its own, and goes in and out whole."""

    def __init__(self, address: str) -> None:
        try:
            from fsspec.core import url_to_fs
        except ImportError:
            raise EnvironmentFault(
                f"{address} needs fsspec.", hint="Nothing was recorded. pip install 'factledger[store]'"
            ) from None
        if "://" not in address or address.startswith("memory:"):
            raise InputError(
                "This is no address that several processes reach.",
                where=address,
                hint="Write one such as file:///mnt/desk.",
            )
        self.address = address.rstrip("/")
        try:
            self._files, _ = url_to_fs(self.address)
        except (ValueError, ImportError) as error:
            raise InputError(f"This is no address: {error}", where=address, hint="Is its driver installed?") from None

    def inside(self, name: str) -> SharedFolder:
        """Return a folder of this one."""
        return SharedFolder(f"{self.address}/{name}")

    def put(self, local: Path, name: str) -> str:
        """Copy a file here, under a name, and return its address."""
        address = f"{self.address}/{name}"
        with _told("write", address):
            path = self._path(address)
            self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
            self._files.put_file(str(local), path)
        return address

    def get(self, address: str, local: Path) -> None:
        """Copy a file from here; it has its name only once it is whole."""
        part = local.with_name(f"{local.name}.part")
        with _told("read", address):
            self._files.get_file(self._path(address), str(part))
            part.replace(local)

    def remove(self) -> None:
        """Remove all that is here."""
        with _told("remove", self.address):
            path = self._path(self.address)
            if self._files.exists(path):
                self._files.rm(path, recursive=True)

    def _path(self, address: str) -> Any:
        return self._files._strip_protocol(address)


@contextmanager
def _told(doing: str, address: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise EnvironmentFault(
            f"Cannot {doing} {address}: {error}.", hint="Nothing was recorded. Do all machines reach it?"
        ) from None
