"""Units by the names that texts give them, and how they convert (exact factors: SI Brochure, NIST SP 811)."""

from __future__ import annotations

from fractions import Fraction

_TABLE = """
share       share 1
share       percent 1/100: % | per cent | percent | pct | pc | prozent | pour cent | por ciento | por cento | procent
share       per mille 1/1000: ‰ | per mille | per mil | permille
points      percentage point 1: percentage points | percentage point | percentage-point | percent points | per cent points | pp | ppt | %-points | % points
points      basis point 1/100: basis points | basis point | bps
points      point 1: points | point | pts
length      m 1: metres | metre | meters | meter | m
length      km 1000: kilometres | kilometre | kilometers | kilometer | km | kms
length      cm 1/100: centimetres | centimetre | centimeters | centimeter | cm
length      mm 1/1000: millimetres | millimetre | millimeters | millimeter | mm
length      mile 1609.344: miles | mile | mi
length      nautical mile 1852: nautical miles | nautical mile | nmi
length      yard 0.9144: yards | yard | yd | yds
length      foot 0.3048: feet | foot | ft
length      inch 0.0254: inches | inch
mass        kg 1: kilograms | kilogram | kilogrammes | kilogramme | kilos | kilo | kg | kgs
mass        g 1/1000: grams | gram | grammes | gramme | g
mass        mg 1/1000000: milligrams | milligram | mg
mass        tonne 1000: tonnes | tonne | metric tons | metric ton | t
mass        ton 907.18474: tons | ton | short tons | short ton
mass        lb 0.45359237: lb | lbs
mass        ounce 0.028349523125: ounces | ounce | oz
mass        stone 6.35029318: stone
area        m2 1: square metres | square metre | square meters | square meter | sq m | m² | m2
area        km2 1000000: square kilometres | square kilometre | square kilometers | square kilometer | sq km | km² | km2
area        square mile 2589988.110336: square miles | square mile | sq mi | sq miles
area        square foot 0.09290304: square feet | square foot | sq ft
area        hectare 10000: hectares | hectare | ha
area        acre 4046.8564224: acres | acre
volume      litre 1: litres | litre | liters | liter | l
volume      ml 1/1000: millilitres | millilitre | milliliters | milliliter | ml
volume      m3 1000: cubic metres | cubic metre | cubic meters | cubic meter | m³ | m3
volume      gallon 3.785411784: gallons | gallon
volume      barrel 158.987294928: barrels | barrel | bbl
temperature degree 1: degrees | degree | °
temperature celsius 1: degrees celsius | degrees centigrade | degrees c | °c | °C | celsius | C
temperature fahrenheit 5/9: degrees fahrenheit | degrees f | °f | °F | fahrenheit | F
time        second 1: seconds | second | secs | sec
time        minute 60: minutes | minute | mins | min
time        hour 3600: hours | hour | hrs | hr
time        day 86400: days | day
time        week 604800: weeks | week
calendar    month 1: months | month
calendar    year 12: years | year | yrs | yr
time        fortnight 1209600: fortnights | fortnight
calendar    decade 120: decades | decade
calendar    century 1200: centuries | century
speed       km/h 1: km/h | kph | kmh | kilometres per hour | kilometers per hour | kilometres an hour | kilometers an hour | km per hour | km an hour
speed       mph 1.609344: mph | miles per hour | miles an hour
speed       knot 1.852: knots | knot
speed       m/s 3.6: m/s | metres per second | meters per second
power       W 1: watts | watt
power       kW 1000: kilowatts | kilowatt | kw | kW
power       MW 1000000: megawatts | megawatt | mw | MW
power       GW 1000000000: gigawatts | gigawatt | gw | GW
energy      kWh 1: kilowatt-hours | kilowatt hours | kwh | kWh
energy      MWh 1000: megawatt-hours | megawatt hours | mwh | MWh
energy      GWh 1000000: gigawatt-hours | gigawatt hours | gwh | GWh
data        MB 1: megabytes | megabyte | MB
data        GB 1000: gigabytes | gigabyte | GB
data        TB 1000000: terabytes | terabyte | TB
dollar      dollar 1: $ | dollars | dollar
dollar      cent 1/100: cents | cent | ¢
USD         USD 1: us$ | usd | us dollars | us dollar | american dollars | u.s. dollars | u.s. dollar
AUD         AUD 1: a$ | au$ | aud | australian dollars | australian dollar
CAD         CAD 1: c$ | ca$ | cad | canadian dollars | canadian dollar
NZD         NZD 1: nz$ | nzd | new zealand dollars
HKD         HKD 1: hk$ | hkd | hong kong dollars
SGD         SGD 1: s$ | sgd | singapore dollars
pound       pound 1: pounds | pound
GBP         GBP 1: £ | gbp | pounds sterling | british pounds | sterling
GBP         penny 1/100: pence | penny | p
EUR         EUR 1: € | eur | euros | euro
yen         yen 1: ¥
JPY         JPY 1: jpy | yen | japanese yen
CNY         CNY 1: cn¥ | cny | rmb | yuan | renminbi | chinese yuan
INR         INR 1: ₹ | inr | rs | rupees | rupee | indian rupees
CHF         CHF 1: chf | swiss francs | swiss franc | francs | franc
RUB         RUB 1: ₽ | rub | roubles | rouble | rubles | ruble
MXN         MXN 1: mxn | mexican pesos
peso        peso 1: pesos | peso | ₱
KRW         KRW 1: ₩ | krw
BRL         BRL 1: r$ | brl | reais
ZAR         ZAR 1: zar | rand
krone       krone 1: kr | kronor | kroner | krona | krone
SEK         SEK 1: sek | swedish kronor
NOK         NOK 1: nok | norwegian kroner
DKK         DKK 1: dkk | danish kroner
UAH         UAH 1: ₴ | uah | hryvnias | hryvnia
TRY         TRY 1: ₺ | try | lira | liras | turkish lira
ILS         ILS 1: ₪ | ils | shekels | shekel
PLN         PLN 1: pln | zloty | zlotys | zł
NGN         NGN 1: ₦ | ngn | naira
"""  # noqa: E501

UNITS: dict[str, str] = {}
"""From a name as texts write it to the canonical name of the unit."""

FACTORS: dict[str, tuple[str, Fraction]] = {}
"""From a canonical name to its dimension and its size in that dimension's base."""

for _line in _TABLE.strip().splitlines():
    _head, _, _names = _line.partition(":")
    _dimension, _rest = _head.split(maxsplit=1)
    _canonical, _, _factor = _rest.strip().rpartition(" ")
    FACTORS[_canonical] = (_dimension, Fraction(_factor))
    UNITS.update((name.strip(), _canonical) for name in _names.split("|") if name.strip())

LONGEST_UNIT = max(len(name.split()) for name in UNITS)

CURRENCIES = frozenset(
    unit
    for unit, (dimension, _) in FACTORS.items()
    if dimension.isupper() or dimension in {"dollar", "peso", "krone", "yen"}
)

_LOOSE = {
    "dollar": frozenset({"USD", "AUD", "CAD", "NZD", "HKD", "SGD"}),
    "pound": frozenset({"GBP", "lb"}),
    "degree": frozenset({"celsius", "fahrenheit"}),
    "point": frozenset({"percentage point"}),
    "peso": frozenset({"MXN"}),
    "yen": frozenset({"JPY", "CNY"}),
    "krone": frozenset({"SEK", "NOK", "DKK"}),
}
"""Units that a text may mean by a shorter name."""


def is_exact(unit: str) -> bool:
    """Return whether people convert a unit without rounding: lengths of time, money, shares; not miles or pounds."""
    dimension = FACTORS.get(unit, ("",))[0]
    return dimension in ("time", "calendar", "share", "points") or unit in CURRENCIES


def same_unit(one: str, other: str) -> bool:
    """Return whether two canonical units are one, or may be: "dollars" may be US dollars."""
    return one == other or other in _LOOSE.get(one, ()) or one in _LOOSE.get(other, ())


def convert(amount: Fraction, unit: str, into: str) -> Fraction | None:
    """Return an amount in another unit, exactly; None where one does not convert into the other."""
    if same_unit(unit, into):
        return amount
    if unit == "pound" and FACTORS.get(into, ("",))[0] == "mass":
        unit = "lb"
    if into == "pound" and FACTORS.get(unit, ("",))[0] == "mass":
        into = "lb"
    if unit not in FACTORS or into not in FACTORS:
        return None
    (dimension, factor), (other, size) = FACTORS[unit], FACTORS[into]
    if dimension != other or "degree" in (unit, into) or "point" in (unit, into):
        return None
    if unit == "fahrenheit":
        amount -= 32
    converted = amount * factor / size
    return converted + 32 if into == "fahrenheit" else converted
