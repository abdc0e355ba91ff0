"""iWmo 3.2: the messages between gemeente and aanbieder.

The message layer below needs no database and no Django. Everything reads one table: the declarations in
`standaard/v3_2/`, one frozen dataclass per message class.

    from berichten.standaard import berichtsoorten          # {"301": Berichtsoort, ... "325": Berichtsoort}
    from berichten.parse import Geweigerd, Grenzen, parse    # parse(data: bytes) -> Bericht (a dataclass of v3_2)
    from berichten.build import build, schrijf               # build(bericht) -> bytes; schrijf(bericht, file)
    from berichten.validate import Uitkomst, controleer      # controleer(data, toestand=None) -> Uitkomst
    from berichten.toestand import Toestand                  # what the receiver already knows
    from berichten.toestand_json import lees_toestand        # the same from JSON
    from berichten.retour import retour, toegekend           # the answer; what a declaration is granted
    from berichten.codelijsten import omschrijving           # omschrijving("WJ001", "9307") -> Dutch words

* `parse(data)` passes the first two gates (safe and well-formed, schema) and returns the message, or raises
  `Geweigerd` with one Dutch sentence (`poort` says which gate) and, for the schema gate, `bevindingen`.
* `controleer(data, toestand)` never raises on bad input: `Uitkomst(veilig, op192_ok, schema_geldig, soort, bericht,
  bevindingen)`. Without a toestand only the rules within the message (level 2) are judged. `Uitkomst.goedgekeurd`
  says whether nothing carries a fault code; `Uitkomst.codes` gives `{"StopProduct[1]": ["9414"]}`. A `Bevinding` has
  `regel, code, pad, tekst, klasse`; `code` is "" for the rules that have none (TR337, TR371, TR376).
* `retour(bericht, bevindingen, identificatie=..., dagtekening=...)` builds the 302..320, or for a 323 the 325.
  A 325 and an answer itself have no answer: `ValueError`.
* Field names are the element names of the standard in snake case (`ToewijzingNummer` -> `toewijzing_nummer`); a
  repeated class inside its holder (`StartProducten/StartProduct`) is one tuple (`start_producten`). Dates are
  `date`, times `time`, amounts are whole eurocents (`int`), codes are strings.
* Sender and receiver: `bericht.header.afzender`, `.ontvanger`; `soort.gemeente(bericht)` and `soort.aanbieder(bericht)`
  give the two by role.
"""
