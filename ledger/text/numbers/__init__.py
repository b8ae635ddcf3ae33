"""Numbers as texts give them: read with unit, bounds and precision, and compared exactly.

>>> from ledger.text import compare_numbers
>>> [(one.agreement.value, one.counterpart.text) for one in
...  compare_numbers("About 5 million people live there.", "The town's 4,987,312 people live there.").numbers]
[('rounded', '4,987,312')]
>>> from ledger.text import computations
>>> [(one.holds, one.words) for one in computations("Visitors fell from 200 to 100, a drop of 75 percent.")]
[(False, 'from 200 to 100 is a drop of 50 percent')]
"""

from __future__ import annotations

from .agreeing import Agreement, agreement
from .comparing import Compared, NumberComparison, compare_numbers
from .computations import computations
from .computed import Computation, ComputationRule
from .locating import Located, check_numbers
from .quantity import Direction, Hedge, Quantity, QuantityKind
from .reading import quantities

__all__ = [
    "Agreement",
    "Compared",
    "Computation",
    "ComputationRule",
    "Direction",
    "Hedge",
    "Located",
    "NumberComparison",
    "Quantity",
    "QuantityKind",
    "agreement",
    "check_numbers",
    "compare_numbers",
    "computations",
    "quantities",
]
