"""The order of the wachtlijst and the refusals: R-110 to R-119, R-130."""

import random
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wachtlijst import rules
from wachtlijst.rules import Claim, Handeling, Partij, Toestand, Weigeringsgrond

BEGIN = datetime(2026, 1, 6, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Plek:
    id: int
    geplaatst_op: datetime
    spoed: bool = False


def plek(nummer: int, *, dagen: int = 0, spoed: bool = False) -> Plek:
    return Plek(nummer, BEGIN + timedelta(days=dagen), spoed)


@st.composite
def lijsten(draw: st.DrawFn) -> list[Plek]:
    # few moments, so that ties happen
    stukken = draw(st.lists(st.tuples(st.integers(0, 4), st.booleans()), max_size=12))
    return [plek(nummer, dagen=dagen, spoed=spoed) for nummer, (dagen, spoed) in enumerate(stukken)]


def volgnummers(plekken: list[Plek], *, spoedlabel: bool = True) -> list[int]:
    return [plaats.plek.id for plaats in rules.volgorde(plekken, spoedlabel=spoedlabel)]


class TestVolgorde:
    LIJST = [plek(1, dagen=0), plek(2, dagen=1, spoed=True), plek(3, dagen=2), plek(4, dagen=3, spoed=True)]

    def test_spoed_eerst_dan_het_moment_van_plaatsen(self) -> None:
        assert volgnummers(self.LIJST) == [2, 4, 1, 3]

    def test_zonder_spoedlabel_telt_alleen_het_moment(self) -> None:
        assert volgnummers(self.LIJST, spoedlabel=False) == [1, 2, 3, 4]

    def test_gelijk_moment_gaat_op_id(self) -> None:
        assert volgnummers([plek(9), plek(3), plek(5)]) == [3, 5, 9]

    def test_een_lege_lijst_heeft_niemand(self) -> None:
        assert rules.volgende([]) is None
        assert rules.volgorde([]) == []

    @given(lijsten(), st.randoms(use_true_random=False), st.booleans())
    def test_de_volgorde_hangt_niet_af_van_hoe_de_rijen_binnenkomen(
        self, lijst: list[Plek], dobbelsteen: random.Random, spoedlabel: bool
    ) -> None:
        geschud = dobbelsteen.sample(lijst, len(lijst))
        assert volgnummers(geschud, spoedlabel=spoedlabel) == volgnummers(lijst, spoedlabel=spoedlabel)

    @given(lijsten(), st.booleans())
    def test_niemand_wordt_ingehaald_zonder_reden(self, lijst: list[Plek], spoedlabel: bool) -> None:
        plaatsen = rules.volgorde(lijst, spoedlabel=spoedlabel)
        for index, achter in enumerate(plaatsen):
            for voor in plaatsen[:index]:
                if spoedlabel and voor.plek.spoed != achter.plek.spoed:
                    assert voor.plek.spoed
                else:
                    assert voor.plek.geplaatst_op <= achter.plek.geplaatst_op

    @given(lijsten(), st.booleans())
    def test_volgende_is_de_eerste_van_de_volgorde(self, lijst: list[Plek], spoedlabel: bool) -> None:
        plaatsen = rules.volgorde(lijst, spoedlabel=spoedlabel)
        assert rules.volgende(lijst, spoedlabel=spoedlabel) == (plaatsen[0].plek if plaatsen else None)

    @given(lijsten())
    def test_om_de_beurt_claimen_slaat_niemand_over(self, lijst: list[Plek]) -> None:
        over, gehaald = list(lijst), []
        while (eerste := rules.volgende(over)) is not None:
            over.remove(eerste)
            gehaald.append(eerste.id)
        assert gehaald == volgnummers(lijst)

    @given(lijsten(), st.integers(0, 4))
    def test_een_nieuwe_gewone_plek_gaat_voor_niemand_die_er_al_stond(self, lijst: list[Plek], spoed: int) -> None:
        nieuw = plek(1000, dagen=5)
        assert volgnummers([*lijst, nieuw]) == [*volgnummers(lijst), 1000]

    @given(lijsten())
    def test_de_redenen_tellen_op_tot_het_nummer(self, lijst: list[Plek]) -> None:
        for plaats in rules.volgorde(lijst):
            assert plaats.spoed_ervoor + plaats.eerder_geplaatst + 1 == plaats.nummer
            assert plaats.is_spoed == plaats.plek.spoed


class TestWaarom:
    def test_elke_plaats_zegt_waarom(self) -> None:
        lijst = [
            plek(1),
            plek(2, dagen=1),
            plek(3, dagen=2, spoed=True),
            plek(4, dagen=3, spoed=True),
            plek(5, dagen=4),
        ]
        assert [plaats.reden for plaats in rules.volgorde(lijst)] == [
            "Deze plek is aan de beurt: van de plekken met spoed staat deze het langst op de lijst.",
            "Deze plek heeft spoed. Ervoor staat 1 persoon, ook met spoed en eerder op de lijst gezet.",
            "Deze plek is nummer 3. Ervoor staan 2 personen met spoed.",
            "Deze plek is nummer 4. Ervoor staan 2 personen met spoed en 1 persoon die eerder op de lijst is gezet.",
            "Deze plek is nummer 5. Ervoor staan 2 personen met spoed en 2 personen die eerder op de lijst zijn gezet.",
        ]

    def test_zonder_spoed(self) -> None:
        eerste, tweede = rules.volgorde([plek(1), plek(2, dagen=1)])
        assert (
            eerste.reden == "Deze plek is aan de beurt: er is geen plek met spoed en deze staat het langst op de lijst."
        )
        assert tweede.reden == "Deze plek is nummer 2. Ervoor staat 1 persoon die eerder op de lijst is gezet."

    def test_de_client_hoort_alleen_een_aantal(self) -> None:
        plaatsen = rules.volgorde([plek(1), plek(2, dagen=1), plek(3, dagen=2)])
        assert [plaats.uitleg_client for plaats in plaatsen] == [
            "U bent als eerste aan de beurt.",
            "Er is 1 mens voor u.",
            "Er zijn 2 mensen voor u.",
        ]

    def test_een_voorkeur_verandert_de_volgorde_niet(self) -> None:
        assert rules.voorkeur_zin(None) is None
        zin = rules.voorkeur_zin("Thuishulp De Proefpolder")
        assert zin is not None
        assert "De volgorde verandert hierdoor niet" in zin


GOED = Claim(
    toestand=Toestand.OPEN,
    beschikking_datum=date(2026, 1, 5),
    startdatum=date(2026, 2, 2),
    vandaag=date(2026, 1, 20),
    uiterste_start=date(2026, 2, 19),
)

# in the order in which they are judged: not on a list, outside the perceel, taken, not next, date
FOUTEN: list[tuple[Weigeringsgrond, dict[str, Any]]] = [
    (Weigeringsgrond.ONBEKENDE_REGEL, {"toestand": None}),
    (Weigeringsgrond.GEEN_WACHTLIJST, {"wachtlijst_actief": False}),
    (Weigeringsgrond.NIET_OP_LIJST, {"spoedtraject_loopt": True}),
    (Weigeringsgrond.BESCHIKKING_ONTBREEKT, {"beschikking_datum": None}),
    (Weigeringsgrond.BUITEN_PERCEEL, {"binnen_perceel": False}),
    (Weigeringsgrond.AL_GECLAIMD, {"toestand": Toestand.BEZET}),
    (Weigeringsgrond.NIET_AAN_DE_BEURT, {"eerst": "WRD-0212"}),
    (Weigeringsgrond.STARTDATUM_ONTBREEKT, {"startdatum": None}),
]


class TestWeiger:
    def test_een_goede_claim_staat(self) -> None:
        assert rules.weiger(GOED) is None

    @pytest.mark.parametrize(("grond", "fout"), FOUTEN, ids=[grond.value for grond, _ in FOUTEN])
    def test_elke_grond(self, grond: Weigeringsgrond, fout: dict) -> None:
        weigering = rules.weiger(replace(GOED, **fout))
        assert weigering is not None
        assert weigering.grond is grond
        assert weigering.zin.endswith(".")

    @pytest.mark.parametrize("eerste", range(1, len(FOUTEN)))
    def test_van_meer_gronden_wint_de_eerste(self, eerste: int) -> None:
        alles: dict = {}
        for _, fout in reversed(FOUTEN[eerste:]):
            alles |= fout
        weigering = rules.weiger(replace(GOED, **alles))
        assert weigering is not None
        assert weigering.grond is FOUTEN[eerste][0]

    def test_van_de_lijst_af(self) -> None:
        weigering = rules.weiger(replace(GOED, toestand=Toestand.VAN_DE_LIJST, binnen_perceel=False))
        assert weigering is not None
        assert weigering.grond is Weigeringsgrond.NIET_OP_LIJST

    @pytest.mark.parametrize(
        ("startdatum", "grond"),
        [
            (date(2026, 1, 19), Weigeringsgrond.STARTDATUM_VOORBIJ),
            (date(2026, 1, 20), None),
            (date(2026, 2, 19), None),
            (date(2026, 2, 20), Weigeringsgrond.STARTDATUM_TE_LAAT),
        ],
    )
    def test_grenzen_van_de_startdatum(self, startdatum: date, grond: Weigeringsgrond | None) -> None:
        weigering = rules.weiger(replace(GOED, startdatum=startdatum))
        assert (weigering and weigering.grond) == grond

    def test_de_zin_noemt_wat_er_wel_kan(self) -> None:
        beurt = rules.weiger(replace(GOED, eerst="WRD-0212"))
        assert beurt is not None
        assert beurt.zin == "Plek WRD-0212 is eerst aan de beurt. Claim die plek eerst."
        bezet = rules.weiger(replace(GOED, toestand=Toestand.BEZET, bezet_door="Thuishulp De Proefpolder"))
        assert bezet is not None
        assert "inmiddels geclaimd door Thuishulp De Proefpolder" in bezet.zin
        laat = rules.weiger(replace(GOED, startdatum=date(2026, 3, 1)))
        assert laat is not None
        assert "19-02-2026" in laat.zin


class TestHandelingen:
    """R-111, R-114: an aanbieder only claims; nobody moves a place."""

    @pytest.mark.parametrize("handeling", Handeling)
    @pytest.mark.parametrize("partij", [Partij.AANBIEDER, Partij.REGIO])
    def test_buiten_de_gemeente_mag_niemand_iets(self, handeling: Handeling, partij: Partij) -> None:
        weigering = rules.weiger_handeling(handeling, partij)
        assert weigering is not None
        assert weigering.grond is Weigeringsgrond.NIET_BEVOEGD

    @pytest.mark.parametrize("partij", Partij)
    def test_verplaatsen_bestaat_niet(self, partij: Partij) -> None:
        weigering = rules.weiger_handeling(Handeling.VERPLAATSEN, partij)
        assert weigering is not None
        assert weigering.zin.startswith("Niemand verplaatst een plek")

    def test_wie_wel_mag(self) -> None:
        assert rules.weiger_handeling(Handeling.PLAATSEN, Partij.CONSULENT) is None
        assert rules.weiger_handeling(Handeling.PLAATSEN, Partij.BACKOFFICE) is None
        assert rules.weiger_handeling(Handeling.TOEWIJZEN, Partij.BELEIDSMEDEWERKER) is None
        assert rules.weiger_handeling(Handeling.TOEWIJZEN, Partij.CONSULENT) is not None

    @pytest.mark.parametrize(
        ("situatie", "grond"),
        [
            ({}, None),
            ({"wachtlijst_actief": False}, Weigeringsgrond.GEEN_WACHTLIJST),
            ({"beschikking_datum": None}, Weigeringsgrond.BESCHIKKING_ONTBREEKT),
            ({"spoedtraject_loopt": True}, Weigeringsgrond.SPOEDTRAJECT_LOOPT),
        ],
    )
    def test_plaatsen(self, situatie: dict, grond: Weigeringsgrond | None) -> None:
        weigering = rules.weiger_plaatsing(
            **{"wachtlijst_actief": True, "beschikking_datum": date(2026, 1, 5), **situatie}
        )
        assert (weigering and weigering.grond) == grond
