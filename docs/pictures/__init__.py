"""The README's pictures: the real app over the demo's sample outlets, as SVG."""
