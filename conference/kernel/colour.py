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


def readable_on(background, colour, enough=ENOUGH):
    """`colour`, or its nearest shade towards the ink of `background` (same hue) whose contrast there is `enough` (at most 4.58 is sure)."""
    ink = ink_on(background)
    lightness, a, b = to_oklab(colour)
    end = 1.0 if ink == WHITE else 0.0
    shades = (from_oklab(lightness + (end - lightness) * step / 50, a, b) for step in range(51))
    return next((shade for shade in shades if contrast(shade, background) >= enough), ink)


def to_oklab(colour):
    """Lightness 0 to 1 and the two colour axes (https://www.w3.org/TR/css-color-4/#ok-lab)."""
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def from_oklab(lightness, a, b):
    """The nearest "#rrggbb"; what a screen cannot show is clipped."""
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    channels = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(255 * _gamma(min(1.0, max(0.0, part)))):02x}" for part in channels)


def mix(colour, other, share):
    """`colour` with `share` (0 to 1) of `other` in it."""
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def _parts(colour):
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]


def _linear(part):
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _gamma(part):
    return part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055
