"""The network side of a library: connections and worker processes, opened and closed together."""

from __future__ import annotations

from reader.paths import log_path
from reader.pipeline.fetch import Fetcher
from reader.pipeline.workers import Workers


class Network:
    """Everything that fetching needs; `connections` bounds the requests at one time."""

    def __init__(self, connections: int) -> None:
        self.fetcher = Fetcher(connections=connections)
        self.workers = Workers(log_path=log_path())

    def close(self) -> None:
        """Break off requests under way and end the worker processes."""
        self.fetcher.close()
        self.workers.close()
