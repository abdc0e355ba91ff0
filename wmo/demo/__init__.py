"""The exercise region: built by living through its days, with the same actions that people use.

Each app brings its own part and registers it in `AppConfig.ready`, so that import directions stay as they are: what it
needs before the first day, and what its people do on a day. `manage.py seed` walks from long ago to this morning.
"""

from wmo.demo.wereld import Fase, Wereld, fasen, registreer

__all__ = ["Fase", "Wereld", "fasen", "registreer"]
