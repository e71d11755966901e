"""The one kind of error that is an answer: understood, and no."""


class Refusal(Exception):
    """An action was understood and is not possible; `str(refusal)` is fit to be shown to the person.

    `status` is what a page answers when nobody has put the words beside a field.
    """

    status = 409

    def __init__(self, text="", *, field=None):
        super().__init__(str(text))
        self.text = text
        self.field = field
