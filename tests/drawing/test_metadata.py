"""What a picture's file tells besides is taken off; what it needs to look right stays."""

import pytest
from PIL import ImageCms
from PIL.PngImagePlugin import PngInfo

from drawing import metadata
from drawing.metadata import BrokenError
from tests.drawing.files import PHONE, animation, exif, noise, opened, photo, saved

SECRET = b"taken at home"
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def with_segment(marker, content):
    """Return a JPEG with one more segment."""
    data = saved(photo(), "JPEG")
    return data[:2] + bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2, "big") + content + data[2:]


@pytest.mark.parametrize("marker", [0xE1, 0xE5, 0xED, 0xEF, 0xFE])
def test_every_telling_segment_of_a_jpeg_goes(marker):
    bare = metadata.without(with_segment(marker, SECRET), "JPEG")
    assert SECRET not in bare
    assert opened(bare).tobytes() == photo_of_jpeg().tobytes()


def photo_of_jpeg():
    return opened(saved(photo(), "JPEG"))


@pytest.mark.parametrize("progressive", [False, True])
def test_what_stands_behind_the_end_of_a_jpeg_goes(progressive):
    data = saved(noise(80, 80), "JPEG", progressive=progressive)
    assert metadata.without(data + SECRET, "JPEG") == data


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_profile_of_the_colours_stays(kind):
    data = saved(photo(), kind, icc_profile=PROFILE, exif=exif())
    assert opened(metadata.without(data, kind)).info["icc_profile"] == PROFILE


@pytest.mark.parametrize("packed", [False, True])
def test_texts_in_a_png_go(packed):
    told = PngInfo()
    told.add_text("Comment", SECRET.decode(), zip=packed)
    told.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    bare = metadata.without(saved(photo(), "PNG", pnginfo=told), "PNG")
    assert opened(bare).text == {}
    assert opened(bare).tobytes() == photo().tobytes()


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_animation_keeps_its_frames(kind):
    assert opened(metadata.without(animation(kind), kind)).n_frames == 4


def test_webp_no_longer_says_that_it_holds_what_is_gone():
    bare = metadata.without(saved(photo(), "WEBP", exif=exif(), xmp=SECRET), "WEBP")
    assert SECRET not in bare
    assert PHONE.encode() not in bare
    assert bare[20] & 0x0C == 0


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_file_that_tells_nothing_stays_as_it_is(kind):
    data = saved(photo(), kind)
    assert metadata.without(data, kind) == data


@pytest.mark.parametrize(
    ("kind", "data"), [("PNG", b"\x89PNG\r\n\x1a\n\0\0"), ("JPEG", b"\xff\xd8\0\0"), ("JPEG", b"\xff\xd8")]
)
def test_what_is_not_built_as_its_kind_is_refused(kind, data):
    with pytest.raises(BrokenError):
        metadata.without(data, kind)
