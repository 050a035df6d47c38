"""Enrolment codes, and pictures of them."""

import io
import secrets
from typing import Any

import zxingcpp
from PIL import Image

from sync.enrolment_code import EnrolmentCode, write_code


def a_code(**said) -> str:
    """A code as a centre gives it; nobody answers at its address."""
    code: dict[str, Any] = {
        "url": "https://127.0.0.1:1",
        "secret": secrets.token_bytes(16),
        "fingerprint": bytes(32),
        "region": "450305200201",
        "station": "湖塘村政务服务站",
        "tier": 1,
        "expires_ms": 4_000_000_000_000,
    }
    return write_code(EnrolmentCode(**(code | said)))


def qr(text: str, *, scale: int = 4) -> Image.Image:
    """A picture of a QR code with its quiet zone."""
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    return Image.fromarray(zxingcpp.write_barcode_to_image(barcode, scale=scale))


def packed(picture: Image.Image, form: str = "PNG", **how) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, form, **how)
    return buffer.getvalue()
