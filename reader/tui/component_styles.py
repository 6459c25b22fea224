"""Component classes of a widget as finished terminal styles.

Textual's own partial styles lose what a colour's transparency and `auto` mean; here a component's
colours are those it has on the widget's own background, laid over one another in order.
"""

from __future__ import annotations

from rich.style import Style
from textual.widget import Widget


class ComponentStyles:
    """The styles of one widget; `clear` when its stylesheet, theme or focus changed."""

    def __init__(self, widget: Widget, prefix: str) -> None:
        self._widget = widget
        self._prefix = prefix
        self._overlays: dict[str, Style] = {}
        self._styles: dict[tuple[str, ...], Style] = {}

    def clear(self) -> None:
        """Forget all styles."""
        self._overlays.clear()
        self._styles.clear()

    def __call__(self, *names: str) -> Style:
        """The widget's style with these components over it, the last one on top."""
        style = self._styles.get(names)
        if style is None:
            style = self._widget.rich_style
            for name in names:
                style += self._overlay(name)
            self._styles[names] = style
        return style

    def _overlay(self, name: str) -> Style:
        overlay = self._overlays.get(name)
        if overlay is None:
            rules = self._widget.get_component_styles(f"{self._prefix}--{name}")
            full = rules.rich_style
            overlay = rules.text_style + Style(
                color=full.color if rules.has_rule("color") else None,
                bgcolor=full.bgcolor if rules.has_rule("background") else None,
            )
            self._overlays[name] = overlay
        return overlay
