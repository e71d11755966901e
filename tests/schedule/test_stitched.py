"""Pages compressed in pieces are ordinary gzip."""

import gzip
import zlib

from hypothesis import given
from hypothesis import strategies as st

from conference.schedule.stitched import gzipped, piece


@given(st.lists(st.text(max_size=300), max_size=5))
def test_pieces_unpack_to_the_whole(texts):
    pieces = [piece(text) for text in texts]

    assert gzip.decompress(gzipped(pieces)) == "".join(texts).encode()


def test_one_member_only():
    packed = gzipped([piece("a" * 100_000), piece("b")])

    unpacker = zlib.decompressobj(31)
    assert len(unpacker.decompress(packed)) == 100_001
    assert unpacker.eof
    assert unpacker.unused_data == b""
