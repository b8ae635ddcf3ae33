"""Somebody who signs pictures, with certificates made for the test."""

from __future__ import annotations

import io
from datetime import datetime

import attrs
import c2pa
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CAPTURED = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"


def _certificate(
    name: str, key: ec.EllipticCurvePrivateKey, issuer: str, of: ec.EllipticCurvePrivateKey, *, vouches: bool
) -> bytes:
    """Return a certificate (PEM) of a name's key, signed by the issuer's."""
    names = [
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one), x509.NameAttribute(NameOID.ORGANIZATION_NAME, one)])
        for one in (name, issuer)
    ]
    other = "content_commitment key_encipherment data_encipherment key_agreement crl_sign encipher_only decipher_only"
    usage = dict.fromkeys(other.split(), False)
    made = (
        x509.CertificateBuilder(names[1], names[0], key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2026, 1, 1))
        .not_valid_after(datetime(2096, 1, 1))
        .add_extension(x509.BasicConstraints(ca=vouches, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, key_cert_sign=vouches, **usage), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(of.public_key()), critical=False)
    )
    return made.sign(of, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


@attrs.frozen
class Signer:
    """A camera that signs, and the certificate (PEM) of the house that vouches for it."""

    signing: c2pa.Signer
    vouching: str

    def sign(self, jpeg: bytes, kind: str = CAPTURED) -> bytes:
        """Return a JPEG file with credentials; `kind` is where it is from, as the IPTC's list has it."""
        actions = [{"action": "c2pa.created", "digitalSourceType": kind}, {"action": "c2pa.cropped"}]
        manifest = {
            "claim_generator_info": [{"name": "Pier camera", "version": "1"}],
            "format": "image/jpeg",
            "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": actions}}],
        }
        signed = io.BytesIO()
        with c2pa.Builder(manifest) as builder:
            builder.sign(self.signing, "image/jpeg", io.BytesIO(jpeg), signed)
        return signed.getvalue()


def new_signer() -> Signer:
    """Return a camera with a key of its own."""
    root, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    vouching = _certificate("Harbour Cameras", root, "Harbour Cameras", root, vouches=True)
    mine = _certificate("Pier camera 7", own, "Harbour Cameras", root, vouches=False)
    key = own.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    info = c2pa.C2paSignerInfo(b"es256", mine + vouching, key, None)
    return Signer(c2pa.Signer.from_info(info), vouching.decode())
