"""The one table of commands, from which the session, its help and the README come."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass

from archive.names import article_id_in
from reader.errors import UsageProblem
from reader.plain import articles, latest, marking, reading, subscriptions
from reader.plain.changes import changes
from reader.plain.desk import Desk
from reader.plain.extracting import extract
from reader.plain.folding import fold, unfold
from reader.plain.highlights import highlights
from reader.plain.noting import note
from reader.plain.outline import outline
from reader.plain.page import page
from reader.plain.rules import rules
from reader.plain.saving import save
from reader.plain.searches import searches
from reader.plain.stories import story
from reader.plain.story_facts import claims, events
from reader.plain.tags import tags
from reader.plain.within import find

Act = Callable[[Desk, str], None]


@dataclass(frozen=True, slots=True)
class Command:
    """A command: long and short name, the words after it, what it does, and an example.

    `act` gets the words after the name as one text, without spaces around it. `others` are more
    names that are understood but not taught.
    """

    name: str
    short: str
    words: str
    does: str
    example: str
    act: Act
    others: tuple[str, ...] = ()

    @property
    def usage(self) -> str:
        """The long form with the words that it takes."""
        return f"{self.name} {self.words}".rstrip()


def help_for(desk: Desk, words: str) -> None:
    """Says the commands, or one of them."""
    if words:
        command = named(words.split(maxsplit=1)[0])
        desk.console.say(f"{command.usage}. {command.does}")
        desk.console.say(f"Short form: {command.short}. Example: {command.example}")
        return
    for command in COMMANDS:
        desk.console.say(f"{command.usage} (or {command.short}): {command.does}", "   ")
    desk.console.say(
        "WHICH is 3, 3-5, 3,7 or all of the list of articles; without it, the open article is"
        " meant. FEED is a number of the list of feeds, or part of a feed's name. TAG and NAME are"
        " a number of the list of tags, saved searches or rules, or a name, in quotes if it has"
        " blanks. Case makes no difference, and a long name may be cut as long as it is clear."
    )


def leave(desk: Desk, _words: str) -> None:
    """Ends the session."""
    desk.is_over = True


COMMANDS = (
    Command("list", "l", "[QUERY]", "Lists articles, newest first; all, or those that match.",
            "list is:unread tag:ai -musk", articles.list_articles, ("ls", "articles")),
    Command("unread", "u", "[FEED]", "Lists the unread articles, of one feed if it is named.",
            "unread 2", articles.unread),
    Command("feeds", "fs", "", "Lists the feeds, numbered.", "feeds", subscriptions.list_feeds),
    Command("feed", "f", "FEED", "Lists a feed's articles.", "feed 2", articles.feed),
    Command("search", "/", "QUERY", "Searches titles and texts, best match first, with the words"
            " around the match.", "search night ferry", articles.search, ("s",)),
    Command("filter", "fl", "QUERY", "Lists those of the list that match as well.",
            "filter is:unread", articles.narrow),
    Command("sort", "so", "date|relevance|rare|oldest", "Lists the list newest or oldest first,"
            " best match first, or rare voices first: feeds with the fewest articles in the last"
            " month.", "sort rare", articles.reorder),
    Command("fold", "fo", "", "Gives each story one row in lists, and says the list so.", "fold",
            fold),
    Command("unfold", "uf", "[N]", "Lists article N and what is folded into it; without N, gives"
            " each article a row again.", "unfold 3", unfold),
    Command("searches", "ss", "[NAME|add NAME [QUERY]|remove NAME]", "Lists the saved searches with"
            " what is unread, or what one of them finds; saves a query, or that of the list, under"
            " a name; removes one.", "searches add chips", searches),
    Command("next", "n", "[COUNT]", "Goes on with the list; Enter after a list does the same.",
            "next 20", articles.next_page),
    Command("prev", "p", "[COUNT]", "Goes back in the list.", "prev", articles.previous_page,
            ("previous",)),
    Command("choose", "c", "N", "Takes N of what was numbered last, as the number alone does: reads"
            " that article, lists what is of that feed, tag, saved search or rule, opens that"
            " link, subscribes to that feed of a site.", "3", latest.choose),
    Command("article", "a", "N", "Reads article N of the list of articles, from where you stopped,"
            " and marks it as read; an article's id alone does it too.", "article 3",
            reading.read_article),
    Command("more", "m", "[COUNT|all]", "Reads on: a page, COUNT paragraphs or all that is left;"
            " Enter after a text reads a page.", "more all", reading.more),
    Command("back", "b", "", "Reads the page before.", "back", reading.back),
    Command("again", "g", "", "Says once more what was said last.", "again", latest.again),
    Command("find", "fi", "[WORDS]", "Reads on from the next paragraph of the article that has the"
            " words; without words, from the next one with those of before.", "find ninety berths",
            find, ("within",)),
    Command("links", "k", "", "Lists the article's links, numbered.", "links", reading.links),
    Command("open", "o", "[LINK]", "Opens a link of the article, or the article itself, in the"
            " browser; where no terminal is, prints the address.", "open 2", reading.open_link),
    Command("changes", "ch", "", "Says how the article's text changed since it came, figures"
            " first.", "changes", changes, ("revisions",)),
    Command("page", "pg", "", "Reads all words of the page behind the article as it was fetched.",
            "page", page),
    Command("extract", "ex", "[usual|more|less|whole|put N]", "Takes the text out of that page"
            " again and says what would change before it replaces; puts a line back that was left"
            " out.", "extract more", extract),
    Command("save", "sv", "FILE", "Saves the article with note and highlights as a file: .md"
            " Markdown, .html a page, .txt as it is read.", "save ~/ferry.md", save),
    Command("outline", "ou", "[N]", "Lists the sections of the article's text, or reads on from one"
            " of them.", "outline 3", outline, ("sections",)),
    Command("story", "sy", "", "Lists who else tells what the article tells, and how much of it is"
            " new to you.", "story", story),
    Command("claims", "cl", "[N]", "Lists what outlets state of the article's story, number by"
            " number, or says the sentences of one.", "claims 2", claims),
    Command("timeline", "tl", "[N]", "Lists what became known of the story when, or reads the"
            " article of one.", "timeline", events),
    Command("note", "nt", "[WORDS|-]", "Says your note on the article, or keeps the words as the"
            " note; - takes it away.", "note ask Ada about this", note),
    Command("highlights", "hl", "[N|add WORDS|add N|remove N]", "Says the passages of the article"
            " that you marked, or reads on from one; marks the sentence that has the words (with"
            " ... between, from the first to the last), or paragraph N; takes one off.",
            "highlights add ninety berths", highlights),
    Command("mark", "mk", "read|unread|star|unstar|hide|unhide [WHICH]", "Marks articles.",
            "mark unread 3-5", marking.mark),
    Command("read", "rd", "[WHICH]", "Marks articles as read.", "read all", marking.mark_read),
    Command("star", "st", "[WHICH]", "Stars articles.", "star 3", marking.star),
    Command("unstar", "us", "[WHICH]", "Takes the star off articles.", "unstar 3",
            marking.unstar),
    Command("hide", "hd", "[WHICH]", "Hides articles: they stay, and are only in lists of"
            " is:hidden.", "hide 3", marking.hide),
    Command("unhide", "uh", "[WHICH]", "Shows hidden articles again.", "unhide all",
            marking.unhide),
    Command("tag", "t", "[WHICH|#N] +TAG -TAG", "Adds tags and takes tags away, of articles or of"
            " section N of the open one.",
            "tag 3-5 +ai -later", marking.tag),
    Command("tags", "ts", "[rename TAG NEW|colour TAG COLOUR|remove TAG|suggest [N]]", "Lists all"
            " tags; gives one another name, with those below it, or a colour, or takes one off all"
            " articles; says which the open article or article N may want, by those of others.",
            "tags rename chips ai/chips", tags),
    Command("rules", "rl", "[NAME|on NAME|off NAME]", "Lists the rules, or what one of them would"
            " act on in the last 30 days; switches one on or off.", "rules off games", rules),
    Command("undo", "z", "", "Takes back the last change of marks, tags, notes, feeds, rules or"
            " saved searches.", "undo", marking.undo),
    Command("refresh", "r", "[FEED]", "Fetches what is new, of one feed or all, with a line as"
            " each feed ends; Ctrl+C stops it.", "refresh", subscriptions.refresh),
    Command("add", "+", "URL", "Subscribes to a feed, or to the feed of a site.",
            "add https://example.org", subscriptions.add, ("subscribe",)),
    Command("remove", "rm", "FEED", "Unsubscribes after asking; the articles stay.", "remove 2",
            subscriptions.remove, ("unsubscribe",)),
    Command("where", "w", "", "Says what the list shows and what is open.", "where",
            articles.where),
    Command("help", "?", "[COMMAND]", "Says the commands, or more about one.", "help mark",
            help_for, ("h",)),
    Command("quit", "q", "", "Leaves; everything done is kept.", "quit", leave, ("exit", "bye")),
)  # fmt: skip

_BY_NAME = {
    name: command for command in COMMANDS for name in (command.name, command.short, *command.others)
}
# Signs that need no space after them.
_SIGNS = ("/", "?", "+")


def understood(line: str) -> tuple[Command, str]:
    """The command that a line names, and the words after it; raises UsageProblem."""
    line = line.strip()
    if line[0] in _SIGNS:
        return _BY_NAME[line[0]], line[1:].strip()
    word, _, rest = line.partition(" ")
    number = word.rstrip(".")
    if (number.isascii() and number.isdecimal()) or article_id_in(word):
        if rest.strip():
            remedy = f"A number stands alone; or type, say, star {number}"
            raise UsageProblem(line, "is no command", remedy)
        return _BY_NAME["article" if article_id_in(word) else "choose"], number
    return named(word), rest.strip()


def named(word: str) -> Command:
    """The command of a long or short name, or of the clear beginning of one."""
    name = word.casefold()
    if name in _BY_NAME:
        return _BY_NAME[name]
    begun = [command for command in COMMANDS if command.name.startswith(name)]
    if len(begun) == 1 and len(name) > 1:
        return begun[0]
    near = [one.name for one in begun] or difflib.get_close_matches(name, list(_BY_NAME), n=1)
    remedy = f"Did you mean {' or '.join(near)}?" if near else "Type help for the commands"
    raise UsageProblem(word, "is no command", remedy)


def readme_table() -> str:
    """The table of commands as the README has it."""
    rows = ["| you type | short | does |", "|---|---|---|"]
    for command in COMMANDS:
        usage = command.usage.replace("|", "\\|")
        rows.append(f"| `{usage}` | `{command.short}` | {command.does} |")
    return "\n".join(rows)
