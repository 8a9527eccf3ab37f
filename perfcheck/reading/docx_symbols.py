"""Characters of symbol fonts, which ``.docx`` names by font and code."""

from __future__ import annotations

SYMBOLS = {
    "Symbol": {0x25: "%", 0x2B: "+", 0x2D: "−", 0x3C: "<", 0x3D: "=", 0x3E: ">", 0xA3: "≤", 0xB0: "°", 0xB1: "±",
               0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈"},
    "Wingdings": {0x6C: "●", 0x6E: "■", 0x6F: "□", 0xA8: "□", 0xD8: "➢", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"},
}  # fmt: skip
"""What fonts of symbols show for their codes, as far as forms use them."""


def symbol(font: str | None, code: str | None) -> str:
    """The character of a symbol font by its code; those of the private use area that are in no list are not known."""
    try:
        number = int(code or "", 16)
    except ValueError:
        return ""
    if 0xF000 <= number <= 0xF0FF:
        return SYMBOLS.get((font or "").partition(" ")[0], {}).get(number - 0xF000, "")
    return "" if 0xE000 <= number <= 0xF8FF or not 0 < number < 0x110000 or 0xD800 <= number < 0xE000 else chr(number)
