"""Whether the tables of languages say what CLDR says, where it says anything.

    python benchmarks/cldr.py

Decimal mark, names of months and weekdays, and the order of a date of figures are those of CLDR (Unicode licence), as
`babel` has it (BSD; pip install babel): held to it here, and to be held again when a table is added. CLDR has no names
for months in dates of Chinese, Japanese, Korean and Vietnamese, which number them, and English has no one order.
"""

from __future__ import annotations

from importlib.util import find_spec

import bars

from ledger.text.languages import known, table

NUMBERED = frozenset({"zh", "ja", "ko", "vi"})


def differing(code: str) -> list[str]:
    """Return in what a table differs from CLDR."""
    from babel import Locale

    locale, ours = Locale.parse(code), table(code)
    found = []
    if ours.decimal != locale.number_symbols["latn"]["decimal"]:
        found.append(f"decimal mark {ours.decimal}")
    days = [locale.days["format"]["wide"][day] for day in range(7)]
    if list(ours.weekdays) != days:
        found.append(f"weekdays {ours.weekdays}")
    if code not in NUMBERED:
        wide = locale.months["format"]["wide"]
        found += [f"month {name}" for number, name in wide.items() if ours.month_of.get(name.lower()) != number]
    pattern = locale.date_formats["short"].pattern.lower()
    order = "".join(sorted("dmy", key=pattern.index))
    if ours.order and ours.order != order:
        found.append(f"order {ours.order}, not {order}")
    return found


def main() -> None:
    """Compare, print, and hold the bar."""
    bars.parser(__doc__).parse_args()
    if not find_spec("babel"):
        print("NOT MEASURED  CLDR: babel is not installed")
        return
    wrong = {code: found for code in sorted(known()) if (found := differing(code))}
    for code, found in wrong.items():
        print(f"  {code}: {'; '.join(found)}")
    bars.hold(f"tables that differ from CLDR, of {len(known())}", len(wrong), most=0)
    bars.close()


if __name__ == "__main__":
    main()
