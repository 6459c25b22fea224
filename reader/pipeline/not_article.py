"""Pages that answer 200 and are no article: consent questions, paywalls, errors, empty shells.

Told by what they say, and only where they say little else. Runs in worker processes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from archive.text import count_words, fold_characters

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SHORT_PAGE, STUB_WORDS = 120, 90
"""So many words and more are a text, whatever stands beside; of a paywalled page, a beginning."""
_LONG_CONSENT = 400
_LONG_TEXT = 6000  # characters, of which no language makes less than so many words

_ERROR_TITLE = re.compile(
    r"^(?:error\s*)?(?:40[0134]|410|429|50[0-4])\b"
    r"|\b(?:error|fehler|erreur) (?:40[0134]|410|50[0-4])\b"
    r"|\b(?:page|seite|site|file|article|content) (?:was |could |can )?not (?:be )?found\b"
    r"|^not found\b"
    r"|\b(?:pagina|paginas|articulo) no encontrad[oa]s?\b"
    r"|\bno se (?:encuentra|encontro|ha encontrado) la pagina\b"
    r"|\bpagina nao encontrada\b|\bpage (?:introuvable|non trouvee)\b"
    r"|\bseite (?:wurde )?nicht gefunden\b"
    r"|\bpagina non trovata\b|\bpagina niet gevonden\b"
    r"|\bsidan (?:kunde inte hittas|hittades inte)\b"
    r"|страница не наидена|页面不存在|页面未找到|頁面不存在|找不到页面|ページが見つかりません"
    r"|페이지를 찾을 수 없습니다"
    r"|\baccess denied\b|\bforbidden\b|\bservice unavailable\b|\bbad gateway\b"
    r"|\binternal server error\b"
    r"|\bwe(?:'|’)?re sorry[, ]+(?:but )?(?:the|this) page\b"
    r"|\bthis page (?:isn(?:'|’)?t|is not) available\b"
    r"|\bsomething went wrong\b|\btoo many requests\b|\bsite (?:is )?(?:under|in) maintenance\b"
)
_SCRIPT = re.compile(
    r"\b(?:enable|activate|turn on|requires?|need(?:s)?) (?:to (?:enable|activate) )?java ?script\b"
    r"|\bjava ?script (?:is|must be|to be|seems to be|has been) "
    r"(?:required|disabled|enabled|turned off|off)\b"
    r"|\b(?:without|with) java ?script enabled\b|\bactiv[ae]r? (?:el )?java ?script\b"
    r"|\bhabilit[ae]r? (?:o )?java ?script\b"
    r"|\bjava ?script (?:aktivieren|activer|einschalten)\b|\bactiver (?:le )?java ?script\b"
    r"|\baktivieren sie (?:bitte )?java ?script\b"
    r"|включите java ?script|启用 ?javascript|啟用 ?javascript|開啟 ?javascript"
    r"|javascript ?を有効|자바스크립트"
)
_GUARD = re.compile(
    r"\bchecking (?:if the site connection is secure|your browser)\b"
    r"|\bverify(?:ing)? (?:that )?you are (?:a )?human\b"
    r"|\bare you a robot\b|\bi(?:'|’)?m not a robot\b|\bunusual traffic from your\b"
    r"|\bplease complete the (?:captcha|security check)\b"
    r"|\bprove (?:that )?you are (?:not a robot|human)\b|\bpress (?:and|&) hold\b"
    r"|\bjust a moment\b|\bddos protection by\b"
    r"|\bconfirm (?:that )?you are (?:not a (?:ro)?bot|human)\b|安全验证|请完成验证"
    r"|ロボットではありません"
)
_CONSENT = re.compile(
    r"\bcookies?\b|\bconsent\b|\bwe value your privacy\b|\byour privacy\b|\baccept all\b"
    r"|\breject all\b|\bpartners\b"
    r"|\bdatenschutz\b|\bzustimm\w*\b|\beinwilligung\w*\b|\bwerbung und tracking\b"
    r"|\balle akzeptieren\b|\bpur-abo\b|\btracking\b"
    r"|\bconsentement\b|\btout accepter\b|\btout refuser\b|\bpartenaires\b|\bconsentimiento\b"
    r"|\baceptar todo\b|\bprivacidad\b"
    r"|\baceitar tudo\b|\bprivacidade\b|\baccetta tutt[io]\b|\bconsenso\b|\btoestemming\b"
    r"|\bsamtycke\b|\bpersonal data\b"
    r"|\bpreferences\b|\blegitimate interest\b|\bvendors?\b|файлы cookie|クッキー|隐私"
)
_CONSENT_HINT = re.compile("cookie|consen|privac|zustimm|einwillig|toestemm|samtyck|クッキー|隐私")
_FEWEST_CONSENT_WORDS, _CONSENT_SHARE = 3, 1 / 25
_SIGNED_OUT = "is a paywall's stub"


def problem_of_page(
    shell: Callable[[], str], headings: Sequence[str], text: str, *, is_paid: bool
) -> str:
    """Why a page's text is no article's, to finish "the page ..."; empty where it is one.

    `shell` gives the words of the page as it is without scripts, `headings` its title and heading;
    `is_paid` that it says that the rest costs.
    """
    if len(text) > _LONG_TEXT:
        return ""
    word_count = count_words(text)
    if word_count < SHORT_PAGE:
        heads = [fold_characters(head) for head in headings if head]
        around = fold_characters(f"{shell()[:6000]} {text}")
        if any(_GUARD.search(words) for words in (*heads, around)):
            return "asks for proof that no program reads it"
        if any(_ERROR_TITLE.search(head) for head in heads):
            return "is an error page, whatever its status says"
        if _SCRIPT.search(around) and word_count < SHORT_PAGE // 2:
            return "shows nothing without its scripts"
    if word_count < _LONG_CONSENT and is_consent(text, word_count):
        return "is a question for consent"
    if is_paid and word_count < STUB_WORDS:
        return _SIGNED_OUT
    return ""


def is_consent(text: str, word_count: int) -> bool:
    """Whether a text is about cookies and consent more than about anything else."""
    folded = fold_characters(text)
    if not _CONSENT_HINT.search(folded):
        return False
    said = [match[0] for match in _CONSENT.finditer(folded)]
    return len(set(said)) >= _FEWEST_CONSENT_WORDS and len(said) >= max(
        _FEWEST_CONSENT_WORDS, word_count * _CONSENT_SHARE
    )


def words_of_shell(tree: HtmlElement) -> str:
    """What a page says where scripts would speak: its `noscript` and its first words."""
    parts = [" ".join(element.itertext()) for element in tree.iter("noscript")][:5]
    body = tree.find("body")
    if body is not None:
        skipped = "not(ancestor-or-self::script or ancestor-or-self::style)"
        parts += body.xpath(f".//text()[normalize-space() and {skipped}]")[:200]
    return " ".join(" ".join(parts).split())[:8000]
