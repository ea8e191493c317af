"""A call before every convolution of a network, by which a long pass tells how far it is and can be stopped."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import get_ident

from torch import nn

from engine.networks.spectral import SpectralConv2d


def count_layers(network: nn.Module) -> int:
    """How often `ticking` ticks in one pass through the network."""
    return len(_layers(network))


@contextmanager
def ticking(network: nn.Module, tick: Callable[[], None]) -> Iterator[None]:
    """While inside, call `tick` before every convolution of the network that this thread runs."""
    own = get_ident()
    handles = [
        layer.register_forward_pre_hook(lambda *_: tick() if get_ident() == own else None) for layer in _layers(network)
    ]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()


def _layers(network: nn.Module) -> list[nn.Module]:
    return [module for module in network.modules() if isinstance(module, nn.Conv2d | SpectralConv2d)]
