"""What pages say of how a text was made: by a machine, by translation. Pure.

Runs in worker processes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from archive.text import fold_characters

_LONGEST = 220
# What every such line has, in any spelling: most lines need no closer look.
_HINT = re.compile(
    r"(?i)bot\b|\bai\b|\bia\b|\bki\b|artific|machin|maschin|automa|automá|tra[nd]|übersetzt"
    r"|gpt|language model|перевод|генер|[生成翻]|AI|번역|생성"
)
# English lines count only where they speak of themselves: machines are a topic as well.
_TEXT = (
    r"(?:article|audio|caption|content|headline|highlights|image|page|piece|points|post|report"
    r"|story|summary|takeaways|text|transcript|translation|version|video)"
)
_THIS = (
    r"^\W*(?:(?:editor.s )?note\W+|disclaimer\W+)?"
    rf"(?:parts? of )?(?:this (?:is|was|has been)\b|(?:(?:the|our|this) )?(?:\w+ )?{_TEXT}\b)"
    r".{0,60}?"
)
_MADE = re.compile(
    rf"(?:{_THIS}\b|^\W*)(?:generated|written|created|produced|compiled|summari[sz]ed)"
    r"(?: automatically)?(?: entirely| partly)? (?:by|with|using)(?: the)?"
    r"(?: help of| assistance of)?(?: an?)? ?"
    r"(?:ai\b|artificial intelligence|\w*bot\b|machine\b|chatgpt|gpt|large language model)"
    rf"|\bi am a bot\b|{_THIS}\b(?:ai|automatically|machine)[- ]generated\b"
    rf"|^\W*(?:(?:key )?{_TEXT}\W+)?(?:ai|automatically|machine)[- ]generated"
    rf"(?: {_TEXT})?[^\w?]*$"
    r"|\bgenerad[oa] (?:mediante|por|con) (?:una? )?(?:\w*bot\b|ia\b|inteligencia artificial)"
    r"|\bgerad[oa] por (?:ia\b|inteligencia artificial|\w*bot\b)"
    r"|\bgeneree? par (?:une )?(?:ia\b|intelligence artificielle|\w*bot\b)"
    r"|\b(?:automatisch|von einer ki|mit (?:hilfe von )?ki|durch ki) "
    r"(?:erstellt|generiert|erzeugt|verfasst)\b"
    r"|\bgenerat[oa] (?:da|con) (?:ia\b|intelligenza artificiale|\w*bot\b)"
    r"|сгенерирован\w* (?:ии\b|неиросет|бот)"
    r"|由.{0,12}(?:ai|人工智能|机器人|機器人).{0,6}(?:生成|撰写|撰寫|创作)|ai生成"
    r"|(?:ai|人工知能)(?:によって|が|により|で)(?:自動)?(?:生成|作成)"
)
_TRANSLATED = re.compile(
    rf"(?:{_THIS}\b|^\W*)(?:machine|automatically|auto|ai)[- ]translated\b"
    rf"|{_THIS}\b(?:machine|ai)[- ]translation\b|^\W*(?:machine|ai)[- ]translation[^\w?]*$"
    r"|^translated (?:by|with|using|from|automatically)\b"
    r"|\bthis (?:article|text|post|page|story) (?:was|has been|is) (?:\w+ )?"
    r"(?:translated|a translation)\b"
    r"|\btraducid[oa] (?:automaticamente|por|del|con)\b|\btraduccion automatica\b"
    r"|\btraduzid[oa] (?:automaticamente|por|do)\b|\btraduction automatique\b"
    r"|\btraduit (?:automatiquement|par|de l|du)\b|\b(?:maschinell|automatisch) ubersetzt\b"
    r"|\bubersetzt (?:von|aus dem|mit)\b|\btradotto (?:automaticamente|da|con)\b"
    r"|\bмашинныи перевод\b|\bпереведено (?:с|автоматически)\b"
    r"|机器翻译|機器翻譯|自动翻译|自動翻訳|機械翻訳|기계 ?번역|자동 ?번역"
)


def is_signature(line: str) -> bool:
    """Whether a plain line only says which machine made the text, or that one translated it."""
    if len(line) > _LONGEST or not _HINT.search(line):
        return False
    folded = fold_characters(line)
    return bool(_MADE.search(folded) or _TRANSLATED.search(folded)) and len(folded.split()) <= 16


def label_notes(lines: Iterable[str]) -> tuple[str, ...]:
    """A sentence for each kind of making that one of the plain lines tells, in its words."""
    notes: dict[str, str] = {}
    for line in lines:
        folded = fold_characters(line)
        if _MADE.search(folded):
            notes.setdefault("made", f"A machine wrote it, as the page says: “{line}”.")
        if _TRANSLATED.search(folded):
            notes.setdefault("translated", f"It is a translation, as the page says: “{line}”.")
    return tuple(notes.values())
