"""What people do in the news, in German and French: patterns as `archive.act_words` has them.

German parts its verbs: what stands between `hat` and `angekündigt` is bound to them by what it must
not have, the end of a clause.
"""

from __future__ import annotations

from archive.act_words import Act, ActWords

_WITHIN = r"\b(?:(?! (?:nicht|nie|kein\w*)\b)[^.;:!?]){0,70}?\b"
"""Between the parts of a verb: nothing that denies it."""

GERMAN: dict[Act, ActWords] = {
    "left": ActWords(
        verbs=rf"(?:tritt|trat|treten|traten){_WITHIN}zurück(?!\w)"
        rf"|(?:scheidet|schied|scheiden|schieden){_WITHIN}aus(?= |[.,]|$)"
        r"|(?:verlässt|verließ|verließen|verlassen(?= (?:das|den|die|ihr)))\b"
        r"(?! (?:\w+ )?(?:sich|(?:den|die|das) (?:Saal|Raum|Ort|Platz|Bühne|Sitzung|Stadion|Haus"
        r"|Gebäude|Land|Feld|Klinik|Krankenhaus)))"
        rf"|(?:legt|legte){_WITHIN}(?:Amt|Ämter|Mandat|Posten|Vorsitz)\b{_WITHIN}nieder(?!\w)"
        rf"|(?:gibt|gab){_WITHIN}(?:Amt|Posten|Vorsitz|Rücktritt|Ausscheiden)\b{_WITHIN}"
        r"(?:ab|auf|bekannt)(?!\w)"
        rf"|(?:ist|sind|war|waren|sei){_WITHIN}(?:zurückgetreten|ausgeschieden)"
        rf"|(?:hat|haben|hatte|hatten|habe){_WITHIN}(?:gekündigt|verlassen(?! (?:sich|müssen)))"
        rf"|(?:hat|haben|hatte|habe|kündigte|kündigt|erklärte|erklärt|reichte|reicht){_WITHIN}"
        r"(?:Rücktritt|Abschied|Ausscheiden|Rückzug|Kündigung)\b"
        rf"|(?:wird|wurde|wurden|worden){_WITHIN}"
        r"(?:entlassen|gefeuert|abgesetzt|abberufen|freigestellt|verabschiedet)"
        rf"|(?:wird|will|werden|wollen){_WITHIN}(?:zurücktreten|ausscheiden|verlassen|aufhören)"
        r"|(?:geht|ging) in (?:den )?(?:Ruhestand|Rente|Pension)|kündigt?(?:e)?(?= [,.]|[,.]|$)",
        nouns=r"Rücktritt|Abgang|Ausscheiden|Entlassung|Abberufung|Rückzug|Weggang|Abschied",
        objects=r"entlässt|entließ|feuert|feuerte|entlassen",
    ),
    "joined": ActWords(
        verbs=rf"(?:wechselt|wechselte|wechseln|wechselten)(?! (?:sich|Worte))"
        rf"|(?:ist|sind|war){_WITHIN}(?:gewechselt|eingetreten)"
        rf"|(?:schließt|schloss|schließen|schlossen) sich{_WITHIN}an(?= |[.,]|$)"
        r"|(?:heuert|heuerte) (?:bei|beim)\b",
        nouns=r"Wechsel|Verpflichtung",
    ),
    "appointed": ActWords(
        verbs=rf"(?:wird|wurde|wurden|ist|worden|sei){_WITHIN}"
        r"(?:ernannt|berufen|gewählt|befördert|vereidigt|nominiert)"
        rf"|(?:übernimmt|übernahm){_WITHIN}(?:Leitung|Führung|Amt|Posten|Vorsitz|Nachfolge)"
        rf"|(?:wird|wurde) (?:zum|zur|neue[rs]?)\b|(?:folgt|folgte) auf\b",
        nouns=r"Ernennung|Berufung|Wahl|Nominierung",
        objects=r"(?:ernannte|ernennt|beruft|berief|befördert|beförderte|nominiert|nominierte)"
        r"|ersetzt durch",
    ),
    "said": ActWords(
        verbs=r"sagte|sagt|erklärte(?! (?:seinen|ihren) )|erklärt(?! (?:seinen|ihren) )|betonte"
        r"|betont|warnte|warnt|teilte|schrieb|schreibt|meinte|meint|forderte|fordert|kritisierte"
        r"|kritisiert|bestätigte|bestätigt|versprach|versicherte|bezeichnete|nannte|äußerte"
        r"|berichtete|behauptete|verwies|räumte",
        objects=r"laut|nach Angaben von",
    ),
}
FRENCH: dict[Act, ActWords] = {
    "left": ActWords(
        verbs=r"(?:a|ont|avait|avaient|ayant) (?:\w+ment )?démissionné|démissionn(?:e|ent|era)\b"
        r"|(?:a|ont|avait|avaient) (?:\w+ment )?quitté(?! (?:la salle|les lieux|la route|la scène))"
        r"|(?:quitte|quittent|quittera|quittait)"
        r"(?! (?:la salle|les lieux|la route|la scène|ou double))\b"
        r"|(?:a|ont|avait) été (?:\w+ment )?(?:limogé|licencié|renvoyé|démis|écarté|remercié"
        r"|révoqué|destitué)(?:e?s?)\b"
        r"|(?:a|ont|avait) (?:annoncé|présenté|remis|confirmé) (?:sa|leur|son)"
        r" (?:démission|départ|retrait)|(?:annonce|présente|remet) (?:sa|son) (?:démission|départ)"
        r"|(?:est|sont|était) (?:parti|sorti)e?s?(?= (?:de|du|à la retraite)\b|[.,])"
        r"|se retir(?:e|ent|era)\b|s’est retirée?|s'est retirée?|claque la porte"
        r"|(?:a|ont) claqué la porte|(?:prend|prendra|a pris) sa retraite"
        r"|(?:a|ont|avait) (?:annoncé|dit|déclaré|confirmé|affirmé|assuré)\b"
        r"[^.;:]{0,50}? qu(?:e |['’])(?:il|elle)s?"
        r" (?:quitt(?:e|ait|erait|ent)|démissionn(?:e|ait|erait)|part(?:ait|irait)?)\b",
        nouns=r"démission|départ|limogeage|licenciement|éviction|retrait|renvoi",
        objects=r"(?:a|ont) (?:limogé|licencié|renvoyé|démis|écarté|destitué)",
    ),
    "joined": ActWords(
        verbs=r"(?:a|ont|avait|avaient) (?:\w+ment )?(?:rejoint|intégré)"
        r"|(?:rejoint|rejoignent|rejoindra|rejoignait|intègre)(?! (?:la|le) (?:rive|route|port)\b)",
        nouns=r"arrivée|recrutement",
        objects=r"(?:a|ont) (?:recruté|embauché|débauché)",
    ),
    "appointed": ActWords(
        verbs=r"(?:a|ont|avait) été (?:\w+ment )?(?:nommé|élu|désigné|promu|choisi|investi)e?s?\b"
        r"|(?:est|sont|sera|était) (?:nommé|élu|désigné|promu|investi)e?s?\b"
        r"|(?:prend|prendra|a pris) la (?:tête|direction|présidence)\b"
        r"|(?:devient|est devenue?|deviendra) (?:le|la|l['’])",
        nouns=r"nomination|élection|désignation|promotion",
        objects=r"(?:a|ont) (?:nommé|désigné|promu|choisi)|remplacée? par",
    ),
    "said": ActWords(
        verbs=r"(?:a|ont|avait) (?:\w+ment )?"
        r"(?:déclaré|affirmé|dit|expliqué|assuré|annoncé(?! s[ao]n?"
        r" )|précisé|estimé|ajouté|souligné|averti|prévenu|indiqué|reconnu|promis|dénoncé|confirmé"
        r"(?! s[ao]n? )|critiqué|regretté|écrit|rappelé)\b"
        r"|déclare|affirme|dit|explique|assure|précise|estime|ajoute|souligne|avertit|prévient"
        r"|indique|reconnaît|promet|dénonce|confirme(?! s[ao]n? )|regrette|écrit|rappelle",
        objects=r"selon|d['’]après",
    ),
}

GERMAN_OFFICES = (
    r"ministers?|ministerin|kanzlers?|kanzlerin|präsident(?:en|in)?|chefs?|chefin|sprechers?"
    r"|sprecherin|vorstands?|vorsitzende[nr]?|direktors?|direktorin|leiters?|leiterin|trainers?"
    r"|trainerin|gründers?|gründerin|politikers?|politikerin|anw[aä]lts?|anwältin|richters?"
    r"|richterin|expert(?:e|en|in)|kommissars?|kommissarin|beauftragte[nr]?|forschers?|forscherin"
    r"|meisters?|meisterin|sekretärs?|sekretärin|inhabers?|inhaberin|manager[s]?|managerin"
    r"|professors?|professorin|ökonom(?:en|in)?|redakteurs?|redakteurin|schauspielers?|autors?"
    r"|schauspielerin|autorin|kandidat(?:en|in)?|abgeordnete[nr]?|rätin|ingenieurs?"
    r"|ingenieurin|(?:bundes|staats|stadt|gemeinde|national|landes|kantons|regierungs|aufsichts|betriebs"
    r"|verwaltungs)rats?|bischofs?|bischöfin|Herrn?|Frau|Doktor|Prinz|Prinzessin|Königin?|Papst"
)
"""Endings of words with a capital before a name, as endless as German compounds are."""
GERMAN_NOUNS = (
    r"[\w-]+(?:ung|heit|keit|schaft|angaben|plan|pläne|entwurf)|Rücktritt|Abgang|Weggang|Rückzug|Wahl"
    r"|Wechsel|Ausscheiden|Abschied|Aussagen?|Angaben|Worten|Team|Mitarbeitern?|Mitarbeiterin"
    r"|Freunden?|Freundin|Anhängern?|Kollegen?|Kollegin|Eltern|Bruder|Schwester|Familie|Witwe|Kabinett"
    r"|Kritik|Kritikern?|Gegnern?|Tode?|Mord|Fall|Nachfolge|Nachfolger|Nachfolgerin|Sohn|Tochter"
    r"|Partei|Ende|Anfang|Besuch|Auftritt|Interview|Brief|Film|Buch|Lager|Seiten?"
)
"""Words that are no name, though they stand before `von` as one may."""
