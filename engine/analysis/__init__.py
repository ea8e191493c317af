"""From raw photos to what the pipeline reads: `Person` with pose and parse, `Garment` with its mask.

>>> from engine import analysis
>>> person = analysis.analyse(photo)                                            # doctest: +SKIP
>>> garment = analysis.cut_out(product_photo)                                   # doctest: +SKIP

Other parsers and pose models are plugged in as objects of the protocols in `engine.analysis.common.estimators`.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.analysis.common.doubt import Doubt as Doubt
    from engine.analysis.common.estimators import Estimate as Estimate
    from engine.analysis.common.estimators import GarmentEstimator as GarmentEstimator
    from engine.analysis.common.estimators import PersonEstimator as PersonEstimator
    from engine.analysis.common.pack_estimators import load_garment_estimator as load_garment_estimator
    from engine.analysis.common.pack_estimators import load_person_estimator as load_person_estimator
    from engine.analysis.garment.cut_out import AnalysedGarment as AnalysedGarment
    from engine.analysis.garment.cut_out import cut_out as cut_out
    from engine.analysis.person.analyse import AnalysedPerson as AnalysedPerson
    from engine.analysis.person.analyse import analyse as analyse

_WHERE = {
    "AnalysedGarment": "engine.analysis.garment.cut_out",
    "AnalysedPerson": "engine.analysis.person.analyse",
    "Doubt": "engine.analysis.common.doubt",
    "Estimate": "engine.analysis.common.estimators",
    "GarmentEstimator": "engine.analysis.common.estimators",
    "PersonEstimator": "engine.analysis.common.estimators",
    "analyse": "engine.analysis.person.analyse",
    "cut_out": "engine.analysis.garment.cut_out",
    "load_garment_estimator": "engine.analysis.common.pack_estimators",
    "load_person_estimator": "engine.analysis.common.pack_estimators",
}
__all__ = list(_WHERE)


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)
