"""Short words that many English texts have: what a reader of print may have made of a letter is none of them."""

from __future__ import annotations

COMMON = frozenset(
    """
    able about above accept access across act action active actual add added advice affect afraid after again
    age ago agreed ah ahead air all allow almost alone along also always am among amount an and animal answer
    any anyone anyway apart appear apply are area areas around art as ask asked asking aspect assist assume at
    attack author avoid aware away back bad badly bar base based basic basis be bear became become bed been
    before began begin begins behalf behind being belief belong below best better beyond big bird birds bit
    black blood blue board boat body book books border born both bottom bought box boy break bridge brief bright
    bring brings broken build built bunch bus but buy by ca call called came can car care career carry case
    cases catch caught cause caused causes cell center centre chance change charge check chief child choice
    choose chosen church cities city civil claim claims class clean clear close closed coffee cold color come
    comes coming common cool copy core corner cost costs could couple course court cover create credit cut cycle
    dad daily damage dark data date day days dead deal dear death decide deep deeply degree denied design desire
    did die died direct do does dog doing done door double down draw dress drink drive drop dry due during each
    early earned easier easily east easy eat eating edge effect effort eight either else em empty end ended ends
    energy enjoy enough ensure entire equal era et even event events ever every evil exact exam except exist
    expect extent eye eyes face facing fact factor failed fair fall family famous far fast father fear feel
    feels feet fell fellow felt few field fields fifth fight figure fill filled film final find fine fire first
    fit five flat floor focus folks follow food foot for force forced forget form formed former forms forth
    found four fourth free french friend from front full fully fun funny future game games gave get gets girl
    give given gives giving glad glass global go goal goals god goes going gon gone good gosh got grand great
    green grew gross ground group groups grow grown growth guess guy guys had hair half hand hands happen happy
    hard has hate have having he head heads health hear heard heart heat heavy held help helped hence her here
    hey hi high higher highly him his hit hold holds home homes hope hot hour hours house houses how huge human
    humans ice idea ideas if ii image impact in indeed injury inside into is island issue issues it items its
    itself job jobs join joined joke just keep kept key kid kids kill kind knew know known knows labor lack land
    large larger last late later latest law laws lay lead leader leads learn least leave led left legal legs
    less let letter level levels lie life light like likely line lines list little live lived lives living local
    long longer look looked looks lose loss lost lot lots loud love loved low lower made main major make makes
    making male man many map marked market mass match matter may maybe me mean means meant media meet member
    memory men mental met method mhm middle might miles mind minute mixed mm model modern mom moment money month
    months more most mostly mother mouth move moved movie movies moving much music must my myself na name named
    nation native nature near nearly need needed needs never new news next nice night nine no none nor normal
    north nose not note noted notes notice novel now number object obtain occur of off offer offers office often
    oh oil okay old older on once one ones online only onto open opened or order other others our out over own
    pace page pain paper part parts party pass passed past path pay peace people per period person phone photo
    pick picked piece place placed places plan plans plant plants play played player please plus point points
    police policy poor post power press pretty price prior proper proud public pulled push put quick quiet quite
    race raise raised ran range rare rate rather reach read ready real really reason recent record red regard
    region remain report rest result return review rich right rights rise risk river road rocks role room rose
    round rules run runs safe said same sample sat save saw say saying says scale school screen sea season
    second secret see seeing seek seem seemed seems seen self sell send sense sent series serve served set seven
    shall share shared she shirt shit shoes shops short shot should show showed shown shows sick side sides
    signs simple simply since single sister sit site sites six size skills skin sleep slow slowly small smell so
    social soft some son soon sorry sort sound sounds source south space speak speed spend spent spirit spoke
    spoken spot spread staff stage stand stands stars start starts state stated states status stay stayed step
    steps still stood stop store story street strong study stuff style such summer super sure system ta table
    take taken takes taking talk task taught tax teach team tell ten term terms test text than thank thanks that
    the their them theme then theory there these they thing things think third thirty this those though three
    thus till time times tiny tips tired title to today told too took tools top total touch tour toward town
    track trade train travel tree tried trip true trust truth try trying turn turned twelve twenty twice two
    type types uh um unable under unique united unless unlike until up upon urban us use used useful user uses
    using value very via video view views visit vlog voice wait wake walk walked wall wan want wanted wants war
    was watch water way ways we wear week weeks weight weird well went were west wet what when where which while
    white who whole whom whose why wide widely wild will win wind window winter wish with within wo woman women
    won word words work worked works world worse worst worth would wow write writer wrong wrote yeah year years
    yellow yes yet you young your
    """.split()
)
"""Words of two to six letters."""
