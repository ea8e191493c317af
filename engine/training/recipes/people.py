"""What the recipes have in common whose networks look at people: person parser, and coats and things.

Both are a `PersonUNet` and learn on studio photos of a VITON data set and, if named, a folder of street photos.
"""

from dataclasses import dataclass
from typing import Any

from engine.errors import TryOnError
from engine.networks import efficientnet
from engine.networks.parser import SIZE, ParserConfig, PersonUNet
from engine.training.optimisers import AdamW
from engine.training.options import LoopOptions

MULTIPLE = 128  # of the height, so that the width of a 3:4 picture is a multiple of 32 as well


@dataclass(frozen=True, kw_only=True)
class PersonOptions(LoopOptions):
    """Hyper-parameters of such a recipe."""

    width: int = 24  # channels of the finest level
    encoder: str = ""  # "lite0" begins with EfficientNet-Lite0's published weights; empty learns from nothing
    encoder_rate: float = 0.25  # share of the learning rate for the encoder, which has less to learn
    height: int = SIZE[0]  # of the 3:4 pictures it learns on in the end, a multiple of 128
    rate: float = 2e-3  # AdamW's learning rate
    decay: float = 0.02  # AdamW's weight decay
    street: str = ""  # folder with image, image-parse and openpose-json of whole people; empty trains without
    street_share: float = 0.25  # share of the pictures that comes from there


PAPER: dict[str, Any] = {
    "batch": 32, "width": 32, "warm_up": 500, "decay_from": 0.4, "clip": 5.0, "validation_pairs": 500, "log_every": 50,
    "validate_every": 5000, "sample_every": 5000, "checkpoint_every": 2000,
}  # fmt: skip


def new_config(options: PersonOptions) -> ParserConfig:
    """The network's that the options ask for. TryOnError for a height that it cannot learn on."""
    if options.height < 1 or options.height % MULTIPLE:
        raise TryOnError("option.height", height=options.height, multiple=MULTIPLE)
    return ParserConfig(options.width, options.encoder, options.height)


def begin_encoder(network: PersonUNet) -> dict[str, Any]:
    """Give an encoder, if there is one, its published weights if their package is installed; what to note of that."""
    if not network.config.encoder:
        return {}
    found = efficientnet.published_weights()
    if found is None:
        return {"encoder": f"drawn at random, as {efficientnet.PACKAGE} is not installed"}
    efficientnet.load_published(network.down, found)
    return {"encoder": f"began with the weights of {efficientnet.PACKAGE}"}


def optimiser_of(network: PersonUNet, options: PersonOptions) -> AdamW:
    """That of its weights, those of an encoder with a learning rate of their own."""
    groups: list[dict[str, Any]] = [{"params": list(network.parameters())}]
    if network.config.encoder:
        encoder = list(network.down.parameters())
        known = {id(weight) for weight in encoder}
        others = [weight for weight in network.parameters() if id(weight) not in known]
        groups = [{"params": others}, {"params": encoder, "lr": options.rate * options.encoder_rate}]
    return AdamW(groups, lr=options.rate, weight_decay=options.decay)
