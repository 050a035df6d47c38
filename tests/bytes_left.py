"""Every byte that a folder of ours holds, decrypted: what is not in there is really gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_PAGE = 4096
_RESERVED, _IV, _SALT = 80, 16, 16
_LOG_HEAD, _FRAME_HEAD = 32, 24


def holds(folder: Path, key: bytes, *words: str) -> set[str]:
    """Which of these words stand in some file of the folder, slack and free pages of its databases included."""
    content = b"\x00".join(everything_in(folder, key))
    return {word for word in words if word.encode() in content}


def everything_in(folder: Path, key: bytes) -> Iterator[bytes]:
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        yield path.read_bytes()
        if path.name.endswith("-wal"):
            yield _log(path.read_bytes(), key)
        elif ".db" in path.name and not path.name.endswith("-shm"):
            yield _pages(path.read_bytes(), key)


def _pages(content: bytes, key: bytes) -> bytes:
    return b"".join(
        _page(content[start : start + _PAGE], key, is_first=start == 0)
        for start in range(0, len(content), _PAGE)
    )


def _log(content: bytes, key: bytes) -> bytes:
    frames = range(_LOG_HEAD, len(content), _FRAME_HEAD + _PAGE)
    return b"".join(
        _page(
            content[start + _FRAME_HEAD : start + _FRAME_HEAD + _PAGE],
            key,
            is_first=int.from_bytes(content[start : start + 4], "big") == 1,
        )
        for start in frames
    )


def _page(page: bytes, key: bytes, *, is_first: bool) -> bytes:
    """SQLCipher 4: AES-256 in CBC, the page's own vector and MAC at its end, the salt before the first page."""
    if len(page) < _PAGE:
        return b""
    vector = page[-_RESERVED : -_RESERVED + _IV]
    cipher = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return cipher.update(page[_SALT if is_first else 0 : -_RESERVED]) + cipher.finalize()
