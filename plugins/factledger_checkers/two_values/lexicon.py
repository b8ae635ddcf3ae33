"""English words as claims are compared by: which mean the same, which the opposite, which say nothing."""

from __future__ import annotations

import re
from functools import lru_cache

SAME = """
die: died dies dying dead death deaths killed kill kills killing perish perished drown drowned fatal
hurt: injured injure injures wounded wound injury injuries
rise: rose risen rising increase increasing grow grew grown climb gain jump soar surge raise raising
fall: fell fallen falling decrease decreasing decline declining drop shrink shrank shrunk plunge slump reduce
begin: began begun begins start started starts starting
end: ended ends finish finished
open: opened opens reopened
close: closed closes shut closure
build: built builds building construct constructed construction
employ: employs employed employees employee staff workers worker
arrest: arrested arrests detained detain detains
person: people persons residents resident inhabitants inhabitant citizens citizen
house: houses homes home household households
elect: elected election elects
sink: sank sunk sinks sinking
lead: led leads leader leadership headed heads chaired
found: founded founder founds established establishes
write: wrote written writes writer author authored
win: won wins winning winner
lose: lost loses losing
hold: held holds
leave: left leaves
buy: bought buys purchase purchased acquired
sell: sold sells sale
pay: paid pays
say: said says
cost: costs costing
approve: approved approves approval backed adopt adopted pass passed
reject: rejected rejects rejection
accept: accepted accepts
refuse: refused refuses
support: supported supports favours favors favoured favored
oppose: opposed opposes opposition
sign: signed signs signing
resign: resigned resigns resignation
strike: struck strikes
marry: married marries
design: designed designs designer
invent: invented inventor
discover: discovered discovery
cancel: cancelled canceled cancels
know: knew known knows
hear: heard hears
vote: voted votes voting
car: cars vehicle vehicles
child: children
man: men
woman: women
ship: ships boat boats vessel vessels
firm: company companies firms
city: cities town towns
profit: profits earnings
price: prices
flat: flats apartment apartments
film: films movie movies
law: laws act bill
big: large larger bigger
biggest: largest
confirm: admit admitted
happen: happened occurs occur occurred
delay: delayed postpone postponed
overturn: overturned quashed annulled
uphold: upheld
alive: survive survived
wage: salary salaries
student: students pupil pupils
plane: planes aircraft jet airplane
soldier: troops troop
rescue: rescued saved
destroy: demolished
ban: banned prohibit prohibited outlawed
go: went gone
see: saw seen
take: took taken
give: gave given
get: got gotten
make: made
come: came
think: thought
bring: brought
catch: caught
teach: taught
keep: kept
meet: met
send: sent
spend: spent
stand: stood
tell: told
speak: spoke spoken
break: broke broken
choose: chose chosen
drive: drove driven
fly: flew flown
hide: hid hidden
steal: stole stolen
swear: swore sworn
throw: threw thrown
wear: wore worn
draw: drew drawn
eat: ate eaten
forbid: forbade forbidden
forget: forgot forgotten
shoot: shot
seek: sought
fight: fought
feed: fed
bear: born borne
withdraw: withdrew withdrawn
overthrow: overthrew overthrown
lend: lent
rebuild: rebuilt
deal: dealt
show: shown showed
"""
"""A word for all that mean the same, or nearly, in claims, and the forms of each that no ending explains."""

OPPOSITES = """
rise fall
open close
approve reject
accept refuse
support oppose
alive die
win lose
allow ban
permit forbid
begin end
succeed fail
create cut
hire fire
strengthen weaken
improve worsen
include exclude
confirm deny
agree disagree
appear disappear
acquit convict
uphold overturn
remember forget
love hate
praise criticise
attach detach
lock unlock
encourage discourage
qualify disqualify
obey disobey
enter exit
lengthen shorten
widen narrow
tighten loosen
promote demote
attend miss
victory defeat
success failure
surplus deficit
profit loss
grant deny
join leave
reveal conceal
guilty innocent
"""
"""Verbs and nouns of which only one can be so of one thing."""

OPPOSITE_STATES = """
guilty innocent
full empty
legal illegal
lawful unlawful
true false
present absent
healthy sick
strong weak
high low
higher lower
possible impossible
free jailed
rich poor
good bad
better worse
best worst
right wrong
correct incorrect
same different
early late
hot cold
wet dry
easy difficult
fast slow
long short
near far
clean dirty
expensive cheap
honest dishonest
active inactive
complete incomplete
visible invisible
dead alive
positive negative
public secret
asleep awake
safe dangerous
mandatory optional
temporary permanent
sufficient insufficient
accurate inaccurate
effective ineffective
harmful harmless
"""
"""Words for states, which oppose each other where a claim says them of a thing ("is full"), not where they tell one
thing from another ("the full barrel")."""

EVENTS = frozenset(
    """
    sink collapse approve reject bear born sign end begin open close resign strike die crash launch found elect appoint
    arrest release publish repeal explode win marry arrive leave happen burn discover invent build complete destroy
    bomb attack invade retire abolish bankrupt capture convict acquit execute merge ratify cancel divorce derail hit
    erupt inaugurate independence move buy sell
    """.split()
)
"""What happens once to one thing, so that two dates of it cannot both be right; so does what was "-ed" to it, but for
what happens AGAIN."""

PAST = frozenset(
    """
    sank sunk rose fell began built wrote written won lost held left bought sold paid struck knew heard went saw took
    taken gave given got made came brought caught taught kept met sent spent stood told broke broken chose chosen drove
    flew hid hidden stole stolen swore sworn threw thrown wore drew ate forgot shot sought fought fed born withdrew lent
    withdrawn overthrew overthrown rebuilt dealt shut cut put set hit burnt led found laid
    """.split()
)
"""Past tenses that do not end in -ed."""

AGAIN = frozenset(
    """
    visit meet speak say call play rain vote search travel attend protest march praise criticise warn report receive
    tweet post interview appear perform fine raid shell test rise fall use work live employ serve stay host ask claim
    thank blame mention quote discuss phone need help talk walk like love watch treat train support oppose reach
    """.split()
)
"""What one does more than once."""

RECURRING = frozenset("match game round heat leg inning day week month season".split())
"""What there are many of, each with its own winner, host or opener: the man of the match, the goal of the month."""

ROLES = frozenset(
    """
    elect appoint capital president mayor chairman chairwoman minister governor executive lead design write found invent
    win hold bear born die sink crash happen collapse discover build direct compose paint murder assassinate author
    captain coach owner champion birthplace headquarter king queen pope chancellor premier emperor sculpt
    place occur locate situate
    """.split()
)
"""What one person or place alone is or does, so that two names in its place cannot both be right."""

LIGHT = frozenset(
    """
    say take total number amount figure overall also leave have make give get go come include approximately event
    yet already still eventually officially reportedly person thing time place area day work find show report accord
    official authority
    """.split()
)
"""Words that one writer needs and another does without."""

MODAL = frozenset(
    """
    could might possible possibly likely perhaps maybe probably expect expected expects plan plans planned hope hopes
    threaten threatens threatened want wants wanted should would if whether unless propose proposes proposed
    try tries tried attempt attempts attempted wish wished either
    """.split()
)
"""What is said with these is not said to be so."""

UNSURE = re.compile(r"\?|\b(?:almost|nearly) (?:[a-z]{3,}ed|won|lost|made|got|had|was|were|fell|went)\b", re.IGNORECASE)
"""Questions, and what nearly happened."""

PRONOUNS = frozenset("i we he she they my our his her their it its this these".split())
"""Who or what is meant by these, another claim does not tell."""

NEGATORS = frozenset("not no never none nobody neither nor without cannot".split())

PARTIAL = re.compile(
    r"\bnot (?:all|every|everyone|everybody|always|necessarily|only|just|merely|entirely)\b"
    r"|\b(?:hardly|barely|rarely|seldom|only)\b|\b(?:but|rather than|instead of) (?:not|no|never)\b|, not\b",
    re.IGNORECASE,
)
"""Denials of a part: what they leave open, another claim may say."""

HEDGED = re.compile(r"\b(?:no|not) (?:fewer|less|more|later|earlier) than\b", re.IGNORECASE)
"""Bounds of a number in words that would else deny."""

LITTLE = frozenset(
    """
    a about above after again against ago all along among an and any are around as at be became because become been
    before being below between both but by can did do does doing down during each either every few for from had has
    have having he her here hers him his how i if in into is it its itself just last later least less like many may me
    more most much must my near nearly next now of off on once one only onto or other our out over own per she since so
    some such than that the their them then there these they this those though through thus to too toward towards under
    until up upon us very was we were what when where whether which while who whom whose why will with within would you
    your almost roughly approximately fewer percent cent someone somebody anyone everyone something mr mrs ms dr sir
    """.split()
)

_DENIED = re.compile(
    r"(?:un|non)(fair|saf|clear|known|popular|equal|awar|lik|\w{2,}(?:ed|abl|ibl|ful|al|ing|ant|iv|ous|[^n]y))"
)
_ENDINGS = {"ings": "", "ing": "", "ments": "", "ies": "y", "ied": "y", "ed": "", "es": "", "s": "", "ly": "", "'s": ""}

WORDS = 1 << 14
"""Words that are remembered: an article says the same ones over and over."""


@lru_cache(WORDS)
def base(word: str) -> str:
    """Return the word for all that mean the same as this one, which is in lower case."""
    if word in _SAME:
        return _SAME[word]
    stem = _stem(word)
    return _SAME.get(stem, _STEMMED.get(stem, stem))


def _stem(word: str) -> str:
    for ending, instead in _ENDINGS.items():
        if word.endswith(ending) and not word.endswith(("ss", "us", "is")) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending) + instead
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word.rstrip("e") if len(word) > 3 else word


_SAME: dict[str, str] = {}
for _line in SAME.strip().splitlines():
    _head, _, _forms = _line.partition(":")
    _SAME.update(dict.fromkeys((_head, *_forms.split()), _head))
_STEMMED = {_stem(_word): _head for _word, _head in reversed(_SAME.items())}
POLES: dict[str, tuple[str, bool]] = {}
"""From a word to the word for it and its opposite, and whether it is the opposite."""
for _line in (*OPPOSITES.strip().splitlines(), *OPPOSITE_STATES.strip().splitlines()):
    _one, _other = map(base, _line.split())
    POLES.setdefault(_one, (_one, False))
    POLES.setdefault(_other, (POLES[_one][0], not POLES[_one][1]))
STATES = frozenset(base(_word) for _word in OPPOSITE_STATES.split()) - frozenset(map(base, OPPOSITES.split()))


@lru_cache(WORDS)
def pole(word: str) -> tuple[str, bool] | None:
    """Return what POLES says of a word as `base` returns it; "unsafe" and "non-profit" are the opposite of the rest."""
    if word in POLES:
        return POLES[word]
    rest = _DENIED.fullmatch(word)
    return (POLES.get(base(rest[1]), (base(rest[1]), False))[0], True) if rest else None


def meaning(word: str) -> str:
    """Return the word under which this one, in lower case, is compared: for two opposites it is one."""
    found = base(word)
    opposed = pole(found)
    return opposed[0] if opposed else found


EVENTS, AGAIN, LIGHT = (frozenset(map(meaning, words)) for words in (EVENTS, AGAIN, LIGHT))
ROLES, RECURRING = frozenset(map(base, ROLES)), frozenset(map(base, RECURRING))
