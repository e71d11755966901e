"""The layout that receipts and letters extend."""

from pathlib import Path

import pymupdf
import pytest
from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader, StrictUndefined

from conference import pdf

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
RECEIPT = """{% extends "layouts/document.html" %}
{% block paper %}{{ paper }}{% endblock %}
{% block title %}Receipt R-1042{% endblock %}
{% block masthead %}<div class="name">Society for Gene and Cell Medicine</div>
<div class="where">12 Fictional Street, Baltimore</div>{% endblock %}
{% block foot %}Society for Gene and Cell Medicine · a fictional society{% endblock %}
{% block body %}<h1>Receipt R-1042</h1><p class="state good">Paid in full</p>
<table class="parties"><tr><td><span class="label">To</span><address>{{ name }}
University of London</address></td><td><span class="label">From</span><address>Society for Gene and Cell Medicine
12 Fictional Street</address></td></tr></table>
<dl class="facts"><div><dt>Date</dt><dd>23 November 2026</dd></div><div><dt>Paid by</dt><dd>Card ending 4242</dd></div></dl>
<table class="lines"><thead><tr><th>What</th><th>Each</th><th>Amount</th></tr></thead><tbody>
{% for number in range(lines) %}<tr><td>Annual meeting, member<span class="why">Early price until 1 March 2027, because you
are a member</span></td><td class="money">440.00 USD</td><td class="money">440.00 USD</td></tr>{% endfor %}</tbody>
<tfoot><tr><td colspan="2">Tax</td><td class="money">0.00 USD</td></tr>
<tr class="total"><td colspan="2">Total</td><td class="money">440.00 USD</td></tr></tfoot></table>
<p class="note">Registered charity.</p>{% endblock %}"""


def a_receipt(*, lines=3, paper="", name="Ada Lovelace"):
    loader = ChoiceLoader([FileSystemLoader(TEMPLATES), DictLoader({"receipt": RECEIPT})])
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    return pdf.render(environment.get_template("receipt").render(lines=lines, paper=paper, name=name))


@pytest.mark.parametrize(("paper", "size"), [("", (210, 297)), ("letter", (216, 279))])
def test_the_paper_is_chosen(paper, size):
    with pymupdf.open(stream=a_receipt(paper=paper)) as document:
        assert tuple(round(side * 25.4 / 72) for side in document[0].rect.br) == size


def test_every_page_says_which_of_how_many_it_is_and_whose():
    with pymupdf.open(stream=a_receipt(lines=60)) as document:
        texts = [page.get_text() for page in document]

    assert len(texts) > 2
    assert ["Total" in text for text in texts] == [False] * (len(texts) - 1) + [True]
    assert all(f"{number} / {len(texts)}" in text for number, text in enumerate(texts, start=1))
    assert all("a fictional society" in text for text in texts)


@pytest.mark.parametrize("name", ["W" * 300, "محمد بن عبد الله " * 18, "<b>Ada</b>"])
def test_a_name_of_any_length_stays_on_the_paper(name):
    with pymupdf.open(stream=a_receipt(name=name)) as document:
        page = document[0]
        edges = [(box[0], box[2]) for box in (trace["bbox"] for trace in page.get_texttrace())]

        assert all(left >= 0 and right <= page.rect.width - 20 for left, right in edges)
