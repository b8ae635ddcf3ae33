"""Fetching one page of the public web safely, and asking later whether it still stands there."""

from .addresses import public, why_barred
from .faults import AddressRefused, FaultCode, NotFetched
from .fetch import AGENT, USER_AGENT, Fetched, Redirect, fetch, require_no_wall
from .linkrot import AddressState, Probe, not_there, probe
from .network import PUBLIC, NetworkAccess, Tls
from .parts import PageRequests
from .posting import post
from .response import HttpResponse, Limits
from .robots import Robots, Ruling, parse_robots, ruling
from .urls import Target, parse_url

__all__ = [
    "AGENT",
    "PUBLIC",
    "USER_AGENT",
    "AddressRefused",
    "AddressState",
    "FaultCode",
    "Fetched",
    "HttpResponse",
    "Limits",
    "NetworkAccess",
    "NotFetched",
    "PageRequests",
    "Probe",
    "Redirect",
    "Robots",
    "Ruling",
    "Target",
    "Tls",
    "fetch",
    "not_there",
    "parse_robots",
    "parse_url",
    "post",
    "probe",
    "public",
    "require_no_wall",
    "ruling",
    "why_barred",
]
