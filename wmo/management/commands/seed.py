"""Build the exercise region by living through its days."""

import os
import random
import secrets
from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from config import mappen
from wmo import demo
from wmo.demo import schaal
from wmo.models import Aanstelling, Demo, Gebruiker, Gemeente
from wmo.periodes import vandaag
from wmo.permissions import Rol

BASIS = 300  # people who live through every day; more than these are multiplied
DAGEN = 420


class Command(BaseCommand):
    help = "Bouw de oefenregio op, met verzonnen mensen en datums rond vandaag."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--clienten", type=int, default=BASIS, help="aantal cliënten")
        parser.add_argument("--seed", type=int, default=1, help="zelfde getal, zelfde regio")
        parser.add_argument("--dagen", type=int, default=DAGEN, help="hoeveel dagen geschiedenis")
        parser.add_argument("--eenmalig", action="store_true", help="doe niets als er al een oefenregio is")

    def handle(self, *args: Any, **opties: Any) -> None:
        if opties["eenmalig"] and Gemeente.objects.exists():
            return
        if Gemeente.objects.exists():
            raise CommandError("Er staat al een regio in deze database. De oefenregio kan alleen in een lege database.")
        with transaction.atomic():
            wereld = self._leef(opties)
            self._maak_oefenomgeving(opties["seed"])
        self.stdout.write(f"Oefenregio klaar: {wereld.aantal_clienten} cliënten met {DAGEN} dagen geschiedenis.")
        if opties["clienten"] > BASIS:
            totaal = schaal.vermenigvuldig(opties["clienten"])
            self.stdout.write(f"Vermenigvuldigd tot {totaal} cliënten.")

    def _leef(self, opties: dict[str, Any]) -> demo.Wereld:
        laatste = vandaag(timezone.now())
        wereld = demo.Wereld(
            rng=random.Random(opties["seed"]),
            eerste_dag=laatste - timedelta(days=opties["dagen"]),
            laatste_dag=laatste,
            aantal_clienten=min(opties["clienten"], BASIS),
        )
        fasen = demo.fasen()
        for fase in fasen:
            if fase.richt_in:
                fase.richt_in(wereld)
        for nummer in range(opties["dagen"]):
            # yesterday is the last day lived: nothing of this morning has happened yet
            dag = wereld.eerste_dag + timedelta(days=nummer)
            for fase in fasen:
                fase.dag(wereld, dag)
            if nummer % 30 == 0:
                self.stdout.write(f"  {dag:%d-%m-%Y} ({nummer * 100 // opties['dagen']}%)")
        return wereld

    def _maak_oefenomgeving(self, seed: int) -> None:
        """Demo sign-in exists on the embedded database only; one random password for all, in a 0600 file."""
        if not settings.INGEBOUWD:
            return
        Demo.objects.create(gemaakt_op=timezone.now(), seed=seed)
        wachtwoord = secrets.token_urlsafe(12)
        aanstellingen = Aanstelling.objects.exclude(rol=Rol.SYSTEEM).met_organisatie()
        Gebruiker.objects.filter(aanstellingen__in=aanstellingen).update(password=make_password(wachtwoord))
        with open(os.open(mappen.DEMO_ACCOUNTS, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as bestand:
            bestand.write(f"Wachtwoord van alle oefenaccounts: {wachtwoord}\n")
            bestand.writelines(f"  {a.rolnaam:<26} {a.gebruiker.email}\n" for a in _een_per_rol(aanstellingen))


def _een_per_rol(aanstellingen: Iterable[Aanstelling]) -> list[Aanstelling]:
    """The login page offers everybody; on the terminal one person a role is enough."""
    return list({aanstelling.rol: aanstelling for aanstelling in aanstellingen}.values())
