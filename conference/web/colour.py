"""Colours that can be read: contrast as WCAG 2.2 counts it, and shades of a society's accent that pass."""

WHITE = "#ffffff"
BLACK = "#000000"
ENOUGH = 4.5


def is_hex(text):
    """Whether `text` is a colour such as "#0b5d78"."""
    return len(text) == 7 and text[0] == "#" and all(letter in "0123456789abcdefABCDEF" for letter in text[1:])


def luminance(colour):
    """Relative luminance, 0 to 1 (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance)."""
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Contrast ratio of two colours, 1 to 21 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def ink_on(colour):
    """White or black, whichever reads better on `colour`; one of them always reaches 4.58."""
    return max((WHITE, BLACK), key=lambda ink: contrast(ink, colour))


def readable_on(background, colour):
    """`colour`, or the nearest shade of it, mixed with the ink of `background`, that reads on it at 4.5 or better."""
    ink = ink_on(background)
    shades = (mix(colour, ink, share / 50) for share in range(51))
    return next(shade for shade in shades if contrast(shade, background) >= ENOUGH)


def mix(colour, other, share):
    """`colour` with `share` (0 to 1) of `other` in it."""
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def _parts(colour):
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]


def _linear(part):
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
