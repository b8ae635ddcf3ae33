"""Which version of factledger this is; the distribution takes its number from here."""

VERSION = "0.1.0"
