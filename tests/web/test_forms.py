"""Forms bound what is typed before anything else looks at it."""

import pytest
from werkzeug.datastructures import MultiDict
from wtforms.fields import IntegerField
from wtforms.validators import NumberRange

from conference.web import Form


class CountForm(Form):
    count = IntegerField("Count", [NumberRange(0, 100)])
    version = IntegerField("Version")


@pytest.mark.parametrize("text", ["101", "-1", "9" * 19, "9" * 400, "-" + "9" * 400, "9" * 5000, "1e3", "", "٣²"])
def test_a_number_out_of_range_is_refused_however_large(context, text):
    form = CountForm(MultiDict({"count": text, "version": text}))

    assert not form.validate()
    assert form.count.errors and form.count._value() == text
