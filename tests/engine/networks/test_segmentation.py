"""The segmentation generator beyond its golden output."""

import pytest
import torch
from torch import nn

from engine.networks.segmentation import SegmentationConfig, SegmentationGenerator
from tests.engine.networks.contract import NetworkContract


class TestSegmentationGenerator(NetworkContract):
    kind = "segmentation"
    config_class = SegmentationConfig
    network_class = SegmentationGenerator
    shapes = ((21, 256, 192),)
    outputs = ((13, 256, 192),)
    wrong = (
        ((1, 20, 256, 192),),
        ((1, 21, 256),),
        ((1, 21, 250, 192),),
    )

    def test_output_is_the_sigmoid_of_the_logits(self, network: SegmentationGenerator) -> None:
        (x,) = self.inputs()
        with torch.no_grad():
            logits, made = network.logits(x), network(x)
        assert torch.equal(made, torch.sigmoid(logits))
        assert bool(((made > 0) & (made < 1)).all())

    def test_in_training_channels_last_gives_the_same_logits_and_gradients(self) -> None:
        made = []
        for memory in (torch.contiguous_format, torch.channels_last):
            torch.manual_seed(0)
            network = SegmentationGenerator(SegmentationConfig(width=4, dropout=0.0))
            network.to(memory_format=memory)  # type: ignore[call-overload]
            torch.manual_seed(1)
            x = torch.rand(3, 21, 64, 48).contiguous(memory_format=memory)
            logits = network.logits(x)
            logits.square().mean().backward()
            made.append((logits.detach(), [one.grad for one in network.parameters()]))
        (logits, grads), (others, other_grads) = made
        assert torch.allclose(logits, others, atol=1e-4)
        for one, other in zip(grads, other_grads, strict=True):
            assert one is not None
            assert other is not None
            assert torch.allclose(one, other, atol=1e-5 + 1e-3 * float(one.abs().max()))

    def test_dropout_is_drawn_in_training_only(self, network: nn.Module) -> None:
        (x,) = self.inputs()
        with torch.no_grad():
            assert torch.equal(network(x), network(x))
            network.train()
            assert not torch.equal(network(x), network(x))

    def test_dropout_can_be_left_out(self) -> None:
        network = SegmentationGenerator(SegmentationConfig(width=4, dropout=0.0)).train()
        (x,) = self.inputs()
        with torch.no_grad():
            assert torch.equal(network(x), network(x))

    @pytest.mark.parametrize("level", ["conv4", "conv5"])
    def test_dropout_follows_the_two_lowest_levels(self, network: SegmentationGenerator, level: str) -> None:
        """As published the skip of level 4 is taken after its dropout: with all of it dropped neither level counts."""
        network.train()
        network.drop.p = 1.0
        (x,) = self.inputs()
        with torch.no_grad():
            before = network(x)
            for parameter in getattr(network, level).parameters():
                parameter.zero_()
            assert torch.equal(network(x), before)
