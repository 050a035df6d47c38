"""Pages as a scanner or a telephone gives them, for tests of scans."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

import resources
from app.usecases.scan_encoding import Scan
from app.usecases.scans import read_images

_TEXT = "申请人应当如实向行政机关提交有关材料和反映真实情况并对其申请材料实质内容的真实性负责"
_FONT = Path(resources.__file__).parent / "fonts" / "NotoSerifSC-Regular.ttf"


def file_of(picture: Image.Image, kind: str = "PNG", **said: Any) -> bytes:
    into = io.BytesIO()
    picture.save(into, kind, **said)
    return into.getvalue()


@cache
def a_page(*, dpi: int = 150, seal: bool = False, seed: int = 1) -> Image.Image:
    """A page full of print, A4, as a flatbed scanner sees it: paper that is not quite white, and grain."""
    width, height, size = int(8.27 * dpi), int(11.69 * dpi), dpi * 11 // 72
    page = Image.new("RGB", (width, height), (250, 249, 245))
    pen, font, random = ImageDraw.Draw(page), ImageFont.truetype(str(_FONT), size), Random(seed)
    edge = int(0.8 * dpi)
    for top in range(edge, height - edge, size * 3 // 2):
        line = "".join(random.choice(_TEXT) for _ in range((width - 2 * edge) // size))
        pen.text((edge, top), line, fill=(20, 20, 25), font=font)
    if seal:
        middle, radius = (width * 2 // 3, height * 3 // 4), int(0.8 * dpi)
        box = (middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius)
        pen.ellipse(box, outline=(205, 40, 45), width=max(2, dpi // 20))
    return grained(page, 8)


def grained(picture: Image.Image, sigma: float) -> Image.Image:
    grain = Image.effect_noise(picture.size, sigma)
    bands = [ImageChops.add(band, grain, 1, -128) for band in picture.split()]
    return Image.merge(picture.mode, bands).filter(ImageFilter.GaussianBlur(0.7))


@cache
def a_scene(width: int = 900, height: int = 600) -> Image.Image:
    """What has tones of its own: light that fades, and colours that run into each other."""
    across = Image.linear_gradient("L").resize((width, height))
    down = across.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    radial = Image.radial_gradient("L").resize((width, height))
    return grained(Image.merge("RGB", (across, radial, down)), 10)


@cache
def some_scans(number: int = 1) -> tuple[Scan, ...]:
    """Small ones, each another."""
    return tuple(
        one
        for n in range(number)
        for one in read_images(file_of(a_scene(64 + n, 48), "JPEG"), "x.jpg")
    )


def shown(scan: Scan) -> Image.Image:
    with Image.open(io.BytesIO(scan.content)) as opened:
        opened.load()
        return opened.convert("RGB")


def is_alike(one: Image.Image, other: Image.Image) -> bool:
    """Seen from a distance."""
    here, there = (
        picture.convert("L").resize((8, 8), Image.Resampling.BOX) for picture in (one, other)
    )
    return all(abs(a - b) < 16 for a, b in zip(here.tobytes(), there.tobytes(), strict=True))
