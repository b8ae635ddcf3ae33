"""Which findings exit 1, by what --fail-on says: words of `Outcome`, which a command need not import to be called."""

THRESHOLDS: dict[str, set[str]] = {
    "fail": {"fail"},
    "warn": {"fail", "warn"},
    "abstain": {"fail", "warn", "abstain"},
    "never": set(),
}
