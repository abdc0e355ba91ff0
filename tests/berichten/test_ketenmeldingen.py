"""A Fo01 on the screens: at its message, in the conversation, in the monitor; plain Dutch beside its own words."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.html import strip_tags

from berichten.actions.outbox import MAX_POGINGEN
from berichten.codelijsten import KETENLIJSTEN, lijst
from berichten.dagoverzicht import verstuur_dagoverzicht
from berichten.models import Bericht, Foutmelding
from berichten.uitleg import foutuitleg
from tests.berichten.bron import met_bron, tabel
from tests.berichten.koppelvlak import NUMMER, fo01, startbericht, verwerk, verzonden
from tests.browser import BREEDTES, keur
from tests.factories import GemeenteFactory, aanstelling, moment
from wmo.models import Logregel, Taak
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db
PAGINA = "berichten:foutmeldingen"


def lees(client, naam, *args, **vraag) -> str:
    return " ".join(strip_tags(client.get(reverse(naam, args=args), vraag).content.decode()).split())


# ------------------------------------------------------------------------------- the words


@met_bron
def test_elke_gepubliceerde_foutcode_heeft_onze_woorden():
    """Given the text that comes with a code, the list that it comes from is the one that is explained."""
    for naam in KETENLIJSTEN:
        for rij in (rij for rij in tabel("codelijsten.csv") if rij["lijst"] == naam):
            uitleg, eigen = foutuitleg(rij["code"], rij["omschrijving"]), lijst(naam)[rij["code"]]
            zelfde = [lijst(ander)[eigen.code] for ander in KETENLIJSTEN if eigen.code in lijst(ander)]
            assert uitleg.officieel == f"{rij['code']}: {rij['omschrijving']}"
            assert uitleg.wat_nu
            if eigen.code in ("IB007", "IB009", "BRS06"):  # one code, two meanings
                assert len({code.omschrijving for code in zelfde}) == 2
                assert uitleg.wat == eigen.omschrijving


def test_code_zonder_uitleg_zegt_dat_en_toont_wat_er_kwam():
    uitleg = foutuitleg("XX999", "Iets nieuws")
    assert (uitleg.officieel, "nog geen uitleg" in uitleg.wat) == ("XX999: Iets nieuws", True)


# ------------------------------------------------------------------------------- at the message


def test_bericht_dat_niet_aankwam_zegt_wat_er_is_en_wat_u_doet(onderweg, bied_aan, client, als, nu):
    vraag = verzonden()
    bied_aan(fo01(vraag))
    als(Rol.BACKOFFICE, gemeente=onderweg.gemeente)
    for pagina in (lees(client, "berichten:bericht", vraag.pk), lees(client, "berichten:toewijzing", onderweg.pk)):
        assert "Het GGk kent de ontvangende organisatie niet." in pagina
        assert "Controleer de AGB-code van de aanbieder." in pagina
    pagina = lees(client, "berichten:bericht", vraag.pk)
    assert "IB210: Ontvangende organisatie onbekend (WMO301-00010000)" in pagina
    assert "Opdracht" in (monitor := lees(client, "berichten:monitor"))
    assert "niet afgeleverd" in monitor


def test_aanbieder_leest_wat_er_gebeurde_en_niet_wat_de_gemeente_moet_doen(onderweg, bied_aan, client, als, nu):
    vraag = verzonden()
    bied_aan(fo01(vraag))
    als(Rol.PLANNING, aanbieder=onderweg.aanbieder)
    pagina = lees(client, "berichten:aanbieder-bericht", vraag.pk)
    assert "Het GGk kent de ontvangende organisatie niet." in pagina
    assert "Controleer de AGB-code" not in pagina


def test_onleesbaar_bericht_zegt_of_de_afzender_het_weet(onderweg, bied_aan, client, als, nu):
    bied_aan(startbericht(onderweg, inhoud=b"<kapot"))
    verwerk()
    rij = Bericht.objects.get(richting="in")
    als(Rol.BACKOFFICE, gemeente=onderweg.gemeente)
    pagina = lees(client, "berichten:bericht", rij.pk)
    assert "De melding aan de afzender gaat vanzelf weg." in pagina
    assert "StUF055" in pagina
    Foutmelding.objects.update(verzonden_op=moment())
    assert "aan de afzender gemeld." in lees(client, "berichten:bericht", rij.pk)
    Foutmelding.objects.update(verzonden_op=None, pogingen=MAX_POGINGEN, laatste_fout="Het knooppunt is dicht.")
    pagina = lees(client, PAGINA)
    assert "kon niet weg. Het knooppunt is dicht." in pagina
    assert "Laat de aanbieder op een andere manier weten" in pagina
    client.post(reverse("berichten:bericht", args=[rij.pk]), {"wat": "handel_af", "reden": "Gebeld."})
    assert "Foutmeldingen 0" in lees(client, PAGINA), "wie het bericht afhandelt, handelt de melding af"


# ------------------------------------------------------------------------------- in the monitor


def test_melding_over_een_onbekend_bericht_staat_in_de_monitor_tot_iemand_haar_afhandelt(
    onderweg, bied_aan, client, als, nu
):
    bied_aan(fo01(verzonden(), kruis=NUMMER))
    melding = Foutmelding.objects.get()
    wie = als(Rol.BACKOFFICE, gemeente=onderweg.gemeente)
    assert "Foutmeldingen 1" in lees(client, "berichten:monitor")
    assert "hoort bij geen bericht van dit portaal" in lees(client, PAGINA)
    assert verstuur_dagoverzicht(moment()) == 1
    assert "Foutmelding van de keten: 1" in mail.outbox[0].body
    pad = reverse(PAGINA)
    assert Taak.objects.open().get(soort=Taak.Soort.BERICHT_AFGEKEURD).pad == pad
    geen_reden = client.post(pad, {"melding": melding.pk, f"{melding.pk}-reden": ""})
    assert (geen_reden.status_code, "Schrijf op hoe dit is opgelost." in geen_reden.content.decode()) == (422, True)
    assert client.post(pad, {"melding": melding.pk, f"{melding.pk}-reden": "Met het GGk gebeld."}).status_code == 302
    assert "Foutmeldingen 0" in lees(client, "berichten:monitor")
    assert not Taak.objects.open().filter(soort=Taak.Soort.BERICHT_AFGEKEURD).exists()
    assert Logregel.objects.get(handeling="foutmeldingen.handel_af").reden == "Met het GGk gebeld."
    assert Logregel.objects.get(handeling="foutmeldingen.handel_af").aanstelling_id == wie.pk
    opnieuw = client.post(pad, {"melding": melding.pk, f"{melding.pk}-reden": "Nog een keer."})
    assert opnieuw.status_code == 409


def test_een_andere_gemeente_ziet_de_melding_niet_en_een_consulent_handelt_niet_af(onderweg, bied_aan, client, als, nu):
    bied_aan(fo01(verzonden(), kruis=NUMMER))
    melding = Foutmelding.objects.get()
    als(Rol.BACKOFFICE, gemeente=GemeenteFactory(code="0335"))
    assert "Er zijn geen foutmeldingen." in lees(client, PAGINA)
    assert client.post(reverse(PAGINA), {"melding": melding.pk}).status_code == 404
    als(Rol.CONSULENT, gemeente=onderweg.gemeente)
    assert "Hoe is dit opgelost?" not in lees(client, PAGINA)
    client.post(reverse(PAGINA), {"melding": melding.pk, f"{melding.pk}-reden": "Toch maar."})
    melding.refresh_from_db()
    assert melding.afgehandeld_op is None


@pytest.mark.parametrize("aantal", [1, 3])
def test_foutmeldingen_kosten_evenveel_queries(onderweg, client, als, aantal, nu, django_assert_num_queries):
    for nummer in range(aantal):
        Foutmelding.objects.create(
            richting="in",
            gemeente=onderweg.gemeente,
            bericht=Bericht.objects.get(soort="301"),
            tegenpartij="IB",
            referentienummer=str(nummer),
            cross_refnummer=NUMMER,
            code="IB103",
            ontstaan_op=moment(),
        )
    als(Rol.BACKOFFICE, gemeente=onderweg.gemeente)
    with django_assert_num_queries(10):
        client.get(reverse(PAGINA))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_foutmeldingen_zijn_toegankelijk_op_beide_breedten(onderweg, bied_aan, kijk):
    """Not delivered, about an unknown number, and one of ours that cannot leave."""
    vraag = verzonden()
    bied_aan(fo01(vraag))
    bied_aan(fo01(vraag, kruis=NUMMER, nummer=NUMMER))
    bied_aan(startbericht(onderweg, inhoud=b"<kapot"))
    verwerk()
    opgegeven = {"pogingen": MAX_POGINGEN, "laatste_fout": "Het knooppunt is niet te bereiken."}
    Foutmelding.objects.filter(richting="uit").update(**opgegeven)
    wie = aanstelling(Rol.BACKOFFICE, gemeente=onderweg.gemeente)
    adressen = [reverse(PAGINA), *(reverse("berichten:bericht", args=[rij.pk]) for rij in Bericht.objects.all())]
    for breedte in BREEDTES:
        for adres in adressen:
            keur(kijk(wie, adres, breedte))
