"""PDFs as small as they can be, written by hand: lines of text at their places, and files that mean harm."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Written:
    """A line of text: what it says, where its baseline is in points from the top, and how it looks."""

    text: str
    top: float
    left: float = 72
    size: float = 11
    font: str = "F1"


BOLD, MONO = "F2", "F3"
FONTS = {"F1": "Helvetica", BOLD: "Helvetica-Bold", MONO: "Courier"}
HEIGHT = 800


def page(*lines: str | Written) -> str:
    """Return the drawing of a page; plain texts stand below each other."""
    placed = (line if isinstance(line, Written) else Written(line, 100 + 14 * n) for n, line in enumerate(lines))
    return "\n".join(map(_shown, placed))


def read_of(*pages: Sequence[Sequence[object]]) -> dict[str, object]:
    """Return what the reader finds in a file of these pages, given their lines."""
    return {"title": "", "outline": [], "left": 0, "cut": False, "pages": [[600, 800, rows] for rows in pages]}


def pdf(*pages: str | bytes, info: Mapping[str, str] | None = None, more: Mapping[int, bytes] | None = None) -> bytes:
    """Return a file with these drawings; *more* are objects by number, from 100 on or in place of others."""
    fonts = " ".join(f"/{key} << /Type /Font /Subtype /Type1 /BaseFont /{name} >>" for key, name in FONTS.items())
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R /Outlines 100 0 R >>"}
    kids = " ".join(f"{10 + 2 * number} 0 R" for number in range(len(pages)))
    objects[2] = f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} /MediaBox [0 0 600 {HEIGHT}] >>".encode()
    for number, drawing in enumerate(pages):
        place = 10 + 2 * number
        objects[place] = (
            f"<< /Type /Page /Parent 2 0 R /Contents {place + 1} 0 R /Resources << /Font << {fonts} >> >> >>".encode()
        )
        objects[place + 1] = drawing if isinstance(drawing, bytes) else stream(drawing.encode("latin-1"))
    said = " ".join(f"/{key} ({value})" for key, value in (info or {}).items())
    objects[3] = f"<< {said} >>".encode()
    return file_of({**objects, **(more or {})}, "/Root 1 0 R /Info 3 0 R")


def stream(content: bytes, filters: str = "") -> bytes:
    return b"<< /Length %d %s >> stream\n%s\nendstream" % (len(content), filters.encode(), content)


def file_of(objects: Mapping[int, bytes], trailer: str) -> bytes:
    """Return a file of these objects, with its table of places."""
    out, places = b"%PDF-1.4\n", {}
    for number, content in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = "".join(f"{number} 1\n{place:010d} 00000 n \n" for number, place in places.items())
    end = f"xref\n0 1\n0000000000 65535 f \n{table}trailer\n<< /Size 1000 {trailer} >>\nstartxref\n{len(out)}\n%%EOF"
    return out + end.encode()


def outline(entries: Sequence[tuple[str, int]]) -> dict[int, bytes]:
    """Return the objects of an outline whose entries lead to pages counted from 1."""
    objects = {100: b"<< /First 101 0 R /Last %d 0 R >>" % (100 + len(entries))}
    for number, (title, target) in enumerate(entries, start=101):
        following = f"/Next {number + 1} 0 R" if number < 100 + len(entries) else ""
        entry = f"<< /Title ({title}) /Parent 100 0 R {following} /Dest [{8 + 2 * target} 0 R /Fit] >>"
        objects[number] = entry.encode()
    return objects


def locked() -> bytes:
    """Return a file that opens with no password that anybody could guess."""
    key = "/Filter /Standard /V 1 /R 2 /P -4 /O <" + "41" * 32 + "> /U <" + "42" * 32 + ">"
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [] /Count 0 >>"}
    return file_of({**objects, 4: f"<< {key} >>".encode()}, "/Root 1 0 R /Encrypt 4 0 R /ID [<00> <00>]")


def looping() -> bytes:
    """Return a file whose pages contain themselves."""
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"}
    return file_of(objects, "/Root 1 0 R")


def bomb(megabytes: int = 3_000) -> bytes:
    """Return a file of a few MB with a page that unpacks to *megabytes*."""
    packer = zlib.compressobj(9)
    packer.compress(b" " * 2**20)
    packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b" " * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    begin = zlib.compressobj(9)
    head = begin.compress(b" ") + begin.flush(zlib.Z_FULL_FLUSH)
    return pdf(stream(head + block * megabytes, "/Filter /FlateDecode"))


def _shown(line: Written) -> str:
    text = line.text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /{line.font} {line.size} Tf 1 0 0 1 {line.left} {HEIGHT - line.top} Tm ({text}) Tj ET"
