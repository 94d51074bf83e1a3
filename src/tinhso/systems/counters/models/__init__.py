from .room import Desk, Line, Room
from .ticket import Ticket

__all__ = ["Desk", "Line", "Room", "Ticket"]
