from .load_units import UnitsLoaded, load_units

__all__ = ["UnitsLoaded", "load_units"]
