"""Pages are small: print sharp in few tones, photographs as photographs, and turning them costs nothing."""

from __future__ import annotations

import pytest
from PIL import Image

from app.domain.attachments import Media
from app.usecases.scans import read_images, rotate
from tests.pictures import a_page, a_scene, file_of, is_alike, shown


def test_a_page_of_print_is_small_and_sharp():
    (grey,) = read_images(file_of(a_page(dpi=150), "JPEG", quality=92), "x")
    (sealed,) = read_images(file_of(a_page(dpi=150, seal=True), "JPEG", quality=92), "x")
    assert grey.sheet.media is sealed.sheet.media is Media.PNG
    assert grey.sheet.size < 200 * 1024
    assert sealed.sheet.size < 260 * 1024
    assert is_alike(shown(sealed), a_page(dpi=150, seal=True))
    colours = shown(sealed).getcolors(64)
    assert colours is not None
    assert any(red > 150 and green < 100 for _, (red, green, _) in colours)  # type: ignore[misc]


def test_a_page_of_nothing_but_grain_is_kept_as_what_is_smaller():
    dots = Image.effect_noise((1600, 1600), 100).point(lambda tone: 255 * (tone > 110))
    (scan,) = read_images(file_of(dots), "x")
    assert scan.sheet.is_sound


def test_what_a_scanner_gave_in_black_and_white_stays_as_it_is():
    black = a_page(dpi=100).convert("L").point(lambda tone: 255 * (tone > 128)).convert("1")
    (scan,) = read_images(file_of(black, "TIFF", compression="group4"), "x")
    assert shown(scan).tobytes() == black.convert("RGB").tobytes()
    assert scan.sheet.size < 40 * 1024


def test_a_photograph_keeps_its_tones():
    (scan,) = read_images(file_of(a_scene(), "JPEG", quality=95), "x")
    assert scan.sheet.media is Media.JPEG
    assert is_alike(shown(scan), a_scene())


def test_a_portrait_on_a_page_of_print_is_not_broken_into_four_greys():
    page = a_page(dpi=150).copy()
    page.paste(a_scene(165, 215).convert("L").convert("RGB"), (900, 300))
    (scan,) = read_images(file_of(page), "x")
    assert scan.sheet.media is Media.JPEG


@pytest.mark.parametrize("picture", [a_page(dpi=60), a_page(dpi=60, seal=True), a_scene(200, 120)])
def test_a_page_turned_four_times_is_the_page(picture: Image.Image):
    (scan,) = read_images(file_of(picture), "x")
    once = rotate(scan, 90)
    assert (once.sheet.width, once.sheet.height) == (scan.sheet.height, scan.sheet.width)
    assert is_alike(shown(once), shown(scan).transpose(Image.Transpose.ROTATE_270))
    assert rotate(scan, 360) is scan
    again = rotate(rotate(rotate(once, 90), 90), 90)
    assert is_alike(shown(again), shown(scan))
    assert again.sheet.size < scan.sheet.size * 1.3
    assert rotate(scan, -90).sheet.digest == rotate(scan, 270).sheet.digest
