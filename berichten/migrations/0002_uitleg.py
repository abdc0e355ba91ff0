"""Return codes in plain Dutch: the rows an installation starts with."""

from django.db import migrations

UITLEG = (
    ("0001", "Technisch afgekeurd", "Het bericht voldoet niet aan de standaard.",
     "Geef door aan beheer. De cliënt merkt hier niets van."),
    ("0233", "Niet beoordeeld", "Dit deel is niet bekeken, omdat een ander deel fout was.", "Herstel het andere deel."),
    ("8001", "Volledig toegewezen", "Niets. De hele declaratie is akkoord.", "Betaling volgt."),
    ("8848", "Datum in de toekomst", "De datum van het bericht ligt na vandaag.",
     "Controleer de systeemklok, stuur opnieuw."),
    ("9056", "Bericht is dubbel", "Dit kenmerk is al gebruikt.", "Stuur met een nieuw kenmerk."),
    ("S300", "Gemeentecode klopt niet", "Deze code bestond niet op de ingangsdatum.", "Kies de juiste gemeente."),
    ("S329", "Productcode klopt niet", "Deze code hoort niet bij deze categorie of dit contract.",
     "Kies een code uit de catalogus."),
    ("9019", "Toewijzing niet gevonden", "Dit nummer past niet bij een toewijzing.", "Controleer het toewijzingnummer."),
    ("9063", "Eerdere melding ontbreekt", "De melding die u wilt verwijderen is niet bekend.",
     "Controleer de datums van de melding."),
    ("9069", "Startbericht ontbreekt", "Er is geen start bekend voor deze stop.", "Stuur eerst een startbericht."),
    ("9074", "Bericht was er al", "Hetzelfde start- of stopbericht is al ontvangen.",
     "U hoeft niets te doen, of verwijder het oude."),
    ("9326", "Levering loopt nog", "Er is al een start zonder stop.", "Stop eerst de lopende levering."),
    ("9413", "Al tijdelijk gestopt", "Er is al een tijdelijke stop (reden 20).", "Start eerst opnieuw, of stop definitief."),
    ("9347", "Er loopt al een verzoek", "Dit kenmerk is al voor een verzoek gebruikt.", "Wacht op het antwoord."),
    ("9374", "Er loopt al een verzoek", "Voor deze cliënt is nog een verzoek open.", "Wacht op het antwoord."),
    ("9349", "Niet alle producten genoemd", "In het verzoek ontbreken lopende producten.",
     "Neem alle producten op, ook de ongewijzigde."),
    ("0611", "Tarief klopt niet", "Het tarief is anders dan in het contract.", "Gebruik het tarief van die periode."),
    ("9346", "Bedrag klopt niet", "Aantal × tarief is niet het bedrag.",
     "Stuur de regel opnieuw met het juiste bedrag."),
    ("9321", "Meer dan toegewezen", "Deze regel gaat over het maximum van de periode.",
     "Verlaag, of vraag een wijziging (317)."),
    ("9322", "Meer dan toegewezen", "Het totaal gaat over het maximum van de opdracht.",
     "Verlaag, of vraag een wijziging (317)."),
    ("9369", "Budget op", "Het totaal gaat over het budget.", "Overleg met de gemeente."),
    ("9307", "Buiten de looptijd", "Het begin ligt buiten de toewijzing.", "Pas de periode aan."),
    ("9308", "Buiten de looptijd", "Het einde ligt buiten de toewijzing.", "Pas de periode aan."),
    ("9319", "Geen hele kalendermaand", "De periode volgt niet de kalendermaand.", "Splits per maand."),
    ("9387", "Geen hele kalendermaand", "De periode begint niet op de eerste dag van de maand.", "Splits per maand."),
    ("9388", "Geen hele kalendermaand", "De periode eindigt niet op de laatste dag van de maand.", "Splits per maand."),
    ("9389", "Correctie klopt niet", "Deze periode is al gedeclareerd.",
     "Crediteer eerst. Gebruik „Corrigeer deze regel”."),
    ("9390", "Correctie klopt niet", "Deze regel is al gecrediteerd.", "Gebruik „Corrigeer deze regel”."),
    ("9332", "Toewijzingnummer dubbel", "Dit nummer bestaat al.", "Beheer moet een nieuw nummer geven."),
    ("9385", "Kan niet verwijderen", "Er zijn al goedgekeurde declaraties.", "Kort de einddatum in."),
)  # fmt: skip


def vul(apps, schema_editor):
    Retourcodeuitleg = apps.get_model("berichten", "Retourcodeuitleg")
    Retourcodeuitleg.objects.bulk_create(
        Retourcodeuitleg(code=code, titel=titel, wat_is_er_mis=wat, wat_nu=nu) for code, titel, wat, nu in UITLEG
    )


class Migration(migrations.Migration):
    dependencies = [("berichten", "0001_initial")]

    operations = [migrations.RunPython(vul, migrations.RunPython.noop)]
