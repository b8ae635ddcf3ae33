"""News houses of the world and their names: a house a line, its full name, `=`, its other names, initials among them.

A name with "the " before it is also a common word ("the Sun"): within a sentence it is a house's only with its article.
"""

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
Angop
ATA = Albanian Telegraphic Agency
AKIpress
Bahrain News Agency = BNA
BETA = Beta news agency
BOPA = Botswana Press Agency
Inforpress
Libyan News Agency = LANA
Montsame
New Ziana = ZIANA
SRNA
Sudan News Agency = SUNA
Trend News Agency = Trend
UzA
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
