"""Work that goes on for days: a generator yields after how many days it wants to be woken, and is sent the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator
from datetime import date, timedelta

Verloop = Generator[int, date, None]
ZATERDAG = 5


class Agenda:
    """Who is to be woken when. Nobody works at weekends: then it becomes Monday."""

    def __init__(self) -> None:
        self._dagen: dict[date, list[Verloop]] = defaultdict(list)

    def begin(self, verloop: Verloop, dag: date) -> None:
        """Run `verloop` up to its first yield; its first day is `dag` or later."""
        next(verloop)
        self._dagen[_werkdag(dag)].append(verloop)

    def leef(self, dag: date) -> None:
        """Wake everybody whose day it is. Each is woken at most once a day."""
        for verloop in self._dagen.pop(dag, []):
            try:
                wacht = verloop.send(dag)
            except StopIteration:
                continue
            self._dagen[_werkdag(dag + timedelta(days=max(1, wacht)))].append(verloop)


def _werkdag(dag: date) -> date:
    while dag.weekday() >= ZATERDAG:
        dag += timedelta(days=1)
    return dag
