"""PDFs read back."""

import io
from pathlib import Path

from PIL import Image
from PIL.PdfParser import PdfParser


def pages_of(path: Path) -> list[Image.Image]:
    """The picture of each page of a PDF whose pages are one picture each."""
    pages = []
    with PdfParser(str(path)) as file:
        for reference in file.pages:
            page = file.read_indirect(reference)
            stream = file.read_indirect(page[b"Resources"][b"XObject"][b"image"])
            pages.append(Image.open(io.BytesIO(bytes(stream.buf))).convert("RGB"))
    return pages
