"""Makes tests/data/even.ttf: a font of boxes whose widths are known, so that no test depends on the fonts installed.

Every character has a box: narrow, middle, capital, wide or, from U+1100 on, as wide as a Hangul syllable. Needs
fonttools: `python tests/tools/even_font.py tests/data/even.ttf`.
"""

import sys

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

EM = 1000
WIDTHS = {"space": 320, "narrow": 350, "middle": 590, "capital": 680, "wide": 900, "syllable": 920}
NARROW, WIDE = "iljtfrI.,:;'|!()[]/-\"`", "mwMW@%"


def box(width: int, height: int) -> object:
    pen = TTGlyphPen(None)
    if height:
        pen.moveTo((60, 0))
        pen.lineTo((60, height))
        pen.lineTo((width - 60, height))
        pen.lineTo((width - 60, 0))
        pen.closePath()
    return pen.glyph()


def name_of(code: int) -> str:
    character = chr(code)
    if character in " \u00a0":
        return "space"
    if character in NARROW:
        return "narrow"
    if character in WIDE:
        return "wide"
    if code >= 0x1100:
        return "syllable"
    return "capital" if character.isupper() else "middle"


def make(path: str) -> None:
    """Write the font to this file."""
    builder = FontBuilder(EM, isTTF=True)
    names = [".notdef", *WIDTHS]
    builder.setupGlyphOrder(names)
    codes = {code: name_of(code) for code in range(0x20, 0x250)}
    builder.setupCharacterMap(codes)
    every = CmapSubtable.getSubtableClass(13)(13)
    every.platformID, every.platEncID, every.language, every.format = 3, 10, 0, 13
    every.reserved, every.length, every.nGroups = 0, 0, 0
    every.cmap = {code: name_of(code) for code in range(0x20, 0xFFFE) if not 0xD800 <= code < 0xE000}
    builder.font["cmap"].tables.append(every)
    heights = {"space": 0, "narrow": 720, "middle": 540, "capital": 720, "wide": 600, "syllable": 800}
    builder.setupGlyf({".notdef": box(600, 700), **{name: box(WIDTHS[name], heights[name]) for name in WIDTHS}})
    builder.setupHorizontalMetrics({".notdef": (600, 60), **{name: (width, 60) for name, width in WIDTHS.items()}})
    builder.setupHorizontalHeader(ascent=930, descent=-240)
    builder.setupNameTable({"familyName": "Even", "styleName": "Regular", "copyright": "Made for tests; Apache-2.0"})
    builder.setupOS2(sTypoAscender=930, sTypoDescender=-240, usWinAscent=930, usWinDescent=240)
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.save(path)


if __name__ == "__main__":
    make(sys.argv[1])
