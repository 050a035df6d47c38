"""Pictures of characters as people bring them: scanned, photographed badly, white on black."""

from io import BytesIO

from PIL import Image, ImageChops, ImageDraw, ImageFont

import resources


def a_picture(
    character="龘",
    *,
    size=240,
    ink=20,
    paper=250,
    shade=False,
    font="NotoSerifSC-Regular",
    kind="PNG",
) -> bytes:
    """`shade`: one side is dark, as in a photograph."""
    picture = Image.new("L", (size, size), paper)
    face = ImageFont.truetype(str(resources.path(f"fonts/{font}.ttf")), size * 3 // 4)
    ImageDraw.Draw(picture).text((size // 8, size // 40), character, font=face, fill=ink)
    if shade:
        dark = (
            Image.linear_gradient("L")
            .resize((size, size))
            .point([110 + n // 2 for n in range(256)])
        )
        picture = ImageChops.multiply(picture, dark)
    out = BytesIO()
    picture.save(out, kind)
    return out.getvalue()
