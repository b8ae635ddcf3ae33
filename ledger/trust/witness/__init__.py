"""A witness: somebody else who remembers how long a log was, and signs that it only ever grew.

memory     its key, the logs it knows, and the last checkpoint of each
judging    what it makes of a submission, and its signature
serving    the same by HTTP (c2sp.org/tlog-witness)
asking     how a ledger asks somebody else's witness
"""

from .asking import ask, submit
from .judging import cosign, judge
from .memory import begin, folder, know
from .serving import Pace, application, serve

__all__ = ["Pace", "application", "ask", "begin", "cosign", "folder", "judge", "know", "serve", "submit"]
