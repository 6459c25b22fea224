"""Words of number, scale and unit in the languages that quantities are read in: data.

English, Spanish, German and Chinese in full; of French all but words that English has too; of
Italian and Portuguese the words of scale.
All are flat (`archive.number_patterns.flat`): in lower case, without accents.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.word_lists import word_set

_TENS = ("zwanzig", "dreißig", "vierzig", "funfzig", "sechzig", "siebzig", "achtzig", "neunzig")
_DIGITS = ("ein", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun")


def _german() -> Iterator[tuple[str, int]]:
    """German writes a number of several parts as one word: the tens, and round hundreds."""
    for tens, word in enumerate(_TENS, 2):
        yield word, 10 * tens
        yield from ((f"{one}und{word}", 10 * tens + at) for at, one in enumerate(_DIGITS, 1))
    for at, one in enumerate(_DIGITS, 1):
        yield f"{one}hundert", 100 * at
        yield f"{one}tausend", 1000 * at


UNITS = {
    word: value
    for value, words in enumerate(
        (
            "zero cero", "", "two dos", "three tres", "four cuatro", "five cinco", "six seis",
            "seven siete", "eight ocho", "nine nueve", "ten diez", "eleven once", "twelve doce",
            "thirteen trece", "fourteen catorce", "fifteen quince", "sixteen dieciseis",
            "seventeen diecisiete", "eighteen dieciocho", "nineteen diecinueve", "twenty veinte",
        )
    )
    for word in words.split()
} | {
    "zwei": 2, "drei": 3, "vier": 4, "funf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9,
    "zehn": 10, "elf": 11, "zwolf": 12, "dreizehn": 13, "vierzehn": 14, "funfzehn": 15,
    "sechzehn": 16, "siebzehn": 17, "achtzehn": 18, "neunzehn": 19, "hundert": 100,
    "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "huit": 8, "dix": 10, "onze": 11, "douze": 12,
    "treize": 13, "quatorze": 14, "quinze": 15, "dix-sept": 17, "dix-huit": 18, "dix-neuf": 19,
    "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
    "quatre-vingts": 80, "quatre-vingt": 80, "deux cents": 200, "trois cents": 300,
    "quatre cents": 400, "cinq cents": 500, "sept cents": 700, "huit cents": 800,
    "neuf cents": 900,
    "veintiuno": 21, "veintiun": 21, "veintidos": 22, "veintitres": 23, "veinticuatro": 24,
    "veinticinco": 25, "veintiseis": 26, "veintisiete": 27, "veintiocho": 28, "veintinueve": 29,
    "thirty": 30, "treinta": 30, "forty": 40, "cuarenta": 40, "fifty": 50, "cincuenta": 50,
    "sixty": 60, "sesenta": 60, "seventy": 70, "setenta": 70, "eighty": 80, "ochenta": 80,
    "ninety": 90, "noventa": 90, "cien": 100, "ciento": 100, "doscientos": 200, "doscientas": 200,
    "trescientos": 300, "trescientas": 300, "cuatrocientos": 400, "cuatrocientas": 400,
    "quinientos": 500, "quinientas": 500, "seiscientos": 600, "seiscientas": 600,
    "setecientos": 700, "setecientas": 700, "ochocientos": 800, "ochocientas": 800,
    "novecientos": 900, "novecientas": 900,
} | dict(_german())  # fmt: skip
"""Numbers as words but for one, which is an article in most languages. Of German and French those
that are no words of another language, but for WORDS_OF_ONE_LANGUAGE."""

WORDS_OF_ONE_LANGUAGE = {"elf": "de", "dix": "fr"}
"""Those that are names, or other words, elsewhere; they count only where the language is known."""

SCALES = {
    "dozen": 12, "docena": 12, "dutzend": 12, "douzaine": 12, "douzaines": 12,
    "decena": 10, "dizaine": 10, "quinzaine": 15, "veintena": 20, "vingtaine": 20, "treintena": 30,
    "trentaine": 30, "centenar": 100, "centaine": 100, "millar": 10**3, "millier": 10**3,
    "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9,
    "trillion": 10**12,
    "thousands": 10**3, "millions": 10**6, "billions": 10**9, "trillions": 10**12,
    "k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12,
    "mil": 10**3, "mil millones": 10**9, "millon": 10**6, "millones": 10**6, "billones": 10**12,
    "tausend": 10**3, "millionen": 10**6, "milliarde": 10**9, "milliarden": 10**9,
    "mille": 10**3, "milliard": 10**9, "milliards": 10**9,
    "mila": 10**3, "milione": 10**6, "milioni": 10**6, "miliardo": 10**9, "miliardi": 10**9,
    "milhao": 10**6, "milhoes": 10**6, "bilhao": 10**9, "bilhoes": 10**9, "mil milhoes": 10**9,
    "mio": 10**6, "mrd": 10**9, "lakh": 10**5, "crore": 10**7,
}  # fmt: skip
"""By what a number is multiplied that stands before the word."""

HAN_DIGITS = {
    sign: value
    for value, signs in enumerate(
        ("〇零", "一", "二两兩", "三", "四", "五", "六", "七", "八", "九")
    )
    for sign in signs
}  # fmt: skip
HAN_PLACES = {"十": 10, "百": 100, "千": 1000}
HAN_SCALES = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}

QUALIFIERS = (
    "more than", "less than", "fewer than", "at least", "at most", "as many as", "up to",
    "close to", "over", "about", "around", "nearly", "almost", "some", "roughly",
    "approximately", "under", "above", "below", "an estimated", "only", "just", "exactly",
    "mas de", "menos de", "al menos", "por lo menos", "cerca de", "alrededor de", "casi", "unos",
    "unas", "hasta", "aproximadamente", "mas", "solo",
    "mehr als", "weniger als", "bis zu", "rund", "etwa", "uber", "fast", "knapp", "mindestens",
    "plus de", "moins de", "jusqu'a", "quelque", "environ", "pres de", "au moins", "au plus",
    "mais de", "piu di", "circa", "oltre", "quase",
)  # fmt: skip
"""Words before a number that belong to it."""
HAN_QUALIFIERS = (
    "超过", "至少", "多达", "不到", "大约", "将近", "接近", "逾", "约", "近", "超", "仅",
)  # fmt: skip

MEASURES = {
    "%": "% percent pct prozent",
    "km": "km kilometre kilometres kilometer kilometers kilometro kilometros 公里",
    "mi": "mile miles milla millas",
    "m": "metre metres meter meters metro metros 米",
    "kg": "kg kilo kilos kilogram kilograms 公斤",
    "t": "tonne tonnes ton tons tonelada toneladas tonnen 吨",
    "ha": "ha hectare hectares hectarea hectareas hektar 公顷",
    "ac": "acre acres 英亩",
    "kW": "kw kilowatt kilowatts", "MW": "mw megawatt megawatts megavatios 兆瓦",
    "GW": "gw gigawatt gigawatts", "MWh": "mwh", "GWh": "gwh",
    "°": "degree degrees grados 度", "mph": "mph", "km/h": "km/h kph 公里每小时",
    "s": "second seconds segundos 秒", "min": "minute minutes minuto minutos minuten 分钟",
    "h": "hour hours hora horas stunde stunden heure heures ore 小时",
    "d": "day days dia dias tage tagen jour jours giorni 天",
    "wk": "week weeks semana semanas wochen semaines 周",
    "mo": "month months mes meses monate monaten mois mesi 个月",
    "y": "year years ano anos jahre jahren ans annees anni 年",
    "USD": "$ us$ dollar dollars usd dolar dolares 美元", "EUR": "€ euro euros eur 欧元",
    "GBP": "£ gbp libras 英镑", "pounds": "pound pounds", "CNY": "yuan rmb cny yuanes 元 人民币",
    "JPY": "¥ yen jpy 日元", "HKD": "hk$ hkd 港元", "MXN": "peso pesos",
    "INR": "₹ rupee rupees inr", "KRW": "₩ won krw", "BRL": "r$ real reais brl",
}  # fmt: skip
"""What is measured in, by the sign that stands for it here."""
MEASURE_OF = {word: sign for sign, words in MEASURES.items() for word in words.split()}
HAN_MEASURES = sorted(
    (word for word in MEASURE_OF if "\u3400" <= word[0] <= "\u9fff"), key=len, reverse=True
)
MONTHS = word_set(
    "january february march april may june july august september october november december jan"
    " feb mar apr jun jul aug sep sept oct nov dec enero febrero marzo abril mayo junio julio"
    " agosto septiembre setiembre octubre noviembre diciembre januar februar marz mai juni juli"
    " oktober dezember janvier fevrier mars avril juin juillet aout septembre octobre novembre"
    " decembre"
)
DURATIONS = {
    "s": "seconds", "min": "minutes", "h": "hours", "d": "days", "wk": "weeks", "mo": "months",
    "y": "years",
}  # fmt: skip
"""How long something takes, by the sign of the unit."""
