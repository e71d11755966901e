"""A thousand bytes that unpack to hundreds of megabytes: neither memory nor time of the process that serves pages is theirs."""

import io
import json
import subprocess
import sys

import pikepdf
import pytest

from conference.registration.eligibility import documents
from tests.registration.eligibility.documents import a_pdf, packed_by_lzw, packed_objects, packed_page, packed_twice

MOST_RISE = 150  # MB above what the application itself takes
TWICE = b"[/FlateDecode/FlateDecode]"
# Run apart, since a process knows only the most it ever took. Its own memory counts, and that of what it starts.
APART = """
import json, resource, sys, time
from conference.kernel import Refusal
from conference.registration.eligibility import documents

def most(*whose):
    return max(resource.getrusage(each).ru_maxrss for each in whose) // 1024

before, began = most(resource.RUSAGE_SELF), time.monotonic()
try:
    answer = documents.made_safe(sys.stdin.buffer.read())[0]
except Refusal as refusal:
    answer = str(refusal)
rise = most(resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN) - before
print(json.dumps({"answer": answer, "rise": rise, "seconds": time.monotonic() - began}))
"""


def handed_in(content):
    done = subprocess.run([sys.executable, "-c", APART], input=content, capture_output=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (packed_page(200), "application/pdf"),  # what is drawn stays packed
        (packed_objects(packed_twice, TWICE, 200), "damaged"),
        (packed_objects(packed_by_lzw, b"/LZWDecode", 200), "damaged"),
    ],
    ids=["page", "objects", "objects by LZW"],
)
def test_what_unpacks_to_gigabytes_takes_little_memory(content, answer):
    found = handed_in(content)

    assert answer in found["answer"]
    assert found["rise"] < MOST_RISE
    assert found["seconds"] < 10


def test_what_unpacks_for_minutes_is_given_up_after_seconds():
    found = handed_in(packed_objects(packed_twice, TWICE, 60, streams=60))

    assert "takes too much" in found["answer"]
    assert found["seconds"] < 20


def test_small_streams_of_objects_are_read():
    for packed, filters in ((packed_twice, TWICE), (packed_by_lzw, b"/LZWDecode")):
        _kind, safe = documents.made_safe(packed_objects(packed, filters, 1, streams=3))
        with pikepdf.open(io.BytesIO(safe)) as pdf:
            assert len(pdf.pages) == 1


@pytest.mark.parametrize("mode", ["disable", "generate"])
def test_what_is_drawn_reads_back_and_what_nothing_leads_to_is_left_out(mode):
    def draw(pdf):
        pdf.pages[0].Contents = pdf.make_stream(b"BT /F1 12 Tf (A letter) Tj ET")
        pdf.Root.Names = pikepdf.Dictionary(JavaScript=pdf.make_indirect(pikepdf.String("app.alert(1)")))

    _kind, safe = documents.made_safe(a_pdf(1, draw, object_stream_mode=pikepdf.ObjectStreamMode[mode]))

    with pikepdf.open(io.BytesIO(safe)) as pdf:
        assert b"(A letter)" in pdf.pages[0].Contents.read_bytes()
        assert not [each for each in pdf.objects if isinstance(each, pikepdf.String)]
    assert b"app.alert" not in safe
