"""Archived bytes, each stored once under its SHA-256 in a folder beside the ledger."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

import attrs

from ..errors import EnvironmentFault


@attrs.frozen
class Archive:
    """A content-addressed store: `<folder>/<first two hex digits>/<sha256>`."""

    folder: Path

    def put(self, data: bytes) -> str:
        """Store bytes durably and return their hex SHA-256; storing them again changes nothing."""
        digest = sha256(data).hexdigest()
        path = self.path(digest)
        if path.exists():
            return digest
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=path.parent, delete=False) as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(file.name).replace(path)
        except OSError as error:
            raise EnvironmentFault(
                f"Cannot archive into {self.folder}: {error.strerror}.", hint="Nothing was recorded."
            ) from None
        return digest

    def get(self, digest: str) -> bytes | None:
        """Return stored bytes, or None if they are not here. They may have been altered: compare the hash."""
        try:
            return self.path(digest).read_bytes()
        except FileNotFoundError:
            return None

    def path(self, digest: str) -> Path:
        """Return where bytes of this SHA-256 lie, or would."""
        return self.folder / digest[:2] / digest
