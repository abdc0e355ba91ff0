"""Real threads with their own connections: a race that only exists on paper proves nothing."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection


@pytest.fixture
def tegelijk(transactional_db: None) -> Callable[[Iterable[Callable[[], Any]]], list[Any]]:
    """Run calls at the same moment, each on its own connection; gives results in order, an exception as itself."""

    def voer_uit(werk: Iterable[Callable[[], Any]]) -> list[Any]:
        taken = list(werk)
        start = threading.Barrier(len(taken))

        def een(taak: Callable[[], Any]) -> Any:
            try:
                start.wait(20)
                return taak()
            except Exception as fout:  # noqa: BLE001  the test judges what came out
                return fout
            finally:
                connection.close()

        with ThreadPoolExecutor(len(taken)) as pool:
            return list(pool.map(een, taken))

    return voer_uit
