"""News houses by their names, and whether a name is one's.

`HOUSES` has a house a line: its full name, `=`, its other names. A name with "the " before it is also a common word
("the Sun"): within a sentence it is a house's only with its article. Names that are not listed are told by their form:
the Orford Post, Radio Norvik, Coastwire.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

AGENCIES = """
Agence France-Presse = AFP, Agence France Presse, France-Presse
Agência Brasil
Agencia Boliviana de Información = ABI
Agencia Venezolana de Noticias = AVN
Agenzia Giornalistica Italia = AGI
Algérie Presse Service = Algeria Press Service, APS
Anadolu Agency = Anadolu, Anatolia, Anatolia news agency, AA, Anadolu Ajansı
Andina
ANP = Algemeen Nederlands Persbureau
ANSA = Agenzia Nazionale Stampa Associata
Antara = Antara News
Armenpress
Asian News International = ANI
Associated Press = AP, A.P.
Associated Press of Pakistan = APP
Athens-Macedonian News Agency = ANA-MPA, AMNA, ANA
Australian Associated Press = AAP
Austria Presse Agentur = APA
Azertac = Azertag
BNS = Baltic News Service
BTA = Bulgarian News Agency, Bulgarian Telegraph Agency
Belga = Belga News Agency, Agence Belga
BelTA = Belarusian Telegraph Agency
Bernama = Malaysian National News Agency
Bloomberg = Bloomberg News, Bloomberg L.P., Bloomberg LP
Bangladesh Sangbad Sangstha = BSS
Canadian Press = CP, La Presse Canadienne, Presse Canadienne
Central News Agency = CNA
China News Service = CNS
Colprensa
CTK = ČTK, Czech News Agency, Česká tisková kancelář
Deutsche Presse-Agentur = dpa, German Press Agency, dpa-AFX, dpa international
Dow Jones Newswires = Dow Jones, DJ
EFE = Agencia EFE, EFE Verde
Elta
Ethiopian News Agency = ENA
Europa Press
Evangelischer Pressedienst = epd
FENA
Fars News Agency = Fars
Ghana News Agency = GNA
HINA = Croatian News Agency
India Today
Indo-Asian News Service = IANS
Interfax
Interfax-Ukraine
Iraqi News Agency = INA
Islamic Republic News Agency = IRNA
ISNA = Iranian Students News Agency, Iranian Students' News Agency
Jamaica Information Service = JIS
Jewish Telegraphic Agency = JTA
Jiji Press = Jiji
Jordan News Agency = Petra
Katholische Nachrichten-Agentur = KNA
Kazinform
Kenya News Agency = KNA Kenya
Keystone-SDA = sda, SDA-ATS, Keystone-ATS, ATS, Schweizerische Depeschenagentur, Swiss News Agency
Korean Central News Agency = KCNA
Kuwait News Agency = KUNA
Kyodo News = Kyodo, Kyodo News Agency
Lao News Agency = KPL
LETA
Lusa = Agência Lusa, Lusa News Agency
Maghreb Arabe Presse = MAP
Mehr News Agency = Mehr, MNA
Middle East News Agency = MENA
MIA = Media Information Agency
Moldpres
MTI = Hungarian News Agency, Magyar Távirati Iroda
Namibia Press Agency = NAMPA
National News Agency = NNA
New York Times News Service = NYTimes News Service
New Zealand Press Association = NZPA
News Agency of Nigeria = NAN
Notimex
NTB = Norwegian News Agency, Norsk Telegrambyrå, NTB Scanpix
Oman News Agency = ONA
Pajhwok = Pajhwok Afghan News
Pan-African News Agency = PANA
PAP = Polish Press Agency, Polska Agencja Prasowa
Philippine News Agency = PNA
PA Media = PA, Press Association, PA news agency
PR Newswire = PRNewswire, PRNewswire-FirstCall
Business Wire = BusinessWire
GlobeNewswire
Prensa Latina = PL
Press Trust of India = PTI
Qatar News Agency = QNA
Reuters = Thomson Reuters, Reuters News
RIA Novosti = RIA, РИА Новости
Ritzau = Ritzaus Bureau
Rador
Agerpres
Rudaw
Saba = Yemen News Agency
SANA = Syrian Arab News Agency
Saudi Press Agency = SPA
SID = Sport-Informations-Dienst
SITA
South African Press Association = SAPA
Sputnik
STA = Slovenian Press Agency, Slovenska tiskovna agencija
STT = Suomen Tietotoimisto, Finnish News Agency, STT-Lehtikuva
TAP = Tunis Afrique Presse
Tanjug
Tasnim = Tasnim News Agency
TASR
TASS = ITAR-TASS, Itar-Tass, ТАСС
Télam
Tribune News Service = TNS
TT = Tidningarnas Telegrambyrå, TT News Agency
Turkmen News
Ukrinform
UNIAN
United News of India = UNI
United Press International = UPI
Vietnam News Agency = VNA, TTXVN
WAM = Emirates News Agency
WAFA = Palestine News Agency
Xinhua = Xinhua News Agency, New China News Agency
Yonhap = Yonhap News Agency, Yonhap News
ZUMA Newswire
"""

OUTLETS = """
ABC News
ABC
Al Arabiya
Al Jazeera = Aljazeera, Al-Jazeera
Al-Monitor
Al-Masry Al-Youm
Ars Technica
Asahi Shimbun = Asahi
Axios
Barron's
British Broadcasting Corporation = BBC, BBC News
Bellingcat
Bild = Bild am Sonntag, Bild-Zeitung
Boston Globe
Business Insider
BuzzFeed News = BuzzFeed
CBC = CBC News, Canadian Broadcasting Corporation
CBS News = CBS
Caixin
Channel NewsAsia
Channel 4 News
Chicago Tribune
China Daily
CNBC
CNN
Corriere della Sera
CTV News
Dagbladet
Dagens Nyheter
Daily Beast
Daily Mail
Daily Mirror
Daily Telegraph
Dawn News
Deutsche Welle = DW
Deutschlandfunk
Die Presse
Die Welt
Die Zeit
Economist = the Economist
El Mundo
El País
Financial Times = FT
Folha de S.Paulo
Forbes
Fortune magazine
Fox News
Frankfurter Allgemeine Zeitung = FAZ, Frankfurter Allgemeine
France Info = Franceinfo
France 24
Globe and Mail
Global Times
Guardian News & Media
Haaretz
Handelsblatt
Helsingin Sanomat
Hindustan Times
HuffPost = Huffington Post
Hürriyet
Il Fatto Quotidiano
Indian Express
Intercept = the Intercept
Irish Times
ITV News = ITV
Izvestia
Japan Times
Jerusalem Post
Jyllands-Posten
KFF Health News
Kaiser Health News
Kommersant
Kyiv Independent
Kyiv Post
La Repubblica
La Stampa
La Vanguardia
Le Figaro
Le Monde
Le Parisien
Le Soir
Libération
Los Angeles Times = LA Times
Mediapart
Mediazona
Meduza
Miami Herald
Moscow Times
Mother Jones
NBC News = NBC
MSNBC
National Public Radio = NPR
National Geographic
Neue Zürcher Zeitung = NZZ
New Scientist
New York Post
New York Times = NYT
New York magazine
New Yorker
Newsday
Newsweek
Nikkei
NHK
NOS
Novaya Gazeta
NRC Handelsblad
NRK
Nyasa Times
O Globo
ORF
PBS
People's Daily
PBS NewsHour
Politico
Politiken
PolitiFact
ProPublica
RAI
Radio Free Asia = RFA
Radio Free Europe = RFE/RL, Radio Free Europe/Radio Liberty
Radio France Internationale = RFI
RTÉ
RTL
RTS
Rossiyskaya Gazeta
Rolling Stone
RT
Semafor
Sky News
Slate magazine
South China Morning Post = SCMP
Spiegel = Der Spiegel
STAT News
Straits Times
Süddeutsche Zeitung = Süddeutsche, SZ
Svenska Dagbladet
SVT
Sydney Morning Herald
Tagesschau
TechCrunch
Times of India
Times of Israel
TMZ
Toronto Star
TF1
BFMTV
Univision
USA Today
Vanity Fair
Vedomosti
Verdens Gang = VG
Vice News
Voice of America = VOA
VRT
VTM
Wall Street Journal = WSJ
Washington Examiner
Washington Post
WDR
NDR
ARD
ZDF
Wired
Wired magazine
Yle
Ynet
Yomiuri Shimbun = Yomiuri
Yahoo News
the Age
the Atlantic
the Athletic
the Bureau of Investigative Journalism
the Conversation
the Express
the Guardian
the Herald
the Hill
the Independent
the Mail
the Mail on Sunday
the Mirror
the Observer
the Post
the Scotsman
the Spectator
the Standard
the Star
the Sun
the Sunday Times
the Telegraph
the Times
the Verge
the Wire
Time magazine
"""

PICTURES = """
Getty Images = Getty, Getty Images/iStockphoto, iStock
Shutterstock
Alamy
European Pressphoto Agency = EPA, EPA-EFE
Picture Alliance = picture-alliance
Imago = IMAGO, Imago Images
Ritzau Scanpix = Scanpix
Sipa = Sipa USA
NurPhoto
Zuma Press = ZUMA Wire
Rex Features
Lehtikuva
Magnum Photos
Unsplash
Wikimedia Commons
Pixabay
Flickr
Depositphotos
AdobeStock = Adobe Stock
WireImage
FilmMagic
Corbis
Anadolu Images
"""
"""Houses that supply pictures: who names one of them credits a picture."""

EXTENSIONS = frozenset("news radio tv television english arabic persian türk online world service sport video".split())
"""Words after a listed name that tell a part of the house: BBC Radio, Al Jazeera English."""

STRONG_ENDS = frozenset(
    """news newswire wire press post times herald tribune gazette courier chronicle telegraph observer examiner inquirer
    enquirer radio tv television broadcasting magazine weekly daily media newspaper newspapers zeitung nachrichten tagblatt
    tageblatt anzeiger rundschau gazeta gazzetta blad blatt dagblad dagbladet tidende tidning avisen avis zeitschrift
    nyheter uutiset noticias notícias diario presse prensa pravda vesti shimbun ilbo""".split()
)
"""Words that a house's name ends with, and few other names."""

WEAK_ENDS = frozenset(
    """express star sun globe standard record leader mail mirror independent monitor review journal echo argus mercury
    register reporter dispatch sentinel bulletin advertiser today kurier network digest""".split()
)
"""Words that names of houses end with, and of trains, ships, banks and authorities."""

STARTS = frozenset(
    "radio channel kanal canal agence agencia agência agenzia diario diário jornal journal télévision tv".split()
)
_ENDINGS = re.compile(r"\w{3,}(?:wire|press|news|posten|bladet|zeitung)|[\w-]{2,}\.(?:com|org|net|info|co\.uk|de|fr|ru|no)")
_NOT_HOUSES = frozenset(
    """latest breaking more related local top read free good bad fake big other all our your my this that these those his her
    their world sports business politics subscribe social mass mainstream state foreign western international""".split()
)


def name_key(name: str) -> str:
    """Return a name as it is compared: without its article, possessive, punctuation and letter case."""
    plain = re.sub(r"['’]s\b|[.,@]", "", name.casefold())
    words = plain.split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def house_key(name: str) -> str:
    """Return a house's name as it is compared: one for its initials and all its names; of others, `name_key`."""
    key = name_key(name)
    words = _plain(key).split()
    while len(words) > 1 and " ".join(words) not in _names() and (words[-1] in EXTENSIONS or words[-1].isdigit()):
        words.pop()
    return _names().get(" ".join(words), key)


def initials_of(words: list[str], letters: str) -> bool:
    """Return whether words end with what these letters stand for: Alcoholics Anonymous, AA."""
    words = [word for word in words if not word.islower()]
    return len(words) >= len(letters) > 1 and all(
        word[:1].casefold() == letter for word, letter in zip(words[-len(letters) :], letters.casefold(), strict=True)
    )


def is_picture_house(name: str) -> bool:
    """Return whether it is one that supplies pictures."""
    return _plain(name_key(name)) in _table(PICTURES)


def is_agency(name: str) -> bool:
    """Return whether it is a listed news agency."""
    return _plain(name_key(name)) in _table(AGENCIES)


def is_listed(name: str) -> bool:
    """Return whether it is a listed house, written as its names are: initials in capitals or as they are listed."""
    key = _plain(name_key(name))
    return key in _names() and (key not in _initials() or not name.split()[-1].istitle() or len(key) > 3)


def is_common_word(name: str) -> bool:
    """Return whether a listed name is a common word as well, which takes its article."""
    return _plain(name_key(name)) in _common()


def looks_like_one(name: str, *, weakly: bool = False) -> bool:
    """Return whether a name has the form of a house's; `weakly`, also one that trains and banks have."""
    words = name_key(name).split()
    if not words or words[0] in _NOT_HOUSES:
        return False
    if _ENDINGS.fullmatch(words[-1]):
        return True
    if len(words) < 2:
        return False
    if len(words) > 2 and "journal" in words:
        return True
    if words[-1] in ("agency", "service"):
        return words[-2] in ("news", "press", "telegraph", "wire")
    return words[-1] in STRONG_ENDS or words[0] in STARTS or (weakly and words[-1] in WEAK_ENDS)


@cache
def _table(lines: str) -> dict[str, str]:
    """Return the full name of each name in a table, both as they are compared."""
    found: dict[str, str] = {}
    for line in lines.strip().splitlines():
        full, _, others = line.partition(" = ")
        for name in (full, *others.split(", ")):
            if name:
                found.setdefault(_plain(name_key(name)), name_key(full))
    return found


@cache
def _names() -> dict[str, str]:
    return {**_table(PICTURES), **_table(OUTLETS), **_table(AGENCIES)}


@cache
def _common() -> frozenset[str]:
    listed = [name.strip() for line in OUTLETS.splitlines() for name in re.split(" = |, ", line)]
    return frozenset(_plain(name_key(name)) for name in listed if name.startswith("the "))


@cache
def _initials() -> frozenset[str]:
    listed = [name.strip() for table in (AGENCIES, OUTLETS) for line in table.splitlines() for name in re.split(" = |, ", line)]
    return frozenset(_plain(name_key(name)) for name in listed if len(name) < 6 and name.isupper())


def _plain(key: str) -> str:
    """Return a key without accents."""
    return "".join(one for one in unicodedata.normalize("NFD", key) if not unicodedata.combining(one))
