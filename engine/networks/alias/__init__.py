"""The ALIAS generator (VITON-HD, section 3.4) behind one door: outside this room only what stands here is imported.

Imports the other networks, labels and system. `generator` is what is trained; `streaming` computes the same quickly.
"""

from engine.networks.alias.generator import MULTIPLE, NORMALISATIONS, AliasConfig, AliasGenerator, prepare
from engine.networks.alias.padding import cropped, padded

__all__ = ["MULTIPLE", "NORMALISATIONS", "AliasConfig", "AliasGenerator", "cropped", "padded", "prepare"]
