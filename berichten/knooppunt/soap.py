"""SOAP 1.1 around an envelope, document/literal: one element in the body, or a Fault with a Fo03 in its detail."""

from dataclasses import replace

from lxml import etree

from berichten.knooppunt import envelop
from berichten.knooppunt.boom import MAX_BYTES, Knoop, lees_boom
from berichten.knooppunt.envelop import Bericht, Fout
from berichten.poort import Geweigerd

NS = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP = f"{{{NS}}}"
CONTENT_TYPE = "text/xml; charset=utf-8"


def pak_in(bericht: Bericht) -> bytes:
    """A Fo03 travels as a Fault; everything else as the body itself."""
    wortel = etree.Element(f"{SOAP}Envelope", nsmap={"soap": NS})
    lichaam = etree.SubElement(wortel, f"{SOAP}Body")
    element = envelop.bouw(bericht)
    if isinstance(bericht, Fout) and bericht.code == "Fo03":
        fault = etree.SubElement(lichaam, f"{SOAP}Fault")
        etree.SubElement(fault, "faultcode").text = f"soap:{bericht.plek.capitalize()}"
        etree.SubElement(fault, "faultstring").text = bericht.zin
        lichaam = etree.SubElement(fault, "detail")
    lichaam.append(element)
    return etree.tostring(wortel, xml_declaration=True, encoding="UTF-8")


def pak_uit(data: bytes, max_bytes: int = MAX_BYTES) -> Bericht:
    """The envelope in the body. Raises Geweigerd, with the text of a Fault that holds no Fo03."""
    kind = _lichaam(lees_boom(data, max_bytes))
    if kind.naam != f"{SOAP}Fault":
        return envelop.uit_boom(kind)
    delen = {deel.lokaal: deel for deel in kind.kinderen}
    detail = delen.get("detail")
    if detail is None or not detail.kinderen:
        tekst = delen["faultstring"].tekst if "faultstring" in delen else "fout zonder uitleg"
        raise Geweigerd(tekst.strip())
    fout = envelop.uit_boom(detail.kinderen[0])
    return replace(fout, code="Fo03") if isinstance(fout, Fout) else fout


def _lichaam(wortel: Knoop) -> Knoop:
    """The one element in the body. A header that must be understood is not understood: we know none."""
    if wortel.naam != f"{SOAP}Envelope":
        raise Geweigerd("Dit is geen bericht in SOAP 1.1.")
    for deel in wortel.kinderen:
        if deel.naam == f"{SOAP}Header" and any(
            k.attributen.get(f"{SOAP}mustUnderstand") in ("1", "true") for k in deel.kinderen
        ):
            raise Geweigerd("De SOAP-header vraagt iets wat wij niet kennen (mustUnderstand).")
    lichamen = [deel for deel in wortel.kinderen if deel.naam == f"{SOAP}Body"]
    if len(lichamen) != 1 or len(lichamen[0].kinderen) != 1:
        raise Geweigerd("In de SOAP-body hoort precies één envelop te staan.")
    return lichamen[0].kinderen[0]
