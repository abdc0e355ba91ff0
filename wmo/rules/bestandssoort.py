"""What a file is, by its own bytes: the kind that a browser names with an upload is a guess from its file name."""

from __future__ import annotations

PDF, JPEG, PNG, TEKST = "application/pdf", "image/jpeg", "image/png", "text/plain"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BEGIN = ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG))
ZIP, WORDDEEL = b"PK\x03\x04", b"word/document.xml"
# what stands in no text: everything below a space but tab, line feed and carriage return
STUURTEKENS = bytes({*range(32)} - {9, 10, 13})


def herken(inhoud: bytes) -> str | None:
    """The mimetype of a pdf, photo, Word document or plain text; None for anything else."""
    for begin, soort in BEGIN:
        if inhoud.startswith(begin):
            return soort
    if inhoud.startswith(ZIP):
        return WORD if WORDDEEL in inhoud else None
    return TEKST if len(inhoud.translate(None, STUURTEKENS)) == len(inhoud) else None
