"""Pictures of the notes are made ready for a chat: upright, discreet, of a kind and size that it shows."""

import pytest
from PIL import UnidentifiedImageError

from drawing import photos, prints
from drawing.photos import PhotoError
from knowledge.confined import ConfinedError
from tests.drawing.files import PHONE, animation, exif, line, noise, opened, photo, promising, saved

MANY = 10 * 1024 * 1024


def ready(data, limit=MANY):
    return prints.unpack(photos.ready(data, limit).data)


def pixel(picture, x, y):
    return picture.convert("RGB").getpixel((x, y))


def is_red(colour):
    return colour[0] > 200 and max(colour[1:]) < 60


@pytest.mark.parametrize(("kind", "suffix"), [("PNG", ".png"), ("JPEG", ".jpg"), ("GIF", ".gif"), ("WEBP", ".webp")])
def test_picture_that_a_chat_shows_goes_out_as_it_is(kind, suffix):
    made = ready(saved(photo(), kind))
    assert (made.content, made.suffix, made.still) == (b"", suffix, False)


def test_png_without_its_end_goes_out_with_one():
    data = saved(photo(), "PNG")
    assert ready(data[:-12]).content == data


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "AVIF"])
def test_picture_of_another_kind_becomes_one_that_a_chat_shows(kind):
    made = opened(ready(saved(photo(), kind)).content)
    assert made.format in {"PNG", "JPEG"}
    assert made.size == (60, 40)
    assert is_red(pixel(made, 5, 5))


@pytest.mark.parametrize("mode", ["CMYK", "I;16", "F", "1", "LA", "PA", "LAB", "YCbCr"])
def test_pixels_of_every_form_become_what_a_chat_shows(mode):
    kind = "JPEG" if mode in {"CMYK", "YCbCr"} else "PNG" if mode == "I;16" else "TIFF"
    source = photo().convert("F").convert("I").convert(mode) if mode == "I;16" else photo(mode=mode)
    made = ready(saved(source, kind))
    assert made.content == b"" or opened(made.content).mode in {"L", "RGB", "RGBA"}


def test_sixteen_bits_keep_their_shades():
    grey = photo(mode="L").convert("I").point(lambda value: value * 257 + 0.0).convert("I;16")
    made = opened(ready(saved(grey, "PNG")).content)
    assert abs(made.getpixel((5, 5)) - photo(mode="L").getpixel((5, 5))) <= 2


@pytest.mark.parametrize(("turned", "corner"), [(3, (59, 39)), (6, (39, 0)), (8, (0, 59)), (2, (59, 0))])
def test_photo_is_turned_as_the_camera_was_held(turned, corner):
    made = opened(ready(saved(photo(), "JPEG", quality=100, exif=exif(turned))).content)
    assert is_red(pixel(made, *corner))
    assert made.getexif() == {}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_and_device_are_taken_off_and_no_pixel_changes(kind):
    data = saved(photo(), kind, exif=exif())
    made = ready(data).content
    assert PHONE.encode() in data
    assert PHONE.encode() not in made
    assert opened(made).tobytes() == opened(data).tobytes()


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_comment_of_a_photo_that_is_made_smaller_goes(mode):
    data = saved(photo(5000, 100, mode), "JPEG", comment=b"Anna, at home")
    made = ready(data).content
    assert opened(made).format == "JPEG"
    assert b"Anna" in data
    assert b"Anna" not in made


def test_comment_of_an_animation_goes():
    data = animation(comment=b"Anna, at home")
    made = ready(data)
    assert b"Anna" in data
    assert b"Anna" not in made.content
    assert (opened(made.content).n_frames, made.still) == (4, False)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_large_picture_becomes_small_enough_for_the_place(kind):
    made = ready(saved(noise(900, 700), kind), 100_000)
    assert 0 < len(made.content) <= 100_000
    assert opened(made.content).width > 200


def test_drawing_that_is_too_long_stays_without_loss():
    made = ready(saved(photo(5000, 100), "PNG"))
    assert (opened(made.content).format, opened(made.content).size) == ("PNG", (4096, 82))


def test_ink_that_can_be_seen_through_stays_so_when_it_is_made_smaller():
    cloud = noise(500, 500)
    cloud.putalpha(photo(500, 500, "L"))
    assert opened(ready(saved(cloud, "PNG"), 60_000).content).has_transparency_data


@pytest.fixture
def saving(monkeypatch):
    """Return the sizes of all pictures that are packed."""
    sizes = []
    save = photos._saved
    monkeypatch.setattr(photos, "_saved", lambda picture, form: (sizes.append(picture.size), save(picture, form))[1])
    return sizes


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_large_picture_is_not_packed_in_sizes_that_cannot_fit(saving, mode):
    cloud = noise(1_500, 1_200)
    if mode == "RGBA":
        cloud.putalpha(noise(1_500, 1_200).convert("L"))
    assert 0 < len(ready(saved(cloud, "PNG"), 300_000).content) <= 300_000
    assert len([size for size in saving if size != (512, 512)]) <= 3
    assert max(saving) < (1_050, 0)


def test_size_is_guessed_by_all_of_a_picture():
    picture = photo(2_000, 2_000)
    picture.paste(noise(300, 300), (850, 850))
    made = ready(saved(picture, "BMP"), 400_000)
    assert (made.suffix, opened(made.content).size) == (".png", (2_000, 2_000))


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_animation_goes_on_moving_where_it_is_small_enough(kind):
    made = ready(animation(kind))
    assert (made.content, made.still) == (b"", False)


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_animation_that_is_too_large_stands_still_and_says_so(kind):
    data = animation(kind, side=120, frames=8)
    made = ready(data, len(data) // 2)
    assert made.still
    assert opened(made.content).format in {"PNG", "JPEG"}


@pytest.mark.parametrize(("ink", "ground"), [("black", (255, 255, 255)), ("white", (43, 45, 49))])
def test_ink_that_vanishes_on_one_theme_gets_a_ground(ink, ground):
    made = opened(ready(saved(line(ink), "PNG")).content)
    assert pixel(made, 199, 0) == ground


def test_colours_that_are_seen_on_both_themes_get_no_ground():
    assert ready(saved(line("orange"), "PNG")).content == b""


@pytest.mark.parametrize(("width", "height"), [(30_000, 30_000), (2_000_000, 26), (8_000, 6_251)])
def test_header_that_promises_too_many_pixels_is_refused_before_they_are_there(width, height):
    with pytest.raises(PhotoError):
        ready(promising(width, height))


def test_picture_at_the_bound_fits_the_memory_of_its_process(confined):
    data = saved(photo(7_000, 7_000), "PNG")
    assert confined.run(photos.ready, MANY, data=data).value == [4096, 4096]


@pytest.mark.parametrize(
    "data", [b"", b"x", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"BM" + b"\0" * 60, b"II*\0" + b"\0" * 9]
)
def test_what_is_no_picture_is_refused(data):
    with pytest.raises((UnidentifiedImageError, OSError)):
        ready(data)


def test_kind_whose_reader_starts_programs_is_refused():
    with pytest.raises(UnidentifiedImageError):
        ready(saved(photo(), "EPS"))


def test_file_that_lies_about_its_kind_is_judged_by_its_content():
    assert ready(saved(photo(), "GIF")).suffix == ".gif"


def test_photo_that_is_cut_off_shows_what_there_is():
    data = saved(noise(200, 200), "JPEG")
    assert ready(data[: len(data) // 2]).suffix == ".jpg"


@pytest.mark.parametrize("cut", range(10, 400, 37))
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF"])
def test_file_cut_anywhere_costs_nothing_but_itself(confined, kind, cut):
    data = saved(photo(), kind, exif=exif(6))
    assert outcome(confined, data[: min(cut, len(data) - 1)]) not in {"time", "died"}


def outcome(confined, data):
    try:
        return str(confined.run(photos.ready, MANY, data=data).value)
    except ConfinedError as error:
        return error.kind


def test_picture_that_cannot_become_small_enough_is_refused():
    with pytest.raises(PhotoError):
        ready(saved(noise(300, 300), "JPEG"), 10)


def test_second_picture_that_a_phone_hides_in_a_photo_goes():
    data = saved(photo(), "MPO", save_all=True, append_images=[photo(20, 10)], exif=exif())
    made = opened(ready(data).content)
    assert (made.format, getattr(made, "n_frames", 1)) == ("JPEG", 1)
