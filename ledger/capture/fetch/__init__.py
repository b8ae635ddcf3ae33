"""Fetching one page of the public web safely, and asking later whether it still stands there."""

from .addresses import public, why_barred
from .faults import Code, NotFetched, Refused
from .fetch import AGENT, USER_AGENT, Fetched, Redirect, fetch
from .linkrot import Probe, State, probe
from .network import PUBLIC, Network, Tls
from .posting import post
from .response import Answer, Limits
from .robots import Robots, Ruling, parse_robots, ruling
from .urls import Target, parse_url

__all__ = [
    "AGENT",
    "PUBLIC",
    "USER_AGENT",
    "Answer",
    "Code",
    "Fetched",
    "Limits",
    "Network",
    "NotFetched",
    "Probe",
    "Redirect",
    "Refused",
    "Robots",
    "Ruling",
    "State",
    "Target",
    "Tls",
    "fetch",
    "parse_robots",
    "parse_url",
    "post",
    "probe",
    "public",
    "ruling",
    "why_barred",
]
