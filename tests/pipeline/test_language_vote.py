"""Languages by script and by frequent words; the page's claim only decides between equals."""

from __future__ import annotations

import pytest

from reader.pipeline.language_vote import language_of

SAMPLES = {
    "en": "The town has paid for the chimney, and the bakers will pay for the wood that "
    "they burn.",
    "es": "Los panaderos del barrio vuelven a un solo horno que comparten, como hacían "
    "sus abuelos.",
    "pt": "Os padeiros do bairro não têm mais um forno só, mas já foram muitos, e isso é "
    "pelo preço.",
    "fr": "Les boulangers du quartier n'ont plus qu'un four, et c'est la ville qui paie "
    "pour le bois.",
    "de": "Die Bäcker der Altstadt teilen sich wieder einen Ofen, und das Holz wird nach "
    "Gewicht bezahlt.",
    "it": "I fornai del quartiere non hanno più che un forno, ma la città ha pagato per "
    "il camino.",
    "nl": "De bakkers van de oude stad hebben weer een oven, en het hout wordt ook door "
    "hen betaald.",
    "sv": "Bagarna i gamla stan har åter en ugn som de delar, och veden betalas av dem "
    "efter vikt.",
    "pl": "Piekarze ze starego miasta znowu mają jeden piec, który jest ich wspólny, ale "
    "nie tylko.",
    "tr": "Eski şehrin fırıncıları bir fırın için para verdi ve bu çok eski bir gelenek "
    "olarak biliniyor.",
    "ru": "Пекари старого города снова пекут в одной печи, и за дрова они платят по весу.",
    "uk": "Пекарі старого міста знову печуть в одній печі, але це не вперше, і за дрова "
    "вони платять.",
    "zh": "老城的面包师又回到了一个共用的烤炉，像他们的祖父母那样。",
    "ja": "旧市街のパン屋たちは、祖父母の時代のように、一つの窯を共有することにした。",
    "ko": "구시가지의 제빵사들은 다시 하나의 화덕을 함께 쓰기로 했다.",
    "ar": "عاد الخبازون في المدينة القديمة إلى فرن واحد من أجل توفير الحطب الذي كان ينقصهم",
    "fa": "نانوایان شهر قدیم از این پس یک تنور را با هم به کار می‌برند و هیزم را وزن "
    "می‌کنند",
    "he": "האופים של העיר העתיקה חוזרים לתנור אחד משותף",
    "el": "Οι φουρνάρηδες της παλιάς πόλης μοιράζονται ξανά έναν φούρνο",
    "th": "ช่างทำขนมปังในเมืองเก่ากลับมาใช้เตาอบร่วมกัน",
    "hi": "पुराने शहर के बेकर फिर एक भट्ठी साझा करते हैं",
}  # fmt: skip


@pytest.mark.parametrize("language", SAMPLES)
def test_a_language_is_told_whatever_the_page_claims(language: str):
    assert language_of(SAMPLES[language]) == language
    assert language_of(SAMPLES[language], "xx") == language


def test_a_few_foreign_words_change_nothing():
    assert language_of(f"{SAMPLES['en']} commercial落地 (commercialization)", "zh") == "en"


def test_the_pages_claim_decides_between_languages_that_are_as_likely():
    text = "Hunden er ikke i huset, og katten er heller ikke der, fordi det regner på øen."

    assert [language_of(text, stated) for stated in ("da", "nb", "en", "")] == ["da", "nb", "", ""]


@pytest.mark.parametrize(
    "text", ["", "12 345", "GLM-5.1 QWEN", "x" * 5000, "🙂" * 99, "[](http://a.b)"]
)
def test_what_is_no_language_is_unknown(text: str):
    assert language_of(text, "en") == ""
