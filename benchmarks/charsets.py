"""Bytes that nobody named an encoding for: how often the words come out right.

    python benchmarks/charsets.py [--quick]

Sentences of our own in 18 languages, each in the encodings that pages in it are found in: whole, cut to 40 letters, and
inside a page of ASCII tags. Right is a text that is letter for letter the same. Beside ours, which is chardet held to
what browsers know and to their default, stand chardet alone, charset-normalizer and faust-cchardet, where they are
installed. None of these sentences was looked at when `guessing.CLEARLY` was chosen.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib.util import find_spec

import bars

from ledger.capture.guessing import guess

SAMPLES = [
    ("ru", "cp1251 koi8_r", "Дождь шёл три дня, и мост через реку закрыли; жители ходят к врачу через соседнюю деревню."),
    ("uk", "cp1251", "Дощ ішов три дні, і міст через річку закрили; мешканці ходять до лікаря через сусіднє село."),
    ("bg", "cp1251", "Валя три дни и мостът над реката беше затворен; хората ходят на лекар през съседното село."),
    ("zh-Hans", "gb18030", "雨下了三天，河上的桥关闭了，居民要绕过邻村去看病，村长说修桥还需要一个月。"),
    ("zh-Hant", "big5hkscs", "雨下了三天，河上的橋關閉了，居民要繞過鄰村去看病，村長說修橋還需要一個月。"),
    ("ja", "cp932 euc_jp iso2022_jp", "雨が三日間降り続き、川の橋は閉鎖された。住民は隣の村を通って病院へ行くと村長は話した。"),
    ("ko", "cp949", "사흘 동안 비가 내려 강의 다리가 폐쇄되었다. 주민들은 이웃 마을을 지나 병원에 간다고 이장이 말했다."),
    ("el", "iso8859_7", "Έβρεχε τρεις μέρες και η γέφυρα έκλεισε· οι κάτοικοι πηγαίνουν στον γιατρό από το διπλανό χωριό."),
    ("he", "cp1255", "הגשם ירד שלושה ימים והגשר מעל הנהר נסגר; התושבים הולכים לרופא דרך הכפר השכן."),
    ("ar", "cp1256", "هطل المطر ثلاثة أيام وأغلق الجسر فوق النهر، ويذهب السكان إلى الطبيب عبر القرية المجاورة."),
    ("tr", "cp1254", "Üç gün yağmur yağdı ve ırmağın üstündeki köprü kapatıldı; köylüler doktora komşu köyden gidiyor."),
    ("pl", "cp1250 iso8859_2", "Deszcz padał trzy dni i most na rzece zamknięto; mieszkańcy jeżdżą do lekarza przez sąsiednią wieś."),
    ("cs", "cp1250 iso8859_2", "Pršelo tři dny a most přes řeku byl uzavřen; obyvatelé jezdí k lékaři přes sousední vesnici."),
    ("hu", "cp1250", "Három napig esett az eső, a folyó hídját lezárták; a lakók a szomszéd falun át járnak orvoshoz."),
    ("th", "cp874", "ฝนตกสามวันและสะพานข้ามแม่น้ำถูกปิด ชาวบ้านต้องไปหาหมอผ่านหมู่บ้านข้างเคียง"),
    ("de", "cp1252", "Drei Tage fiel Regen, die Brücke über den Fluss ist gesperrt; zum Arzt fährt man über das Nachbardorf – täglich."),
    ("fr", "cp1252", "Il a plu trois jours et le pont a été fermé ; les habitants vont chez le médecin par le village d’à côté."),
    ("es", "cp1252", "Llovió tres días y cerraron el puente sobre el río; los vecinos van al médico por el pueblo de al lado, ¿no?"),
]  # fmt: skip

Detect = Callable[[bytes], str | None]


def ours(data: bytes) -> str | None:
    return guess(data).codec


def chardet(data: bytes) -> str | None:
    import chardet as peer

    return peer.detect(data)["encoding"]


def normalizer(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return best.encoding if best else None


def cchardet(data: bytes) -> str | None:
    import cchardet as peer

    found: str | None = peer.detect(data)["encoding"]
    return found


PEERS = {"chardet": chardet, "charset_normalizer": normalizer, "cchardet": cchardet}


def cases(longest: int | None) -> list[tuple[str, bytes, bytes, str]]:
    """Return (what it is, the bytes that are looked at, those of the words, the words) of everything that is no UTF-8."""
    made = []
    for language, codecs, sentence in SAMPLES:
        words = sentence[:longest]
        for codec in codecs.split():
            data = words.encode(codec)
            if data.isascii() and codec != "iso2022_jp":
                continue
            page = b'<!doctype html><html><body><div class="story"><p>%s</p></div></body></html>' % data
            made += [(f"{language} {codec}", looked, data, words) for looked in (data, page)]
    return made


def right(detect: Detect, looked: bytes, data: bytes, words: str) -> bool:
    try:
        return data.decode(detect(looked) or "utf-8") == words
    except (LookupError, UnicodeDecodeError):
        return False


def main() -> None:
    """Measure, and print."""
    options = bars.parser(__doc__).parse_args()
    if find_spec("chardet") is None:
        print("NOT MEASURED  ours: chardet is not installed (factledger[encodings])")
        return
    for longest in (None,) if options.quick else (None, 40):
        every, shares = cases(longest), {}
        size = "whole" if longest is None else f"{longest} letters"
        for name, detect in {"ours": ours, **PEERS}.items():
            if name != "ours" and find_spec(name) is None:
                print(f"NOT MEASURED  {name}: it is not installed")
                continue
            began = time.process_time()
            wrong = [what for what, *case in every if not right(detect, *case)]
            took = (time.process_time() - began) / len(every)
            shares[name] = 1 - len(wrong) / len(every)
            missed = ", ".join(dict.fromkeys(wrong)) or "-"
            said = f"{len(every) - len(wrong)} of {len(every)} right, {took * 1000:.1f} ms each"
            print(f"{size:<12}{name:<20}{said}; not: {missed}")
        bars.hold(f"encodings guessed right, {size}", shares.pop("ours"), least=0.9, beside=shares)
    bars.close()


if __name__ == "__main__":
    main()
