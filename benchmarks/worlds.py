"""Two worlds to report from: one to set thresholds by, one whose figures count. They share no event."""

from __future__ import annotations

from reporting import Event, World

TUNING = World(
    words={
        "shut": ("closed", "shut", "sealed off", "barred to traffic"),
        "bridge": ("bridge", "crossing", "span", "viaduct"),
        "inspectors": ("inspectors", "engineers", "surveyors", "safety officers"),
        "found": ("found", "discovered", "spotted", "came across"),
        "cracks": ("cracks", "fractures", "splits", "fissures"),
        "lorries": ("lorries", "trucks", "goods vehicles", "heavy vehicles"),
        "drivers": ("drivers", "motorists", "commuters", "people at the wheel"),
        "repair": ("repairs", "the work", "mending it", "the overhaul"),
        "cost": ("cost", "come to", "run to", "swallow"),
        "council": ("council", "town hall", "local authority", "city government"),
        "residents": ("residents", "neighbours", "people living nearby", "householders"),
        "angry": ("angry", "furious", "upset", "bitter"),
        "detour": ("detour", "diversion", "roundabout route", "longer way"),
        "money": ("money", "funds", "cash", "means"),
        "warned": ("warned", "cautioned", "gave notice", "predicted"),
        "old": ("ageing", "elderly", "worn", "decades-old"),
        "shops": ("shops", "stores", "traders", "small businesses"),
        "ferry": ("ferry", "boat service", "shuttle boat", "river boat"),
        "strike": ("strike", "walkout", "stoppage", "industrial action"),
        "workers": ("workers", "staff", "employees", "crews"),
        "pay": ("pay", "wages", "earnings", "salaries"),
        "talks": ("talks", "negotiations", "bargaining", "discussions"),
        "failed": ("collapsed", "broke down", "failed", "came to nothing"),
        "ships": ("ships", "vessels", "freighters", "cargo boats"),
        "waited": ("waited", "queued", "lay at anchor", "sat idle"),
        "union": ("union", "labour federation", "organised staff", "shop stewards"),
        "firm": ("company", "operator", "firm", "employer"),
        "offer": ("offer", "proposal", "package", "deal on the table"),
        "goods": ("goods", "cargo", "freight", "containers"),
        "delayed": ("delayed", "held up", "put back", "postponed"),
    },
    notices=(
        "The Arden Ports Authority, set up by charter, runs nine harbours along the coast and answers to the regional assembly.",
        "Northshore Works is a builder of roads and tunnels with its head office in Castle Mere and branches in four regions.",
        "The Transport Observatory is an independent body that collects figures on roads, rail and waterways every quarter.",
    ),
    events=(
        Event(
            facts=(
                (
                    "The {place} {bridge} was {shut} on {day} after {inspectors} {found} {n0} {cracks} in its main girder.",
                    "{n0} {cracks} in a girder led the {council} of {town} to have the {place} {bridge} {shut} on {day}.",
                    "Nothing moves over the {place} {bridge}: {inspectors} {found} {n0} {cracks} there, and on {day} it was {shut}.",
                ),
                (
                    "{lorries} had crossed it in growing numbers since the motorway toll went up, {who} said.",
                    "{who} blamed the toll on the motorway, which sends ever more {lorries} through the centre.",
                    "Since tolls rose, according to {who}, far more {lorries} use the {old} road across the river.",
                ),
                (
                    "{repair} will {cost} about {big0} thousand crowns and take {n1} months.",
                    "It may take {n1} months and {big0} thousand crowns before anybody can drive there again.",
                    "The bill is put at {big0} thousand crowns, the time at {n1} months.",
                ),
                (
                    "{drivers} were sent on a {detour} of {n2} kilometres through {area}.",
                    "Whoever wants to reach the other bank now goes by {area}, a {detour} of {n2} kilometres.",
                    "Through {area} it is {n2} kilometres more, and by noon the road there was packed with {drivers}.",
                ),
                (
                    "{residents} of {area} were {angry} about the noise and called a meeting for the weekend.",
                    "In {area}, {angry} {residents} mean to gather at the weekend over what now rolls past their doors.",
                    "A meeting at the weekend is to hear the {residents} of {area}, many of them {angry}.",
                ),
                (
                    "{other} {warned} two winters ago that the {old} steel would not last.",
                    "The steel would give way sooner or later: so {other} {warned} two winters ago, without being heard.",
                    "Two winters have passed since {other} {warned} about the steel in a report that nobody answered.",
                ),
                (
                    "The {council} has no {money} for it this year and looks to the ministry.",
                    "This year's budget leaves no {money} for it, so the ministry is to step in.",
                    "Whether the ministry pays is open; the {council} itself lacks the {money}.",
                ),
                (
                    "{shops} on the left bank expect to lose a third of their trade.",
                    "A third of their takings could go, fear the {shops} on the left bank.",
                    "On the left bank {shops} reckon with a third fewer customers.",
                ),
                (
                    "A {ferry} will carry people on foot and bicycles from next week.",
                    "From next week those on foot or with bicycles can take a {ferry}.",
                    "For cyclists and walkers there is to be a {ferry}, beginning next week.",
                ),
                (
                    "{third}, who designed the deck, wants to see the measurements before anything is torn down.",
                    "Before the deck is torn down {third}, its designer, asks for the measurements.",
                    "The deck's designer, {third}, has asked for the measurements and opposes tearing it down.",
                ),
            ),
            asides=(
                "A bus stood with open doors at the ramp, its engine off.",
                "Two boys on the embankment counted the cars that turned round.",
                "The baker at the corner gave coffee to those who were stuck.",
                "Rain had fallen since dawn and hid the far end.",
                "A policewoman pointed each car back the way it came.",
                "Nobody could say when the barriers had been put up.",
                "A nurse on her way to the night shift left her car and ran.",
                "An old map in the library shows a ford at the same spot.",
                "Pigeons had taken over the empty lanes by lunchtime.",
                "The radio was still announcing free roads at eight.",
            ),
            speech=(
                "I will not let one more school bus roll over steel that three separate experts have called unfit, whatever it costs us",
                "Nobody in this hall can claim that the danger was unknown, because the papers lay on every desk for two long years",
            ),
        ),
        Event(
            facts=(
                (
                    "{workers} at the port of {place} began a {strike} on {day} after {talks} over {pay} {failed}.",
                    "The port of {place} has stood still since {day}, when a {strike} began: {talks} about {pay} had {failed}.",
                    "Over {pay}, on which {talks} {failed}, {workers} have brought the port of {place} to a halt on {day}.",
                ),
                (
                    "{n0} {ships} {waited} outside the breakwater by the evening.",
                    "By the evening {n0} {ships} {waited} in view of the breakwater.",
                    "Beyond the breakwater {n0} {ships} {waited} as it grew dark.",
                ),
                (
                    "The {union} demands {n1} per cent more and a shorter night shift.",
                    "Nights should be shorter and {pay} {n1} per cent higher, says the {union}.",
                    "What the {union} is after: {n1} per cent, and fewer hours at night.",
                ),
                (
                    "The {firm} called its last {offer} generous and said there was no more to give.",
                    "More than its last {offer} cannot be had, the {firm} let it be known, calling that generous.",
                    "A generous last {offer} lay there, in the words of the {firm}, and nothing will be added.",
                ),
                (
                    "Fruit worth {big0} thousand crowns could spoil in the sheds, {who} reckoned.",
                    "{who} put the fruit that may rot in the sheds at {big0} thousand crowns.",
                    "In the sheds lies fruit for {big0} thousand crowns, by the reckoning of {who}, and it will not keep.",
                ),
                (
                    "{goods} for the car plant in {town} were {delayed}, and a shift there was sent home.",
                    "One shift at the car plant in {town} had to go home because {goods} were {delayed}.",
                    "In {town} the car plant ran out of parts as {goods} were {delayed}; a shift was cancelled.",
                ),
                (
                    "{other}, a mediator, has invited both sides to a hotel in {area}.",
                    "Both sides are asked to a hotel in {area} by the mediator {other}.",
                    "A hotel in {area} is where {other} hopes to mediate between them.",
                ),
                (
                    "The last such {strike} lasted {n2} days and ended with a court order.",
                    "It took a court to end the last one, after {n2} days.",
                    "Last time judges stepped in when {n2} days had gone by.",
                ),
                (
                    "Pilots and tug {workers} said they would not cross the picket line.",
                    "The picket line will be respected, tug {workers} and pilots promised.",
                    "Neither pilots nor tugs mean to pass the pickets.",
                ),
            ),
            asides=(
                "Somebody had brought a brass band, which played hymns.",
                "Gulls sat in rows on the idle cranes.",
                "The canteen served soup until it ran out at two.",
                "A dog slept under the banner at gate four.",
                "The harbour master watched from his window and waved once.",
                "Taxi drivers honked as they went by.",
                "Two students sold badges from a shoe box.",
                "At dusk the lamps on the quay stayed dark.",
                "A priest went from brazier to brazier.",
            ),
            speech=(
                "We have carried this harbour on our backs through storms and through plague, and all we ask is a night with our children",
                "You cannot feed a family on praise, and praise is the only thing that has come out of that boardroom for years",
            ),
        ),
    ),
)

REPORTING = World(
    words={
        "fire": ("fire", "blaze", "inferno", "flames"),
        "broke": ("broke out", "started", "flared up", "took hold"),
        "warehouse": ("warehouse", "depot", "storehouse", "storage hall"),
        "firefighters": ("firefighters", "fire crews", "brigades", "emergency teams"),
        "injured": ("injured", "hurt", "wounded", "harmed"),
        "smoke": ("smoke", "fumes", "soot", "a black cloud"),
        "evacuated": ("evacuated", "moved out", "taken to safety", "brought away"),
        "police": ("police", "investigators", "detectives", "the constabulary"),
        "cause": ("cause", "reason", "origin", "trigger"),
        "owner": ("owner", "proprietor", "landlord", "holder of the lease"),
        "stored": ("stored", "kept", "piled up", "held"),
        "tested": ("tested", "examined", "sampled", "analysed"),
        "harmful": ("harmful", "dangerous", "toxic", "unsafe"),
        "schools": ("schools", "classrooms", "nurseries", "playgroups"),
        "rules": ("rules", "regulations", "requirements", "provisions"),
        "broken": ("ignored", "breached", "flouted", "disregarded"),
        "insurance": ("insurance", "insurers", "the underwriters", "cover"),
        "buildings": ("buildings", "houses", "homes", "properties"),
        "study": ("study", "survey", "investigation", "analysis"),
        "patients": ("patients", "sick people", "those treated", "people in its beds"),
        "hospital": ("hospital", "clinic", "infirmary", "medical centre"),
        "doctors": ("doctors", "physicians", "medics", "clinicians"),
        "waiting": ("waiting", "queueing", "lingering", "on the list"),
        "months": ("months", "moons", "monthly cycles", "four-week spells"),
        "minister": ("minister", "secretary of state", "cabinet member", "head of department"),
        "beds": ("beds", "places", "berths", "ward space"),
        "nurses": ("nurses", "carers", "nursing staff", "ward teams"),
        "rise": ("rise", "increase", "climb", "growth"),
        "data": ("data", "figures", "numbers", "records"),
        "promised": ("promised", "pledged", "vowed", "undertook"),
        "delay": ("delay", "hold-up", "postponement", "lag"),
        "budget": ("budget", "spending plan", "finances", "allocation"),
    },
    notices=(
        "The Health Watch Foundation is a charity that publishes yearly reports on care and is paid for by its members.",
        "Sandau Logistics, with seats in three countries, stores and ships goods for retailers and employs a large workforce.",
        "The Regional Fire Service trains volunteers and gives advice to households free of charge throughout the year.",
    ),
    events=(
        Event(
            facts=(
                (
                    "A {fire} {broke} on {day} in a {warehouse} at {place}, and {n0} people were {injured}.",
                    "{n0} people were {injured} when a {warehouse} at {place} went up on {day}.",
                    "On {day} a {fire} {broke} at {place}; of those in the {warehouse}, {n0} were {injured}.",
                ),
                (
                    "{firefighters} from {n1} towns needed the whole night to bring it under control.",
                    "It was morning before {firefighters}, who had come from {n1} towns, had it in hand.",
                    "All night {firefighters} of {n1} towns fought before it gave way.",
                ),
                (
                    "{smoke} drifted over {area}, where {big0} people were {evacuated}.",
                    "In {area} {big0} people were {evacuated} because of {smoke}.",
                    "Because the wind carried {smoke} to {area}, {big0} inhabitants were {evacuated}.",
                ),
                (
                    "{police} have not settled on a {cause} but look at a charger for forklifts.",
                    "A charger for forklifts is one of the things {police} look at; the {cause} is not known.",
                    "What set it off is open: {police} mention a forklift charger as a possible {cause}.",
                ),
                (
                    "Paint and batteries were {stored} there without a permit, {who} said.",
                    "No permit existed, said {who}, for the paint and batteries {stored} in the hall.",
                    "According to {who}, paint was {stored} beside batteries although nobody had allowed it.",
                ),
                (
                    "Water from {n2} wells is being {tested}, as it may be {harmful}.",
                    "{n2} wells are off limits until their water has been {tested}.",
                    "Whether well water is {harmful} is being {tested} at {n2} points.",
                ),
                (
                    "{schools} in {town} stay shut until the end of the week.",
                    "Until the week is over no child in {town} goes to its {schools}.",
                    "The week ends without lessons in {town}, whose {schools} remain closed.",
                ),
                (
                    "An inspection in spring had listed {n3} {rules} that were {broken}.",
                    "{n3} {rules} were {broken}, an inspection noted as long ago as spring.",
                    "As early as spring the inspection counted {n3} {rules} that had been {broken}.",
                ),
                (
                    "{other}, the {owner}, promised help for all whose {buildings} were damaged.",
                    "Help will go to everyone with damaged {buildings}, the {owner}, {other}, assured.",
                    "The {owner}, {other}, wants to stand by those whose {buildings} suffered.",
                ),
                (
                    "{insurance} may refuse to pay the {big1} thousand marks of damage.",
                    "Damage of {big1} thousand marks is estimated, and {insurance} may not pay.",
                    "Who bears the {big1} thousand marks is unclear, for {insurance} could decline.",
                ),
            ),
            asides=(
                "A woman carried a birdcage down four flights of stairs.",
                "Ash lay on the washing in the gardens.",
                "The church bell rang at three, when the power came back.",
                "A retired fitter handed out wet towels.",
                "Buses from the neighbouring valley brought blankets.",
                "The glow could be seen from the lighthouse.",
                "At the sports hall children drew with chalk on the floor.",
                "A goat that had slipped its rope was caught at dawn.",
                "Volunteers swept glass until noon.",
                "The mayor's shoes were still wet in the afternoon.",
            ),
            speech=(
                "We were told in plain words that this could happen here, and we put the letter in a drawer and went home",
                "What burned last night was not only wood and paint but the trust of everyone who sleeps within sight of it",
            ),
        ),
        Event(
            facts=(
                (
                    "{patients} at the {hospital} of {place} wait {n0} {months} for an operation, a {study} shows.",
                    "According to a {study}, an operation at the {hospital} of {place} is {n0} {months} away for most.",
                    "{n0} {months}: so long, a {study} found, is the wait for an operation at {place}'s {hospital}.",
                ),
                (
                    "Two years ago it was {n1}, before the eastern wing was given up.",
                    "Before the eastern wing closed, two years back, it had been {n1}.",
                    "The wait was {n1} when the eastern wing still existed two years ago.",
                ),
                (
                    "{doctors} blame a lack of {nurses}, of whom {big0} left since the spring.",
                    "Since the spring {big0} {nurses} have gone, which {doctors} see as the root of it.",
                    "{big0} {nurses} fewer than in spring: that, say {doctors}, is why.",
                ),
                (
                    "The {minister}, {who}, {promised} {n2} million marks for new {beds}.",
                    "For new {beds} there will be {n2} million marks, the {minister}, {who}, {promised}.",
                    "{n2} million marks should pay for {beds}, as {who}, the {minister}, {promised}.",
                ),
                (
                    "{other} of the patients' council called that a drop in the ocean.",
                    "A drop in the ocean, said {other}, who speaks for the patients' council.",
                    "The patients' council is not content; {other} spoke of a drop in the ocean.",
                ),
                (
                    "Hip and eye operations are hit hardest, by the {data}.",
                    "Worst off, the {data} say, are those who need a hip or an eye done.",
                    "It is hips and eyes above all that the {data} point to.",
                ),
                (
                    "{third}, who led the {study}, asked {big1} households by telephone.",
                    "By telephone {big1} households were asked by a team under {third}.",
                    "The team of {third} rang up {big1} households.",
                ),
                (
                    "Some travel to {town}, where the same operation takes {n3} weeks to get.",
                    "In {town} one waits {n3} weeks for the same thing, and some make the journey.",
                    "{n3} weeks suffice in {town}, so some patients go there.",
                ),
                (
                    "The {budget} for next year will not be voted on before autumn.",
                    "Not before autumn is there a vote on next year's {budget}.",
                    "Next year's {budget} comes to the vote in autumn at the earliest.",
                ),
            ),
            asides=(
                "In the lobby a machine still sold tokens for televisions.",
                "The lift had a note on it, dated March.",
                "A man with a crutch had brought his own chair.",
                "The porter knew most of those waiting by their first names.",
                "Somebody had watered the plants on the closed ward.",
                "The press officer answered after the second letter.",
                "On the noticeboard hung an offer of used crutches.",
                "The canteen now closes at one.",
                "Three clocks in the corridor showed three times.",
            ),
            speech=(
                "A promise that is read out every autumn and forgotten every spring is not a plan, it is a season of the year",
                "If my mother had to lie there as long as these people do, I would have moved mountains, and so should we all",
            ),
        ),
    ),
)
