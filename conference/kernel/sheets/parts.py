"""The XML parts of a workbook, parsed within bounds: no more of a tree is kept than what is being read."""

from lxml import etree

from conference.kernel.sheets.archive import damaged, too_large
from conference.kernel.sheets.sheet import MOST_CELLS

# Elements and attributes, roughly: those of a part, of a part that is read as a whole, between two elements that are wanted.
MOST_NODES = 8 * MOST_CELLS
MOST_AT_ONCE = 500_000
_CHUNK = 64 * 1024
_ROOTS = ("sst", "worksheet", "chartsheet", "dialogsheet", "macrosheet")
# Whatever a part says of itself, it is read as UTF-8: bytes are counted below, and every program writes that.
_OPTIONS = {"resolve_entities": False, "no_network": True, "load_dtd": False, "encoding": "utf-8"}


def parsed(content):
    """The tree of a small part."""
    _refuse(content, MOST_AT_ONCE)
    try:
        return etree.fromstring(content, etree.XMLParser(**_OPTIONS))
    except etree.XMLSyntaxError:
        raise damaged() from None


def elements(content, names):
    """The elements of these names as they end; none of them lasts longer than its turn."""
    _refuse(content, MOST_NODES)
    if not content:
        return
    # Only the beginning of the root is of use: from it what has been read is thrown away.
    parser = etree.XMLPullParser(
        events=("start", "end"), tag=[f"{{*}}{name}" for name in (*names, *_ROOTS)], **_OPTIONS
    )
    try:
        yield from _ended(parser, content, names)
        parser.close()
    except etree.XMLSyntaxError:
        raise damaged() from None


def _ended(parser, content, names):
    root, nodes = None, 0
    for begin in range(0, len(content), _CHUNK):
        chunk = content[begin : begin + _CHUNK]
        parser.feed(chunk)
        nodes += _nodes(chunk)
        for event, element in parser.read_events():
            root = element if root is None else root
            if event == "end" and etree.QName(element).localname in names:
                yield element
                element.clear(keep_tail=True)
                nodes = 0
        if nodes > MOST_AT_ONCE:
            raise too_large()
        if root is None or etree.QName(root).localname not in _ROOTS:
            raise damaged()
        _prune(root, names)


def _prune(element, names):
    """Throw away what has ended, down to the element that is being read."""
    while len(element) and etree.QName(element).localname not in names:
        del element[:-1]
        element = element[-1]
        if not isinstance(element.tag, str):
            return


def _refuse(content, most):
    """No workbook declares a document type; entities are declared in one."""
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content:
        raise damaged()
    if _nodes(content) > most:
        raise too_large()


def _nodes(content):
    return content.count(b"<") + content.count(b"=")
