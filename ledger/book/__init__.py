"""The use cases: what a person can enter, each validated first and recorded as a whole.

    catalogue    what is on record, or waits to be, found by handle and by name
    writing      how a record enters: tested, then written at once or with others
    book         what people enter and decide, a method for each
    correcting   which fields a correction may change, and to what
    beginning    the first two entries of a ledger
    sealing      words that are held back and can be shown to have been there
    keys         who signs; `ssh_agent`: with a key that never leaves its agent

Every method returns the record it made. Outside `together` each is one
transaction; inside, nothing is written before the block ends, and nothing at
all if it ends in an error.
"""

from .beginning import opening, start
from .book import Book, Custody
from .writing import beginner

__all__ = ["Book", "Custody", "beginner", "opening", "start"]
