"""A picture of the notes as it is sent: made ready for a chat, or just as its file is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from drawing.studio import Order

USUAL_BYTES: Final = 10 * 1024 * 1024
"""What Discord takes where nobody pays for more; whoever may send more is sent no larger picture for it."""


@dataclass(frozen=True, slots=True)
class Print:
    """A picture ready to be sent.

    Attributes:
        suffix: of its kind, which a chat goes by: ``.png``.
        still: it was animated and is now its first frame.
        content: empty if the file can go out as it is.
    """

    suffix: str
    still: bool = False
    content: bytes = b""

    def pack(self) -> bytes:
        """Return it as it is kept in a file: a line of JSON, then the content."""
        return json.dumps([self.suffix, self.still]).encode("ascii") + b"\n" + self.content


def unpack(packed: bytes) -> Print | None:
    """Return what ``pack`` took; None if it is something else."""
    line, _, content = packed.partition(b"\n")
    try:
        suffix, still = json.loads(line)
    except (ValueError, TypeError):  # also of a list of another length
        return None
    return Print(str(suffix), bool(still), content)


def order(file: bytes, limit_bytes: int) -> Order:
    """Return the order for a picture of the notes. What is drawn is a packed Print.

    Args:
        file: its content.
        limit_bytes: more is not to be sent. Rounded down, so that few sizes are kept of one picture.
    """
    from drawing import photos  # noqa: PLC0415 - Pillow would take its time of every start

    limit = USUAL_BYTES if limit_bytes >= USUAL_BYTES else 1 << max(limit_bytes.bit_length() - 1, 0)
    return Order(photos.ready, (limit,), file, slow=True)
