"""Formulas as a line of Unicode, for running text and for whoever cannot see the picture.

Made from the engine's tree, so that what belongs together stays so: ``x^{a+b}`` is ``x^(a + b)``, never ``x^a + b``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from drawing.engine import FormulaError, tree
from drawing.latex import LONGEST, bare, normal

Node = Mapping[str, Any]

_DEFINES: Final = re.compile(
    r"\\(?:(?:re|provide)?(?:new)?command|[gex]?def|let|newenvironment|DeclareMathOperator)(?![A-Za-z])"
)
"""What lets a formula of 200 characters become one of a million: that is for the process of its own that draws it."""
_PICTURE_CHARACTERS: Final = 90
_PICTURE_FRACTIONS: Final = 3
_LONGEST_SCRIPT: Final = 5
_RAISED: Final = dict(
    zip("0123456789+-−=()inabcdefghjklmoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδθφχ∗*′",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁱⁿᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᶿᵠᵡ**′", strict=True)
)  # fmt: skip
_LOWERED: Final = dict(
    zip("0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True)
)
_STYLES: Final = {"double-struck": "DOUBLE-STRUCK", "calligraphic": "SCRIPT", "script": "SCRIPT"}
_DOUBLE_STRUCK: Final = {"E": "𝔼", "1": "𝟙"}
"""Of those that old phones lack, the ones that mean something of their own."""
_SPACED: Final = {"bin", "rel"}
_BRACKETS: Final = {"p-matrix": ("(", ")"), "v-matrix": ("|", "|"), "cases": ("{", "}")}
_FACTORS: Final = frozenset("(√∑∏∫")
_SQUARE: Final = ("[", "]")
_NONE: Final = ("", "")


def line(written: str) -> str | None:
    """Return the formula on one line of plain text; None if it is too long, defines commands or cannot be read.

    Args:
        written: LaTeX, with its delimiters or without.
    """
    tex = normal(bare(written))
    if not tex or len(tex) > LONGEST or _DEFINES.search(tex):
        return None
    try:
        return _tidy(_Line().of(tree(tex)))
    except FormulaError:
        return None


def fits_a_line(written: str, shown: str) -> bool:
    """Return whether *shown*, made of the formula *written*, reads well in running text; else it wants a picture."""
    return len(shown) <= _PICTURE_CHARACTERS and written.count("\\frac") < _PICTURE_FRACTIONS


def _tidy(text: str) -> str:
    plain = "".join(_plain(character) for character in text)
    return " ".join(plain.split())


def _plain(character: str) -> str:
    """Return the plain letter of a mathematical one: old phones have none of those."""
    kept = not "\U0001d400" <= character <= "\U0001d7ff" or character in _DOUBLE_STRUCK.values()
    return character if kept else unicodedata.normalize("NFKC", character)


class _Line:
    """Writes a tree; it knows a way for each type of node, and writes the parts of the others one after another."""

    def __init__(self) -> None:
        self._ways: Mapping[str, Callable[[Node], str]] = {
            "identifier": self._identifier,
            "number": lambda node: str(node["value"]),
            "operator": self._operator,
            "large-operator": lambda node: str(node["symbol"]),
            "function": lambda node: str(node["name"]),
            "text": self._text,
            "space": lambda node: " " if float(node.get("em", 0)) > 0 else "",
            "scripts": self._scripts,
            "fraction": self._fraction,
            "root": self._root,
            "delimited": self._delimited,
            "accent": self._accent,
            "bar": lambda node: self.of(node["base"]) + ("\u0305" if node.get("above") else "\u0332"),
            "brace": lambda node: self._annotated(node, "label"),
            "arrow": lambda node: f" {node['symbol']}{self._mark('^', node.get('above'))} ",
            "table": self._table,
            "phantom": lambda _node: "",
        }

    def of(self, node: Node | None) -> str:
        """Return the line of *node* and all in it."""
        if not node:
            return ""
        way = self._ways.get(str(node.get("type")))
        if way is not None:
            return way(node)
        inner = [*node.get("children", ()), *(node[key] for key in ("base", "sub", "sup") if key in node)]
        return self._joined(inner)

    def _joined(self, nodes: Sequence[Node]) -> str:
        out: list[str] = []
        for node in nodes:
            text = self.of(node)
            before = nodes[len(out) - 1] if out else None
            if before is None or out[-1].endswith(("(", "[", "{")):
                text = text.lstrip()  # a sign before the first number is no sum
                text = f"{text[0]}{text[1:].lstrip()}" if node.get("class") == "bin" and text else text
            elif text[:1].isalnum() or text[:1] in _FACTORS:
                out[-1] = _before_factor(out[-1], before)
                # sin x, log p and a sum of p are two words; f(x) and softmax(x) are one. W_q x is no W_qx.
                apart = text[:1].isalnum() and (_is_word(before) or "_" in out[-1])
                text = f" {text}" if apart else text
            out.append(text)
        return "".join(out)

    def _identifier(self, node: Node) -> str:
        name, kind = str(node["name"]), _STYLES.get(str(node.get("variant")))
        if kind is None or len(name) != 1:
            return name
        try:
            return unicodedata.lookup(f"{kind} CAPITAL {name}")
        except KeyError:
            return _DOUBLE_STRUCK.get(name, name) if kind == "DOUBLE-STRUCK" else name

    def _operator(self, node: Node) -> str:
        symbol = str(node["symbol"])
        if node.get("class") in _SPACED and symbol not in {"/", "∣", "|"}:
            return f" {symbol} "
        return f"{symbol} " if node.get("class") == "punct" else symbol

    def _text(self, node: Node) -> str:
        parts = node.get("parts")
        return (
            "".join(part if isinstance(part, str) else self.of(part) for part in parts) if parts else str(node["value"])
        )

    def _scripts(self, node: Node) -> str:
        return self.of(node["base"]) + self._mark("_", node.get("sub")) + self._mark("^", node.get("sup"))

    def _mark(self, sign: str, script: Node | None) -> str:
        if not script:
            return ""
        text = _tidy(self.of(script))
        tight = text.replace(" ", "")
        letters = _RAISED if sign == "^" else _LOWERED
        if 0 < len(tight) <= _LONGEST_SCRIPT and all(letter in letters for letter in tight):
            return "".join(letters[letter] for letter in tight)
        return f"{sign}{text}" if text.isalnum() or len(text) == 1 else f"{sign}({text})"

    def _fraction(self, node: Node) -> str:
        over, under = self._grouped(node["num"]), self._grouped(node["den"])
        return f"{over} {under}" if node.get("rule") is False else f"{over}/{under}"

    def _grouped(self, node: Node) -> str:
        text = _tidy(self.of(node))
        return text if _is_one(text) else f"({text})"

    def _root(self, node: Node) -> str:
        text = self._grouped(node["radicand"])
        return f"{self._mark('^', node.get('index'))}√{text}"

    def _delimited(self, node: Node) -> str:
        return str(node.get("open") or "") + self._joined(node.get("parts", ())) + str(node.get("close") or "")

    def _accent(self, node: Node) -> str:
        base = self.of(node["base"])
        return unicodedata.normalize("NFC", base + str(node["accent"])) if len(base) == 1 else f"{base}{node['accent']}"

    def _annotated(self, node: Node, key: str) -> str:
        label = _tidy(self.of(node.get(key)))
        return self.of(node["base"]) + (f" [{label}]" if label else "")

    def _table(self, node: Node) -> str:
        rows = (
            ", ".join(filter(None, (_tidy(self.of(cell)).rstrip(",") for cell in _cells(row)))) for row in node["rows"]
        )
        shape = str(node.get("shape"))
        opening, closing = _BRACKETS.get(shape, _SQUARE if "matrix" in shape else _NONE)
        return f"{opening}{'; '.join(rows)}{closing}"


def _cells(row: Any) -> Sequence[Node]:
    return row if isinstance(row, list) else row.get("cells", ())


def _before_factor(text: str, node: Node) -> str:
    """Return *text* so that what follows is a factor beside it, not of what is under its stroke: (8/3)d."""
    return f"({text})" if node.get("type") == "fraction" and "/" in text else text


def _is_word(node: Node) -> bool:
    """Return whether *node* is the name of a function or a sign such as that of a sum, with its limits or without."""
    return node.get("type") in {"function", "large-operator"} or (
        node.get("type") == "scripts" and _is_word(node["base"])
    )


def _is_one(text: str) -> bool:
    """Return whether *text* stays one thing beside a stroke or under a root."""
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        return True
    return not any(sign in text for sign in " /+−-·×=,")
