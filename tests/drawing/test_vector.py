"""SVG of the notes is drawn, and shows, loads and runs nothing but what stands in it."""

import base64
import contextlib
import socket
import threading

import pytest
from PIL import Image

from drawing import photos, prints, raster, vector
from drawing.vector import VectorError
from knowledge.confined import ConfinedError
from tests.drawing.files import line, opened, photo, promising, saved, svg

MANY = 10 * 1024 * 1024
INK = '<rect width="10" height="10" fill="#123456"/>'


def drawn(data):
    return opened(prints.unpack(photos.ready(data, MANY).data).content)


def reds(picture):
    return sum(count for count, (r, g, b) in picture.convert("RGB").getcolors(1 << 24) if r > 200 and max(g, b) < 60)


def data_address(content, kind="png"):
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def test_drawing_becomes_a_picture_of_twice_its_size_on_a_ground():
    made = drawn(svg(INK))
    assert (made.format, made.size) == ("PNG", (200, 100))
    assert made.convert("RGB").getpixel((199, 99)) == (255, 255, 255)
    assert made.convert("RGB").getpixel((5, 5)) == (0x12, 0x34, 0x56)


def test_light_ink_stands_on_a_dark_ground():
    assert drawn(svg('<rect width="10" height="10" fill="white"/>')).convert("RGB").getpixel((199, 99)) == (43, 45, 49)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ('width="30pt" height="15pt"', (80, 40)),
        ('width="1in" height="96px"', (192, 192)),
        ('viewBox="0 0 40 20"', (80, 40)),
        ('width="100%" viewBox="0 0 40 20"', (80, 40)),
        ('width="80" viewBox="0 0 40 20"', (160, 80)),
        ('height="40" viewBox="0 0 40 20"', (160, 80)),
        ("", (600, 300)),
        ('width="100000" height="50000"', (2000, 1000)),
        ('width="1e9" height="1"', (2000, 1)),
        ('width="0.001" height="0.001"', (1, 1)),
    ],
)
def test_size_is_what_it_says_within_bounds(size, expected):
    assert vector.safe(svg(INK, size))[1:] == expected


@pytest.mark.parametrize(
    "size",
    [
        'width="0" height="9"',
        'width="-3" height="9"',
        'width="1e999" height="9"',
        'viewBox="0 0 0 0"',
        'viewBox="0 0 nan 9"',
        'viewBox="0 0 inf 9"',
    ],
)
def test_drawing_without_a_size_is_refused(size):
    with pytest.raises(VectorError):
        vector.safe(svg(INK, size))


@pytest.fixture
def canary(tmp_path):
    (tmp_path / "canary.png").write_bytes(saved(Image.new("RGB", (99, 40), "red"), "PNG"))
    (tmp_path / "canary.svg").write_bytes(svg('<rect id="a" width="100" height="50" fill="red"/>'))
    return tmp_path


@pytest.mark.parametrize(
    "body",
    [
        '<image href="{at}/canary.png" width="99" height="40"/>',
        '<image xlink:href="{at}/canary.png" width="99" height="40"/>',
        '<image href="file://{at}/canary.png" width="99" height="40"/>',
        '<image href=" {at}/canary.svg" width="99" height="40"/>',
        '<image href="#" xml:base="{at}/canary.png" width="99" height="40"/>',
        '<use href="{at}/canary.svg#a"/>',
        '<filter id="f"><feImage href="{at}/canary.png"/></filter><rect width="99" height="40" filter="url(#f)"/>',
        '<rect width="99" height="40" fill="url({at}/canary.svg#a)"/>',
        '<style>@import "{at}/a.css"; rect {{fill: url({at}/canary.svg#a)}}</style><rect width="9" height="9"/>',
        '<foreignObject width="99" height="40"><img xmlns="http://www.w3.org/1999/xhtml" src="{at}/canary.png"/>'
        "</foreignObject>",
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{at}/canary.svg"/>',
    ],
)
def test_no_file_of_the_machine_is_shown(canary, body):
    assert reds(drawn(svg(INK + body.format(at=canary)))) == 0


def test_renderer_itself_would_show_a_file(canary):
    raw = svg(f'<image href="{canary}/canary.png" width="99" height="40"/>').decode()
    assert reds(opened(raster.png(raw, 100, 50))) > 1000


def test_drawing_in_a_drawing_shows_no_file_either(canary):
    inner = svg(f'<image href="{canary}/canary.png" width="99" height="40"/>')
    assert reds(drawn(svg(INK + f'<image href="{data_address(inner, "svg+xml")}" width="99" height="40"/>'))) == 0
    assert reds(drawn(svg(INK + f'<image href="{data_address(inner)}" width="99" height="40"/>'))) == 0


def test_picture_inside_the_drawing_is_shown():
    inside = data_address(saved(photo(), "PNG"))
    assert reds(drawn(svg(f'<image href="{inside}" width="60" height="40"/>'))) > 1000


@pytest.fixture
def server():
    """Yield the address of a server that takes note of who connects."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        seen = []

        def listen():
            while True:
                try:
                    connection, address = listening.accept()
                except OSError:
                    return
                seen.append(address)
                connection.close()

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", seen
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()


def test_nothing_is_asked_of_the_network(confined, server):
    address, seen = server
    body = (
        f'<image href="{address}/a.png" width="9" height="9"/><use href="{address}/a.svg#a"/>'
        f"<style>@import url({address}/a.css); @font-face {{font-family: x; src: url({address}/f.ttf)}}</style>"
        f'<text font-family="x" y="20">a</text><script href="{address}/a.js"/>'
    )
    before = f'<?xml-stylesheet href="{address}/a.css"?><!DOCTYPE svg SYSTEM "{address}/a.dtd">'
    confined.run(photos.ready, MANY, data=svg(body, before=before))
    assert seen == []


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE svg [<!ENTITY a "xx"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE svg [<!ENTITY % a SYSTEM "http://127.0.0.1/a.dtd"> %a;]>',
    ],
)
def test_entities_are_refused(before):
    with pytest.raises(VectorError):
        vector.safe(svg("<text>&a;</text>" if "%" not in before else "", before=before))


def test_drawing_of_illustrator_is_drawn():
    names = '<!DOCTYPE svg [\n\t<!ENTITY ns_svg "http://www.w3.org/2000/svg">\n\t<!ENTITY ink "#123456">\n]>'
    made = drawn(
        f'{names}<svg xmlns="&ns_svg;" width="9" height="9"><rect fill="&ink;" width="5" height="5"/></svg>'.encode()
    )
    assert made.convert("RGB").getpixel((1, 1)) == (0x12, 0x34, 0x56)


def test_scripts_and_what_listens_are_left_out():
    made, _, _ = vector.safe(svg('<script>alert(1)</script><rect onclick="alert(2)" width="9" height="9"/>'))
    assert "alert" not in made


@pytest.mark.parametrize(
    "asked", ['font-family="Nowhere Sans"', 'style="font-family: Nowhere; fill: red"', 'class="t"']
)
def test_letters_are_drawn_though_their_font_is_not_here(asked):
    style = "<style>.t {font-family: Nowhere; fill: red}</style>"
    assert reds(drawn(svg(f'{style}<text y="30" font-size="30" fill="red" {asked}>Ab中文</text>'))) > 300


@pytest.mark.parametrize(
    "data", [b"<html><svg/></html>", b"<svg/>", b"<svg", b"<a/>", b"<", b"<\xff\xfe", b"< ?xml ?>"]
)
def test_what_is_no_svg_is_refused(data):
    with pytest.raises(VectorError):
        vector.safe(data)


BOMBS = {
    "deep": svg("<g>" * 50_000 + "</g>" * 50_000),
    "uses": svg(
        '<g id="a0"><rect width="1" height="1"/></g>'
        + "".join(f'<g id="a{n}">{f"""<use href="#a{n - 1}"/>""" * 10}</g>' for n in range(1, 12))
        + '<use href="#a11"/>'
    ),
    "itself": svg('<g id="a"><use href="#a"/></g><use href="#a"/>'),
    "blur": svg(
        '<filter id="f"><feGaussianBlur stdDeviation="900"/></filter><rect width="99" height="49" filter="url(#f)"/>'
    ),
    "picture": svg(f'<image href="{data_address(promising(30_000, 30_000))}" width="9" height="9"/>'),
    "long": svg("<g/>" * 1_000_000),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_bomb_costs_one_picture_at_most(confined, bomb):
    with contextlib.suppress(ConfinedError):
        confined.run(photos.ready, MANY, data=BOMBS[bomb])
    assert confined.run(photos.ready, MANY, data=saved(line("orange"), "PNG")).value == [200, 100]
