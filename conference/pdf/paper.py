"""The size of paper on which somebody prints."""

# Where letters are written on US Letter (CLDR, territory information); A4 elsewhere.
_LETTER = frozenset({"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"})  # fmt: skip


def paper_for(country):
    """The paper of a country as the layout of documents knows it: "letter", or empty for A4."""
    return "letter" if country in _LETTER else ""
