"""Names that an SVG gives to texts of its own, as Illustrator does: put in place of themselves, within bounds.

What could grow, or be read from elsewhere, is refused: names in names, parameters, markup, and addresses.
"""

from __future__ import annotations

import re
from typing import Final

MOST: Final = 100
"""Names of one file."""
_LONGEST_NAME: Final = 64
_LONGEST_VALUE: Final = 1_000
_DECLARES: Final = "<!ENTITY"
_NAME: Final = rf"[A-Za-z_][\w.-]{{0,{_LONGEST_NAME - 1}}}"
_VALUE: Final = rf"\"([^\"&%<]{{0,{_LONGEST_VALUE}}})\"|'([^'&%<]{{0,{_LONGEST_VALUE}}})'"
_PLAIN: Final = re.compile(rf"{_DECLARES}\s{{1,99}}({_NAME})\s{{1,99}}(?:{_VALUE})\s{{0,99}}>", re.ASCII)
_USE: Final = re.compile(rf"&({_NAME});", re.ASCII)
_QUOTED: Final = {ord('"'): "&quot;", ord("'"): "&apos;"}


class EntityError(Exception):
    """There are names that may not be put in, or too many of them, or the text would be too long with them."""


def put_in(text: str, longest: int) -> str:
    """Return the XML *text* without declarations of entities, and their values where they were used.

    Args:
        text: may be hostile.
        longest: characters of what is returned.

    Raises:
        EntityError
    """
    if _DECLARES not in text:
        return text
    values: dict[str, str] = {}
    for name, one, other in _PLAIN.findall(text):
        values.setdefault(name, (one or other).translate(_QUOTED))  # of two of one name the first counts
    bare = _PLAIN.sub("", text)
    used = [values[name] for name in _USE.findall(bare) if name in values]
    if len(values) > MOST or len(bare) + sum(map(len, used)) > longest:
        raise EntityError("too many names, or too long with them")
    whole = _USE.sub(lambda use: values.get(use[1], use[0]), bare)
    if _DECLARES in whole:
        raise EntityError("names that are no plain texts")
    return whole
