"""People and garments as the window holds them: what the engine's process answers, for the views as well."""

from tryon_app.workers.answers import GarmentPhoto, PersonPhoto

__all__ = ["GarmentPhoto", "PersonPhoto"]
