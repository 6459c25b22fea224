"""Small apps that hold one widget each, and the articles they show."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TypeVar

from textual.app import App, ComposeResult
from textual.message import Message
from textual.widget import Widget

from archive.models import Article, Summary
from reader.tui.themes import FALLBACK_VARIABLES, THEMES
from reader.tui.widgets.article_list import ArticleList
from reader.tui.widgets.article_text import ArticleText

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

Kind = TypeVar("Kind", bound=Message)


class WidgetHost(App[None]):
    """Holds one widget over the whole screen and keeps the messages it sends."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, widget: Widget, theme: str = "newsreader-dark") -> None:
        super().__init__()
        self.widget = widget
        self.heard: list[Message] = []
        for own in THEMES:
            self.register_theme(own)
        self.theme = theme

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return dict(FALLBACK_VARIABLES)

    def compose(self) -> ComposeResult:
        yield self.widget

    def of_kind(self, kind: type[Kind]) -> list[Kind]:
        return [message for message in self.heard if isinstance(message, kind)]

    def on_article_list_highlighted(self, message: ArticleList.Highlighted) -> None:
        self.heard.append(message)

    def on_article_list_opened(self, message: ArticleList.Opened) -> None:
        self.heard.append(message)

    def on_article_list_selection_changed(self, message: ArticleList.SelectionChanged) -> None:
        self.heard.append(message)

    def on_article_list_rows_needed(self, message: ArticleList.RowsNeeded) -> None:
        self.heard.append(message)

    def on_article_text_position_changed(self, message: ArticleText.PositionChanged) -> None:
        self.heard.append(message)

    def on_article_text_link_clicked(self, message: ArticleText.LinkClicked) -> None:
        self.heard.append(message)


def new_list() -> ArticleList:
    return ArticleList(now=lambda: NOW)


def new_text() -> ArticleText:
    return ArticleText(now=lambda: NOW)


def summary(index: int, **fields: object) -> Summary:
    """The row at an index of a list whose newest article is from an hour ago."""
    values: dict[str, object] = {
        "article_id": f"261123a{index}",
        "row_id": 1_000_000 - index,
        "title": f"Title {index}",
        "url": f"https://outlet.example/{index}",
        "feed_url": "https://outlet.example/feed",
        "outlet": "The Outlet",
        "author": "",
        "published_at": None,
        "archived_at": NOW,
        "sort_at": NOW - timedelta(hours=1 + index),
        "language": "en",
        "read": False,
        "starred": False,
        "tags": (),
        "word_count": 300,
        "text_from": "page",
    }
    return Summary(**{**values, **fields})  # type: ignore[arg-type]


def summaries(count: int, first: int = 0, **fields: object) -> list[Summary]:
    return [summary(index, **fields) for index in range(first, first + count)]


def article(text: str, **fields: object) -> Article:
    values: dict[str, object] = {
        "url": "https://outlet.example/paper-maps",
        "title": "Paper maps return",
        "text": text,
        "archived_at": NOW,
        "article_id": "261123a1",
        "published_at": NOW - timedelta(hours=3),
        "word_count": 460,
        "language": "en",
    }
    return Article(**{**values, **fields})  # type: ignore[arg-type]
