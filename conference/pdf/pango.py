"""Measures and breaks text with Pango itself, the very library that lays it out in the PDF.

WeasyPrint does not offer its Pango to callers, so the dozen C functions needed are declared here. Measuring with the
same shaping, fallback fonts and line breaking is the only way to know that text fits before it is printed, whatever
its script. Lengths are in em: multiply by the font size.
"""

from dataclasses import dataclass
from functools import lru_cache

import cffi

from conference.pdf.lock import native

FAMILY = "Noto Sans, DejaVu Sans, sans-serif"
_REFERENCE = 100  # text is measured at 100 px; without hinting every length grows with the size
_SCALE = 1024  # PANGO_SCALE
_WRAP_WORD, _WRAP_CHARACTER = 0, 2
_RIGHT_TO_LEFT = (1, 3, 5)  # PANGO_DIRECTION_RTL, _TTB_RTL, _WEAK_RTL

ffi = cffi.FFI()
ffi.cdef("""
    typedef ... PangoFontMap; typedef ... PangoContext; typedef ... PangoLayout;
    typedef ... PangoFontDescription; typedef ... PangoLanguage;
    typedef struct { int x; int y; int width; int height; } PangoRectangle;
    typedef struct { PangoLayout *layout; int start_index; int length; void *runs; unsigned int flags; } PangoLayoutLine;

    PangoFontMap *pango_ft2_font_map_new(void);
    PangoContext *pango_font_map_create_context(PangoFontMap *);
    void pango_context_set_round_glyph_positions(PangoContext *, int);
    void pango_context_set_base_dir(PangoContext *, int);
    void pango_context_set_language(PangoContext *, PangoLanguage *);
    PangoLanguage *pango_language_from_string(const char *);
    PangoLanguage *pango_language_get_default(void);
    PangoFontDescription *pango_font_description_new(void);
    void pango_font_description_set_family(PangoFontDescription *, const char *);
    void pango_font_description_set_weight(PangoFontDescription *, int);
    void pango_font_description_set_absolute_size(PangoFontDescription *, double);
    PangoLayout *pango_layout_new(PangoContext *);
    void pango_layout_set_auto_dir(PangoLayout *, int);
    void pango_layout_set_font_description(PangoLayout *, const PangoFontDescription *);
    void pango_layout_set_text(PangoLayout *, const char *, int);
    void pango_layout_set_width(PangoLayout *, int);
    void pango_layout_set_wrap(PangoLayout *, int);
    int pango_layout_get_line_count(PangoLayout *);
    PangoLayoutLine *pango_layout_get_line_readonly(PangoLayout *, int);
    void pango_layout_line_get_extents(PangoLayoutLine *, PangoRectangle *, PangoRectangle *);
    int pango_layout_get_unknown_glyphs_count(PangoLayout *);
    int pango_find_base_dir(const char *, int);
    void g_object_unref(void *);
""")
_pango = ffi.dlopen("libpango-1.0.so.0")
_pangoft2 = ffi.dlopen("libpangoft2-1.0.so.0")
_gobject = ffi.dlopen("libgobject-2.0.so.0")


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it will be printed; lengths in em, heights from the baseline, up is positive.

    `width` holds all ink; marks may reach `left_over` and `right_over` beyond where the line begins and ends.
    """

    text: str
    width: float
    ascent: float
    descent: float
    ink_top: float
    ink_bottom: float
    left_over: float
    right_over: float


def shape(
    text: str,
    *,
    weight: int = 700,
    language: str = "",
    width: float | None = None,
    inside_words: bool = False,
    rtl: bool | None = None,
) -> tuple[Line, ...]:
    """Break text into the lines that fit `width` em; words are only broken when asked for, so a line may be wider."""
    with native.lock:
        rtl = is_rtl(text) if rtl is None else rtl
        layout, raw = _layout(text, weight, language, rtl)
        if width is not None:
            _pango.pango_layout_set_width(layout, int(width * _REFERENCE * _SCALE))
            _pango.pango_layout_set_wrap(layout, _WRAP_CHARACTER if inside_words else _WRAP_WORD)
        return tuple(_line(layout, number, raw) for number in range(_pango.pango_layout_get_line_count(layout)))


def is_rtl(text: str) -> bool:
    """Whether the first letter that has a direction is read from right to left."""
    raw = text.encode()
    return _pango.pango_find_base_dir(raw, len(raw)) in _RIGHT_TO_LEFT


def unknown_glyphs(text: str) -> int:
    """How many glyphs of the text no installed font has."""
    with native.lock:
        layout, _ = _layout(text, 400, "", False)
        return int(_pango.pango_layout_get_unknown_glyphs_count(layout))


def _layout(text: str, weight: int, language: str, rtl: bool) -> tuple:
    raw = text.encode()
    context = _context(language, rtl)
    layout = ffi.gc(_pango.pango_layout_new(context), _gobject.g_object_unref)
    _pango.pango_layout_set_auto_dir(layout, 0)
    _pango.pango_layout_set_font_description(layout, _font(weight))
    _pango.pango_layout_set_text(layout, raw, len(raw))
    return layout, raw


def _line(layout, number: int, raw: bytes) -> Line:
    line = _pango.pango_layout_get_line_readonly(layout, number)
    ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
    _pango.pango_layout_line_get_extents(line, ink, logical)
    em = _REFERENCE * _SCALE
    left_over, right_over = max(0, -ink.x), max(0, ink.x + ink.width - logical.width)
    return Line(
        text=raw[line.start_index : line.start_index + line.length].decode().strip(" "),
        width=(logical.width + left_over + right_over) / em,
        ascent=-logical.y / em,
        descent=(logical.y + logical.height) / em,
        ink_top=-ink.y / em,
        ink_bottom=(ink.y + ink.height) / em,
        left_over=left_over / em,
        right_over=right_over / em,
    )


@lru_cache(maxsize=1)
def _font_map():
    return ffi.gc(_pangoft2.pango_ft2_font_map_new(), _gobject.g_object_unref)


@lru_cache(maxsize=64)
def _context(language: str, rtl: bool):
    context = ffi.gc(_pango.pango_font_map_create_context(_font_map()), _gobject.g_object_unref)
    _pango.pango_context_set_round_glyph_positions(context, 0)
    _pango.pango_context_set_base_dir(context, int(rtl))
    spoken = _pango.pango_language_from_string(language.encode()) if language else _pango.pango_language_get_default()
    _pango.pango_context_set_language(context, spoken)
    return context


@lru_cache(maxsize=8)
def _font(weight: int):
    font = _pango.pango_font_description_new()  # kept for the life of the process
    _pango.pango_font_description_set_family(font, FAMILY.encode())
    _pango.pango_font_description_set_weight(font, weight)
    _pango.pango_font_description_set_absolute_size(font, _REFERENCE * _SCALE)
    return font


def _forget() -> None:
    for made in (_context, _font_map, _font):
        made.cache_clear()


native.forget_after_fork(_forget)
