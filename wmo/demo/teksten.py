"""What invented consulenten write down."""

from __future__ import annotations

from wmo.models import Onderwerp, Onderzoeksonderwerp, Toets

Oordeel, Uitkomst = Onderzoeksonderwerp.Oordeel, Toets.Uitkomst

ONDERWERPEN: dict[str, tuple[str, str]] = {
    Onderwerp.BEHOEFTEN: ("{hulpvraag} De cliënt wil in het eigen huis blijven wonen.", Oordeel.NIET),
    Onderwerp.EIGEN_KRACHT: ("Licht werk op heuphoogte lukt zelf, zoals stoffen en de afwas.", Oordeel.DEELS),
    Onderwerp.MANTELZORG: ("Een familielid doet de boodschappen en komt op zondag langs.", Oordeel.DEELS),
    Onderwerp.MANTELZORGER: ("Het familielid houdt dit vol zolang er hulp bij komt.", Oordeel.NVT),
    Onderwerp.ALGEMEEN: ("De maaltijdservice in het dorp is bekend en wordt gebruikt.", Oordeel.DEELS),
    Onderwerp.SAMENWERKING: ("De wijkverpleging komt twee keer per week. Er is afgestemd.", Oordeel.NVT),
    Onderwerp.BIJDRAGE: ("De cliënt weet dat het CAK een eigen bijdrage int.", Oordeel.NVT),
}
TOETSEN: dict[str, tuple[str, str]] = {
    Toets.Stap.EIGEN_KRACHT: (Uitkomst.DEELS, "Licht huishoudelijk werk lukt zelf."),
    Toets.Stap.GEBRUIKELIJK: (Uitkomst.NIET, "Hulpmiddelen zijn in huis en lossen het niet op."),
    Toets.Stap.GEBRUIKELIJKE_HULP: (Uitkomst.NIET, "Er is geen huisgenoot die kan helpen."),
    Toets.Stap.MANTELZORG: (Uitkomst.DEELS, "De mantelzorger doet de boodschappen."),
    Toets.Stap.NETWERK: (Uitkomst.NIET, "Buren kunnen geen vast werk overnemen."),
    Toets.Stap.ALGEMEEN: (Uitkomst.DEELS, "De maaltijdservice neemt het koken over."),
    Toets.Stap.ANDERE_WET: (Uitkomst.NIET, "Er is geen recht op zorg uit een andere wet."),
}
STEM = "Ik wil graag in mijn eigen huis blijven, maar het werk groeit mij boven het hoofd."
SITUATIE = "De cliënt woont zelfstandig en heeft beperkingen bij bewegen en tillen."
RISICO = "Valgevaar op de trap. De huisarts is op de hoogte."
RESULTAAT = "Een schoon en leefbaar huis en een dag die lukt."
INDICATOR = "De woonkamer, keuken, badkamer en slaapkamer zijn schoon."
AFWIJKING = "De cliënt heeft longklachten en reageert op stof, daarom wordt vaker nat afgenomen."
MOTIVERING = (
    "Wij hebben gekeken wat u zelf kunt en wat mensen om u heen kunnen doen. "
    "Een deel van het werk lukt daarmee niet. Daarvoor kennen wij ondersteuning toe."
)
MOTIVERING_AFWIJZING = (
    "Wij hebben gekeken wat u zelf kunt en wat mensen om u heen kunnen doen. "
    "De maaltijdservice en het wijkteam lossen uw vraag op. Daarom krijgt u geen maatwerkvoorziening."
)
UITLEG = "Het verschil is besproken met de cliënt en past bij de situatie thuis."
OVERSCHRIJDING = "Het gesprek is op verzoek van de cliënt verzet na een ziekenhuisopname."
REDENEN_INTREKKEN = ("De cliënt regelt de hulp zelf.", "De cliënt verhuist naar familie.")
AFZEGRICHTLIJN = (
    "Kunt u niet? Bel ons dan uiterlijk een dag van tevoren. Bij ziekte of een opname mag het later. "
    "Bent u niet thuis, dan bellen wij u en daarna uw contactpersoon."
)
