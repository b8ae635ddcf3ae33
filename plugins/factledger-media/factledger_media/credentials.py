"""content-credentials: who signed a picture, what they say was done to it, and whether it is still as they signed it.

Whom the house trusts stands in a CSV file that is named under [lists] of its policy: trusted-signers = "signers.csv".
Its column `certificate` holds the certificates (PEM) of those who vouch for signers; other columns are left alone.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

import attrs
import c2pa

from ledger import Checker, Context, Dossier, Finding, needs

from .pictures import Archived, archived

LIST = "trusted-signers"
BEGIN = "-----BEGIN CERTIFICATE-----"

TRUSTED, VALID = "Trusted", "Valid"
"""What the library calls credentials that hold: with a signer who is vouched for, and with another."""

CHANGED = ("assertion.dataHash.mismatch", "assertion.bmffHash.mismatch", "assertion.boxesHash.mismatch")
"""What the library says of a picture that is not the one that was signed."""

GENERATED = ("trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia", "algorithmicMedia")
"""Where a picture is from, in the words of the IPTC's list, if a program made it or a part of it."""

MOST_ACTIONS = 20
LONGEST = 80


class ContentCredentials(Checker):
    """Checks: content credentials (C2PA) of archived pictures: who signed, what was done, whether that still holds.
    Why it matters: a signature says whose picture it is and whether it was changed since, which no look at it can.
    Fails on: a picture that is not as it was signed, or a signature that does not hold.
    Warns on: a signer whom nobody on the house's list vouches for; a picture that its maker says a program made.
    Passes on: a picture as it was signed, by somebody whom the house trusts.
    """

    name = "content-credentials"
    version = 1
    establishes = (
        "that the picture is to the byte what its signer signed, and that the house trusts who vouches for them"
    )
    does_not_establish = (
        "that what it shows is so, or was not staged; nor that what the signer says of its making is true; a picture "
        "without credentials is no worse for it: most have none, and most platforms remove them"
    )
    reads_captures = True

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        rows = context.policy.lists.get(LIST)
        trusted = "\n".join(row.get("certificate", "") for row in rows or ())
        bare, several = [], False
        for picture in archived(dossier):
            several = True
            read = credentials_of(picture, trusted)
            if read is None:
                bare.append(picture.capture)
            else:
                yield self._of(picture, read, listed=rows is not None)
        if bare:
            reason = "Its pictures have no content credentials; most have none."
            yield self.not_applicable(reason, cites=bare, code="none")
        elif not several:
            yield self.not_applicable("No picture is archived with it.")

    def _of(self, picture: Archived, read: Credentials | str, *, listed: bool) -> Finding:
        more: dict[str, Any] = {"cites": [picture.capture, picture.source]}
        if isinstance(read, str):
            return self.abstains(f"The picture {picture.name} {read}.", code="unreadable", **more)
        more["details"] = read.details
        signed = f"The picture {picture.name} is signed by {read.signer}"
        if read.state not in (TRUSTED, VALID):
            changed = any(code in CHANGED for code in read.failures)
            ends = (
                "it was changed since" if changed else f"the signature does not hold ({', '.join(read.failures[:3])})"
            )
            return self.fails(f"{signed}, and {ends}.", code="changed" if changed else "broken", **more)
        if read.generated:
            return self.warns(f"{signed}, who says that a program made it, or a part of it.", code="generated", **more)
        if read.state == TRUSTED:
            return self.passes(f"{signed}, whom the house trusts, and is as it was signed.", code="trusted", **more)
        lacks = "nobody on the house's list vouches for them" if listed else "the house has no list of whom it trusts"
        fix = f'Find out who they are. The policy says whom the house trusts, under [lists]: {LIST} = "signers.csv"'
        needed = [] if listed else [needs(f"lists.{LIST}")]
        reason = f"{signed} and is as it was signed, but {lacks}."
        return self.warns(reason, code="untrusted", fix=fix, missing=needed, **more)


@attrs.frozen
class Credentials:
    """What the credentials of a picture say; `state` and `failures` are the library's words."""

    state: str
    signer: str
    generated: bool
    failures: tuple[str, ...]
    details: tuple[str, ...]


def credentials_of(picture: Archived, trusted: str) -> Credentials | str | None:
    """Return what a picture's credentials say, why they cannot be read, or None where it has none.

    Nothing is asked of anybody: credentials that lie elsewhere are not fetched.
    """
    if picture.data is None:
        return "cannot be had from the archive"
    trust = {"trust": {"trust_anchors": trusted}} if BEGIN in trusted else {}
    asks_nobody = {"verify": {"verify_trust": True, "remote_manifest_fetch": False, "ocsp_fetch": False}}
    try:
        with (
            c2pa.Context.from_dict({**asks_nobody, **trust}) as context,
            c2pa.Reader(picture.capture.media_type, io.BytesIO(picture.data), context=context) as reader,
        ):
            said = json.loads(reader.json())
    except c2pa.C2paError.ManifestNotFound:
        return None
    except c2pa.C2paError.NotSupported:
        return None
    except c2pa.C2paError as error:
        return f"has content credentials that cannot be read ({_plain(error)})"
    return _told(said)


def _told(said: Mapping[str, Any]) -> Credentials:
    manifest = said.get("manifests", {}).get(said.get("active_manifest"), {})
    signature = manifest.get("signature_info") or {}
    failures = (said.get("validation_results") or {}).get("activeManifest", {}).get("failure", ())
    names = dict.fromkeys(_plain(signature[key]) for key in ("common_name", "issuer") if signature.get(key))
    actions = [
        action
        for assertion in manifest.get("assertions", ())
        if str(assertion.get("label", "")).startswith("c2pa.actions")
        for action in (assertion.get("data") or {}).get("actions", ())
    ]
    kinds = {str(action.get("digitalSourceType", "")).rpartition("/")[2] for action in actions}
    told = [
        *(f"Made with {_plain(one.get('name'))}." for one in manifest.get("claim_generator_info", ())),
        *(
            [f"Signed at {_plain(signature['time'])}, as a time-stamping service has it."]
            if signature.get("time")
            else []
        ),
        *(f"Done to it, as its signer says: {_plain(one.get('action'))}." for one in actions[:MOST_ACTIONS]),
        *(f"Made from {_plain(one.get('title'))}." for one in manifest.get("ingredients", ())[:MOST_ACTIONS]),
    ]
    return Credentials(
        state=str(said.get("validation_state")),
        signer=" of ".join(names) or "somebody whose name it does not give",
        generated=not kinds.isdisjoint(GENERATED),
        failures=tuple(dict.fromkeys(_plain(one.get("code")) for one in failures)),
        details=tuple(told),
    )


def _plain(value: Any) -> str:
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in str(value or "")).split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
