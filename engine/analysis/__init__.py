"""From raw photos to what the pipeline reads: `Person` with pose and parse, `Garment` with its mask.

>>> from engine import analysis
>>> person = analysis.analyse(photo)                                            # doctest: +SKIP
>>> garment = analysis.cut_out(product_photo)                                   # doctest: +SKIP

Other parsers and pose models are plugged in as objects of the protocols in `engine.analysis.estimators`.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.analysis.estimators import Estimate as Estimate
    from engine.analysis.estimators import GarmentEstimator as GarmentEstimator
    from engine.analysis.estimators import PersonEstimator as PersonEstimator
    from engine.analysis.garment import AnalysedGarment as AnalysedGarment
    from engine.analysis.garment import cut_out as cut_out
    from engine.analysis.network import load_garment_estimator as load_garment_estimator
    from engine.analysis.network import load_person_estimator as load_person_estimator
    from engine.analysis.person import AnalysedPerson as AnalysedPerson
    from engine.analysis.person import analyse as analyse
    from engine.analysis.place import place_back as place_back
    from engine.analysis.quality import Quality as Quality
    from engine.analysis.quality import quality as quality
    from engine.analysis.warnings import Doubt as Doubt

_WHERE = {
    "AnalysedGarment": "garment",
    "AnalysedPerson": "person",
    "Doubt": "warnings",
    "Estimate": "estimators",
    "GarmentEstimator": "estimators",
    "PersonEstimator": "estimators",
    "Quality": "quality",
    "analyse": "person",
    "cut_out": "garment",
    "load_garment_estimator": "network",
    "load_person_estimator": "network",
    "place_back": "place",
    "quality": "quality",
}
__all__ = list(_WHERE)


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
