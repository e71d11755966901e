"""Large pages compressed in pieces: the middle once a release, head and foot for every reader, one valid gzip body.

A gzip body is a header, deflate blocks, a checksum and a length (RFC 1952). Blocks that end in a full flush refer to
nothing before them, so compressed pieces can stand side by side.
"""

import struct
import zlib
from dataclasses import dataclass

_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_LAST_BLOCK = b"\x03\x00"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a page: its plain bytes and the same as deflate blocks that stand for themselves."""

    plain: bytes
    deflated: bytes


def piece(text, level=6):
    """A Piece made of text."""
    plain = text.encode()
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Piece(plain, packer.compress(plain) + packer.flush(zlib.Z_FULL_FLUSH))


def gzipped(pieces):
    """The pieces as one gzip body."""
    check = length = 0
    for part in pieces:
        check = zlib.crc32(part.plain, check)
        length += len(part.plain)
    trailer = struct.pack("<LL", check, length & 0xFFFFFFFF)
    return b"".join([_HEADER, *(part.deflated for part in pieces), _LAST_BLOCK, trailer])
