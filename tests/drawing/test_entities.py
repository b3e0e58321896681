"""Names of texts in an SVG are put in where they are plain; nothing grows, and nothing comes from elsewhere."""

from xml.etree import ElementTree as ET

import pytest

from drawing import entities
from drawing.entities import EntityError

LONGEST = 10_000


def document(declared, body="<a>&n;</a>"):
    return f"<!DOCTYPE a [{declared}]>{body}"


def read(declared, body="<a>&n;</a>"):
    return ET.fromstring(entities.put_in(document(declared, body), LONGEST))  # noqa: S314 - what is tested is that


@pytest.mark.parametrize("declared", ['<!ENTITY n "text">', "<!ENTITY n 'text'>", '<!ENTITY\n\tn  "text" >'])
def test_plain_text_is_put_in(declared):
    assert read(declared).text == "text"


def test_name_of_a_space_is_put_in():
    assert read('<!ENTITY n "http://a.example/">', '<a xmlns="&n;"/>').tag == "{http://a.example/}a"


def test_value_does_not_leave_the_quotes_around_it():
    found = read("""<!ENTITY n '" onload="alert(1)'>""", '<a title="&n;"/>')
    assert found.attrib == {"title": '" onload="alert(1)'}


def test_of_two_of_one_name_the_first_counts():
    assert read('<!ENTITY n "one"><!ENTITY n "two">').text == "one"


def test_what_has_no_names_stays_as_it_is():
    assert entities.put_in("<a>&amp;</a>", 1) == "<a>&amp;</a>"


def test_name_that_was_not_declared_is_left_to_the_reader():
    with pytest.raises(ET.ParseError):
        read('<!ENTITY m "text">')


@pytest.mark.parametrize("declared", [
    '<!ENTITY n SYSTEM "file:///etc/hostname">', '<!ENTITY n PUBLIC "x" "http://127.0.0.1/">',
    '<!ENTITY m "xx"><!ENTITY n "&m;&m;&m;">', '<!ENTITY n "&#60;script>">', '<!ENTITY % n "x">', '<!ENTITY n "<b/>">',
    '<!ENT<!ENTITY m "x">ITY n SYSTEM "file:///etc/hostname">', f'<!ENTITY n "{"x" * 1_001}">',
    f'<!ENTITY {"n" * 65} "x">', "".join(f'<!ENTITY n{number} "x">' for number in range(101)),
])  # fmt: skip
def test_whatever_else_is_declared_is_refused(declared):
    with pytest.raises(EntityError):
        entities.put_in(document(declared), LONGEST)


def test_declaration_that_a_value_would_make_is_refused():
    with pytest.raises(EntityError):
        entities.put_in('<!DOCTYPE a [<!ENTITY n "ENTITY x SYSTEM ">]><a><!&n;></a>', LONGEST)


def test_text_that_would_be_too_long_is_not_even_made():
    with pytest.raises(EntityError):
        entities.put_in(document(f'<!ENTITY n "{"x" * 1_000}">', "<a>" + "&n;" * 3_000_000 + "</a>"), 3_000_000)
