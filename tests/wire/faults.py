"""Faults to order: what a route answers, a given number of times, instead of doing its work."""

from __future__ import annotations

import re
from dataclasses import dataclass

RESET = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """What a matching request gets.

    Attributes:
        route: regular expression, searched in ``METHOD /path`` without the base, such as ``r"POST /interactions/"``.
        status: HTTP status to answer with; RESET cuts the TCP connection instead.
        code: Discord's own error code in the body.
        retry_after_s: of a 429.
    """

    route: str
    status: int
    code: int = 0
    retry_after_s: float = 0.02


class Faults:
    """The faults that are still to come, in the order in which they were ordered."""

    def __init__(self) -> None:
        self.pending: list[Fault] = []

    def add(self, fault: Fault, times: int = 1) -> None:
        """Let the next *times* requests that match have *fault*."""
        self.pending.extend([fault] * times)

    def take(self, method: str, path: str) -> Fault | None:
        """Return the first fault for this request and forget it; None if it shall be answered."""
        for index, fault in enumerate(self.pending):
            if re.search(fault.route, f"{method} {path}"):
                return self.pending.pop(index)
        return None
