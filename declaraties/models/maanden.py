"""From deliveries to the lines of a concept, in one statement: a hundred thousand prestaties never pass through Python.

The sums are those of declaraties/rules/tarieven.py; tests/declaraties/test_maanden.py holds both against each other.
"""

from __future__ import annotations

from datetime import date

from django.db import connection

from declaraties.models.declaraties import Declaratie

# Prestaties of earlier months that were not declared yet come along; five years is what TR335 allows. A period
# counts as declared while a live debet overlaps it: a toewijzing that was shortened later is not declared twice.
VUL = """
WITH bron AS (
    SELECT t.id AS toewijzing_id, t.toewijzingnummer, t.product_id, p.categorie, p.code,
           CASE WHEN COALESCE(NULLIF(t.eenheid, ''), p.eenheid) IN ('01', '04') THEN '01'
                ELSE COALESCE(NULLIF(t.eenheid, ''), p.eenheid) END AS eenheid,
           GREATEST(m.eerste, t.ingangsdatum) AS begin,
           LEAST((m.eerste + interval '1 month - 1 day')::date, t.einddatum) AS eind,
           m.aantal
    FROM (
        SELECT pr.toewijzing_id, date_trunc('month', pr.ingangsdatum)::date AS eerste, sum(pr.aantal) AS aantal
        FROM declaraties_prestatie pr JOIN wmo_toewijzing w ON w.id = pr.toewijzing_id
        WHERE w.aanbieder_id = %(aanbieder)s AND w.gemeente_id = %(gemeente)s
          AND pr.einddatum <= %(tot)s AND pr.ingangsdatum > %(tot)s::date - interval '5 years'
        GROUP BY 1, 2 HAVING sum(pr.aantal) > 0
    ) m JOIN wmo_toewijzing t ON t.id = m.toewijzing_id JOIN wmo_product p ON p.id = t.product_id
), nieuw AS (
    SELECT * FROM bron b WHERE NOT EXISTS (
        SELECT 1 FROM declaraties_declaratieregel r
        WHERE r.toewijzing_id = b.toewijzing_id AND r.productcode = b.code
          AND r.ingangsdatum <= b.eind AND r.einddatum >= b.begin AND r.declaratie_id <> %(declaratie)s
          AND NOT r.is_credit AND NOT r.gecrediteerd AND r.status <> 'afgekeurd')
), prijs AS MATERIALIZED (
    -- a handful of rows: the tariff of the first day of each productperiode (R-274)
    SELECT DISTINCT ON (d.product_id, d.begin) d.product_id, d.begin, ta.tarief, c.rekenmethode
    FROM (SELECT DISTINCT product_id, begin FROM nieuw) d
    JOIN declaraties_tarief ta ON ta.product_id = d.product_id
         AND ta.ingangsdatum <= d.begin AND (ta.einddatum IS NULL OR ta.einddatum >= d.begin)
    JOIN wmo_contract c ON c.id = ta.contract_id
    JOIN wmo_perceel pc ON pc.contract_id = c.id AND pc.aanbieder_id = %(aanbieder)s AND pc.gemeente_id = %(gemeente)s
         AND pc.ingangsdatum <= d.begin AND (pc.einddatum IS NULL OR pc.einddatum >= d.begin)
    ORDER BY d.product_id, d.begin, c.ingangsdatum DESC, c.id DESC
), weg AS (
    DELETE FROM declaraties_declaratieregel r
    WHERE r.declaratie_id = %(declaratie)s AND NOT r.is_credit AND NOT EXISTS (
        SELECT 1 FROM nieuw b WHERE b.toewijzing_id = r.toewijzing_id AND b.code = r.productcode
          AND b.begin = r.ingangsdatum AND b.eind = r.einddatum)
)
INSERT INTO declaraties_declaratieregel AS r
    (id, declaratie_id, aanbieder_id, volgnummer, toewijzing_id, toewijzingnummer, product_id, categorie, productcode,
     ingangsdatum, einddatum, eenheid, volume, tarief, bedrag, is_credit, referentienummer, vorig_referentienummer,
     gecrediteerd, status, afkeurcodes, bevindingen, besluitreden)
SELECT v.id, %(declaratie)s, %(aanbieder)s, 0, v.toewijzing_id, v.toewijzingnummer, v.product_id, v.categorie, v.code,
       v.begin, v.eind, v.eenheid, v.aantal, v.eenheidsprijs, v.bedrag, false, 'P' || v.id, '',
       false, 'open', '{{}}', '[]', ''
FROM (
    SELECT nextval('declaraties_declaratieregel_id_seq') AS id, b.*,
           {eenheidsprijs} AS eenheidsprijs, COALESCE({bedrag}, 0) AS bedrag
    FROM nieuw b LEFT JOIN prijs q ON q.product_id = b.product_id AND q.begin = b.begin
) v
ON CONFLICT (toewijzing_id, productcode, ingangsdatum, einddatum)
    WHERE NOT gecrediteerd AND NOT is_credit AND NOT (status = 'afgekeurd')
DO UPDATE SET volume = EXCLUDED.volume, tarief = EXCLUDED.tarief, bedrag = EXCLUDED.bedrag, eenheid = EXCLUDED.eenheid,
              afkeurcodes = '{{}}', bevindingen = '[]'
WHERE (r.volume, r.tarief, r.bedrag, r.eenheid)
      IS DISTINCT FROM (EXCLUDED.volume, EXCLUDED.tarief, EXCLUDED.bedrag, EXCLUDED.eenheid)
"""

# round(numeric, 2) rounds halves away from zero: half up for amounts, which are never negative
EENHEIDSPRIJS = """
    CASE WHEN b.eenheid = '83' THEN NULL
         WHEN b.eenheid = '01' THEN round(q.tarief / 60, 2)
         ELSE q.tarief END
"""
BEDRAG = """
    CASE WHEN b.eenheid = '83' THEN b.aantal / 100.0
         WHEN b.eenheid = '01' AND q.rekenmethode = 'UUR_NAAR_RATO' THEN round(q.tarief * b.aantal / 60, 2)
         WHEN b.eenheid = '01' THEN round(q.tarief / 60, 2) * b.aantal
         ELSE round(q.tarief * b.aantal, 2) END
"""

TEL_OP = """
UPDATE declaraties_declaratie d SET
    aantal_regels = s.aantal, aantal_uitval = s.uitval, ingediend_bedrag = s.ingediend, toegekend_bedrag = s.toegekend
FROM (
    SELECT count(*) AS aantal, count(*) FILTER (WHERE afkeurcodes <> '{}') AS uitval,
           COALESCE(sum(CASE WHEN is_credit THEN -bedrag ELSE bedrag END), 0) AS ingediend,
           COALESCE(sum(CASE WHEN is_credit THEN -bedrag ELSE bedrag END) FILTER (WHERE status = 'goedgekeurd'), 0)
               AS toegekend
    FROM declaraties_declaratieregel WHERE declaratie_id = %s
) s
WHERE d.id = %s AND (d.aantal_regels, d.aantal_uitval, d.ingediend_bedrag, d.toegekend_bedrag)
      IS DISTINCT FROM (s.aantal, s.uitval, s.ingediend, s.toegekend)
"""


def vul_concept(declaratie: Declaratie) -> int:
    """Bring the debet lines of a concept up to date with the prestaties; the number of lines written or changed.

    Doing it again without new prestaties writes nothing. The caller holds the lock of this provider and gemeente.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            VUL.format(eenheidsprijs=EENHEIDSPRIJS, bedrag=BEDRAG),
            {
                "aanbieder": declaratie.aanbieder_id,
                "gemeente": declaratie.gemeente_id,
                "tot": declaratie.periode.laatste_dag,
                "declaratie": declaratie.pk,
            },
        )
        geraakt = cursor.rowcount
    tel_op(declaratie)
    return geraakt


def tel_op(declaratie: Declaratie) -> None:
    """Write the sums of the lines on the declaration, and read them back."""
    with connection.cursor() as cursor:
        cursor.execute(TEL_OP, [declaratie.pk, declaratie.pk])
    declaratie.refresh_from_db(fields=["aantal_regels", "aantal_uitval", "ingediend_bedrag", "toegekend_bedrag"])


TE_BOUWEN = """
SELECT DISTINCT t.aanbieder_id, t.gemeente_id
FROM declaraties_prestatie pr JOIN wmo_toewijzing t ON t.id = pr.toewijzing_id
WHERE pr.einddatum BETWEEN %s AND %s AND pr.aantal > 0
ORDER BY 1, 2
"""


def te_bouwen(eerste: date, laatste: date) -> list[tuple[int, int]]:
    """(aanbieder, gemeente) with deliveries in the month: the chunks of the monthly run."""
    with connection.cursor() as cursor:
        cursor.execute(TE_BOUWEN, [eerste, laatste])
        return [(aanbieder, gemeente) for aanbieder, gemeente in cursor.fetchall()]


def volgende_id() -> int:
    """The id that the next line will have, so that its reference number can carry it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('declaraties_declaratieregel_id_seq')")
        return cursor.fetchone()[0]
