"""Which addresses of the Internet are public: where a stranger's page can stand.

Sources: the IANA special-purpose address registries (RFC 6890 and what followed) and RFC 4291. The test is
stricter than `ipaddress.is_global`: an IPv6 address that carries an IPv4 address inside (mapped, compatible, NAT64,
6to4, Teredo, ISATAP) is never taken, whatever it carries, since who unpacks it decides where it leads.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

NOT_PUBLIC: tuple[tuple[IPv4Network | IPv6Network, str], ...] = (
    (IPv4Network("169.254.169.254/32"), "the metadata service of a cloud"),
    (IPv4Network("168.63.129.16/32"), "the metadata service of a cloud"),
    (IPv4Network("100.100.100.200/32"), "the metadata service of a cloud"),
    (IPv4Network("0.0.0.0/32"), "unspecified"),
    (IPv4Network("0.0.0.0/8"), "this network"),
    (IPv4Network("10.0.0.0/8"), "private"),
    (IPv4Network("100.64.0.0/10"), "shared by a provider's customers"),
    (IPv4Network("127.0.0.0/8"), "loopback"),
    (IPv4Network("169.254.0.0/16"), "link-local"),
    (IPv4Network("172.16.0.0/12"), "private"),
    (IPv4Network("192.0.0.0/24"), "reserved for protocols"),
    (IPv4Network("192.0.2.0/24"), "for documentation"),
    (IPv4Network("192.31.196.0/24"), "reserved for protocols"),
    (IPv4Network("192.52.193.0/24"), "reserved for protocols"),
    (IPv4Network("192.88.99.0/24"), "a 6to4 relay"),
    (IPv4Network("192.168.0.0/16"), "private"),
    (IPv4Network("192.175.48.0/24"), "reserved for protocols"),
    (IPv4Network("198.18.0.0/15"), "for benchmarks"),
    (IPv4Network("198.51.100.0/24"), "for documentation"),
    (IPv4Network("203.0.113.0/24"), "for documentation"),
    (IPv4Network("224.0.0.0/4"), "multicast"),
    (IPv4Network("255.255.255.255/32"), "broadcast"),
    (IPv4Network("240.0.0.0/4"), "reserved"),
    (IPv6Network("::/128"), "unspecified"),
    (IPv6Network("::1/128"), "loopback"),
    (IPv6Network("::ffff:0:0/96"), "an IPv4 address in an IPv6 one"),
    (IPv6Network("::ffff:0:0:0/96"), "an IPv4 address in an IPv6 one"),
    (IPv6Network("::/96"), "an IPv4 address in an IPv6 one"),
    (IPv6Network("64:ff9b::/96"), "translated to IPv4 (NAT64)"),
    (IPv6Network("64:ff9b:1::/48"), "translated to IPv4 (NAT64)"),
    (IPv6Network("2001::/32"), "a Teredo tunnel"),
    (IPv6Network("2001:2::/48"), "for benchmarks"),
    (IPv6Network("2001:db8::/32"), "for documentation"),
    (IPv6Network("2001::/23"), "reserved for protocols"),
    (IPv6Network("2002::/16"), "a 6to4 tunnel"),
    (IPv6Network("2620:4f:8000::/48"), "reserved for protocols"),
    (IPv6Network("3ffe::/16"), "reserved"),
    (IPv6Network("3fff::/20"), "for documentation"),
    (IPv6Network("fc00::/7"), "private"),
    (IPv6Network("fe80::/10"), "link-local"),
    (IPv6Network("fec0::/10"), "private"),
    (IPv6Network("ff00::/8"), "multicast"),
)
"""Network -> what it is, the narrower before the wider."""

UNICAST = IPv6Network("2000::/3")
"""All that is given out as public in IPv6."""

ISATAP = (0x00005EFE, 0x02005EFE)
"""The upper half of an interface identifier that carries an IPv4 address (RFC 5214)."""


def why_barred(address: str | Address) -> str:
    """Return what keeps an address from being public ("loopback", "private", ...); an empty text if nothing does.

    A text that is no plain IPv4 or IPv6 address, one with a zone ("fe80::1%eth0") among them, is barred.
    """
    if isinstance(address, str):
        try:
            address = ip_address(address)
        except ValueError:
            return "no plain address"
    if isinstance(address, IPv6Address) and address.scope_id is not None:
        return "an address with a zone"
    for network, kind in NOT_PUBLIC:
        if address.version == network.version and address in network:
            return kind
    if isinstance(address, IPv6Address):
        if address not in UNICAST:
            return "reserved"
        if int(address) >> 32 & 0xFFFFFFFF in ISATAP:
            return "an IPv4 address in an IPv6 one"
    return "" if address.is_global else "reserved"


def public(address: str | Address) -> bool:
    """Return whether an address is one where a stranger's page can stand."""
    return not why_barred(address)
