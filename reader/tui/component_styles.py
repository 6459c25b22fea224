"""Component classes of a widget as finished terminal styles.

Textual works all of a widget's `COMPONENT_CLASSES` out again at each focus, class or size that
changes (20 ms for the text's thirty). So ours are not declared there: each is worked out when it is
first drawn with, and kept until theme or widget look different. Textual's own partial styles also
lose what a colour's transparency and `auto` mean; here a component's colours are those it has on
the widget's own background, laid over one another in order.
"""

from __future__ import annotations

from rich.style import Style
from textual.dom import DOMNode
from textual.widget import Widget

from archive.tag_colours import TagColours
from reader.tui.tag_looks import in_colour, tag_of


class ComponentStyles:
    """The styles of one widget's components, which style sheets know as `.PREFIX--NAME`.

    Looks of tags (`reader.tui.tag_looks`) are among their names.
    """

    def __init__(self, widget: Widget, prefix: str) -> None:
        self._widget = widget
        self._prefix = prefix
        self._tag_colours = TagColours()
        self._variables: dict[str, str] | None = None
        self._base = Style()
        self._overlays: dict[str, Style] = {}
        self._styles: dict[tuple[str, ...], Style] = {}

    def renew(self) -> bool:
        """Forget all styles if theme or widget look different than before; whether they do."""
        variables, base = self._widget.app.theme_variables, self._widget.rich_style
        if variables is self._variables and base == self._base:
            return False
        self._variables, self._base = variables, base
        self._overlays.clear()
        self._styles.clear()
        return True

    @property
    def tag_colours(self) -> TagColours:
        """The colours that tags are drawn in."""
        return self._tag_colours

    @tag_colours.setter
    def tag_colours(self, colours: TagColours) -> None:
        self._tag_colours = colours
        self._styles.clear()

    def __call__(self, *names: str) -> Style:
        """The widget's style with these components over it, the last one on top."""
        style = self._styles.get(names)
        if style is None:
            style, colour = self._widget.rich_style, ""
            for name in names:
                if tag := tag_of(name):
                    colour = self._tag_colours.of(tag)
                else:
                    style += self._overlay(name)
            # In the end, when it is known what it lies on.
            self._styles[names] = style = self._coloured(style, colour) if colour else style
        return style

    def _coloured(self, style: Style, colour: str) -> Style:
        app = self._widget.app
        return in_colour(style, colour, None if app.native_ansi_color else app.ansi_theme)

    def _overlay(self, name: str) -> Style:
        overlay = self._overlays.get(name)
        if overlay is None:
            # As Textual's Stylesheet does for what is declared.
            node = DOMNode(classes=f"{self._prefix}--{name}")
            node._attach(self._widget)  # noqa: SLF001 - Textual has no public way
            self._widget.app.stylesheet.apply(node, animate=False)
            rules = node.styles
            full = rules.rich_style
            overlay = rules.text_style + Style(
                color=full.color if rules.has_rule("color") else None,
                bgcolor=full.bgcolor if rules.has_rule("background") else None,
            )
            self._overlays[name] = overlay
        return overlay
