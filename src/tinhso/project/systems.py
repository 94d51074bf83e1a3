"""The systems of this installation. Adding a system is a folder plus one line here."""

SYSTEMS: tuple[str, ...] = (
    "tinhso.systems.onestop.apps.OnestopConfig",
    "tinhso.systems.counters.apps.CountersConfig",
)
