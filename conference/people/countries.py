"""Countries and areas in the reader's language, from CLDR."""

from functools import lru_cache

from babel import Locale

from conference.kernel import fold

# CLDR's two-letter codes that are no place to live in: unions, the unknown, and pseudo-locales.
_NO_COUNTRY = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})


@lru_cache(maxsize=32)
def countries(language):
    """((code, name), …) of ISO 3166-1 in the order of the names in that language."""
    names = Locale.parse(language).territories
    found = [(code, name) for code, name in names.items() if len(code) == 2 and code not in _NO_COUNTRY]
    return tuple(sorted(found, key=lambda pair: fold(pair[1])))


def country_name(text, language):
    """The name in that language of the country with this code; any other text as it stands."""
    return _names(language).get(text, text)


def is_country(code):
    """Whether `code` is a two-letter country or area code, upper case."""
    return code in _names("en")


@lru_cache(maxsize=32)
def _names(language):
    return dict(countries(language))
