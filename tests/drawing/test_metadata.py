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


@pytest.mark.parametrize("cut", range(1, 13))
def test_png_without_its_end_is_given_one(cut):
    data = saved(photo(), "PNG")
    assert metadata.without(data[:-cut], "PNG") == data


def test_png_that_ends_in_its_pixels_is_refused():
    with pytest.raises(BrokenError):
        metadata.without(saved(photo(), "PNG")[:-13], "PNG")


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_animation_keeps_its_frames(kind):
    assert opened(metadata.without(animation(kind), kind)).n_frames == 4


def test_webp_no_longer_says_that_it_holds_what_is_gone():
    bare = metadata.without(saved(photo(), "WEBP", exif=exif(), xmp=SECRET), "WEBP")
    assert SECRET not in bare
    assert PHONE.encode() not in bare
    assert bare[20] & 0x0C == 0


def extended(data, *extensions):
    """Return a GIF with more extensions after its colours, each a label and its parts."""
    at = 13 + (3 << (data[10] & 7) + 1)
    made = (bytes([0x21, label]) + b"".join(bytes([len(one)]) + one for one in parts) for label, parts in extensions)
    return data[:at] + b"".join(one + b"\0" for one in made) + data[at:]


@pytest.mark.parametrize(
    "extension", [(0xFE, [SECRET, SECRET]), (0xFF, [b"XMP DataXMP", SECRET]), (0x01, [b"x" * 12, SECRET])]
)
def test_every_text_in_a_gif_goes(extension):
    data = animation()
    assert metadata.without(extended(data, extension), "GIF") == data


def test_gif_keeps_its_frames_their_times_and_that_it_goes_on():
    data = animation(loop=0)
    bare = opened(metadata.without(extended(data, (0xFE, [SECRET])), "GIF"))
    assert (bare.n_frames, bare.info["duration"], bare.info["loop"]) == (4, 50, 0)


@pytest.mark.parametrize("behind", [SECRET, b"\0" * 9])
def test_what_stands_behind_the_end_of_a_gif_goes(behind):
    data = animation()
    assert metadata.without(data + behind, "GIF") == data


def test_bytes_between_the_blocks_of_a_gif_are_passed_over():
    data = saved(photo(mode="P"), "GIF")
    assert metadata.without(data[:-1] + SECRET + data[-1:], "GIF") == data


def test_gif_cut_anywhere_is_no_more_than_it_was():
    data = extended(animation(), (0xFE, [SECRET]))
    for end in range(13, len(data), 7):
        assert len(metadata.without(data[:end], "GIF")) <= end


@pytest.mark.parametrize("end", [b"\0", b"\xd9", b""])
def test_bytes_that_fill_up_a_jpeg_are_read_once(end):
    data = saved(photo(), "JPEG")[:-2]
    begun = metadata.without(data + b"\xff" * 1_000_000 + end, "JPEG")
    assert begun[: len(data)] == data


def test_bytes_that_fill_up_the_head_of_a_jpeg_are_read_once():
    with pytest.raises(BrokenError):
        metadata.without(b"\xff\xd8" + b"\xff" * 1_000_000 + b"\0", "JPEG")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_file_that_tells_nothing_stays_as_it_is(kind):
    data = saved(photo(), kind)
    assert metadata.without(data, kind) == data


@pytest.mark.parametrize(
    ("kind", "data"), [("PNG", b"\x89PNG\r\n\x1a\n\0\0"), ("JPEG", b"\xff\xd8\0\0"), ("JPEG", b"\xff\xd8")]
)
def test_what_is_not_built_as_its_kind_is_refused(kind, data):
    with pytest.raises(BrokenError):
        metadata.without(data, kind)
