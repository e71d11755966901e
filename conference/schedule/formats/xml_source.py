"""XML from strangers as a tree: no entities, no network, bounded depth, common slips repaired."""

import html
import html.entities
import re

from flask_babel import gettext as _
from lxml import etree

from conference.schedule.formats.report import UnreadableFile
from conference.schedule.formats.text import without_controls

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_BARE = re.compile(r"&(?!(?:[A-Za-z][A-Za-z0-9]{0,31}|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)")
_OF_XML = {"amp", "lt", "gt", "quot", "apos"}


def parse(text, report):
    """The root element of XML text. UnreadableFile when it declares entities or cannot be mended."""
    clean = without_controls(_DECLARATION.sub("", text.lstrip("\ufeff"), count=1))
    if len(clean) != len(_DECLARATION.sub("", text.lstrip("\ufeff"), count=1)):
        report.repair("the file", "control characters were removed")
    try:
        return _in_no_namespace(_root(clean))
    except etree.XMLSyntaxError:
        mended = _mend(clean)
    try:
        root = _root(mended)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(_("The file is not well-formed XML: %(fault)s", fault=error.msg)) from None
    report.repair("the file", "stray ampersands and HTML entities were written as XML wants them")
    return _in_no_namespace(root)


def inner(element):
    """What an element holds: its text, or its markup when somebody put tags inside."""
    if element is None:
        return ""
    if not len(element):
        return element.text or ""
    parts = [html.escape(element.text or "", quote=False)]
    parts += [etree.tostring(child, encoding="unicode", with_tail=True) for child in element]
    return "".join(parts)


def words(element):
    """All text within an element, tags left out."""
    return "" if element is None else "".join(element.itertext(etree.Element))


def _root(text):
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    root = etree.fromstring(text.encode(), parser)
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise UnreadableFile(_("The file declares XML entities, which are not read."))
    return root


def _in_no_namespace(root):
    """The same tree, with what is in the namespace of its root named as if there were none."""
    space = etree.QName(root).namespace
    if space:
        for element in root.iter(f"{{{space}}}*"):
            element.tag = etree.QName(element).localname
        etree.cleanup_namespaces(root)
    return root


def _mend(text):
    """Outside CDATA: HTML's entities as characters, bare ampersands escaped."""
    parts = _parts(text)
    parts[::2] = [_BARE.sub("&amp;", _NAMED.sub(_character, part)) for part in parts[::2]]
    return "".join(parts)


def _parts(text):
    """Text and CDATA sections by turns. Not by an expression: sections that never end would be looked for again and again."""
    parts, done = [], 0
    while (begins := text.find("<![CDATA[", done)) >= 0 and (ends := text.find("]]>", begins)) >= 0:
        parts += [text[done:begins], text[begins : ends + 3]]
        done = ends + 3
    return [*parts, text[done:]]


def _character(match):
    if match[1] in _OF_XML:
        return match[0]
    return html.escape(html.entities.html5.get(match[1] + ";", "&" + match[1] + ";"), quote=False)
