"""What every network of the try-on keeps to; the test of each network inherits it and adds its own."""

from dataclasses import FrozenInstanceError, asdict, fields
from typing import Any, ClassVar

import pytest
import torch
from torch import Tensor, nn

from engine import networks
from engine.weights.strict import expected_shapes
from tests.packs import filled

Shape = tuple[int, ...]


class NetworkContract:
    """Shapes, configuration, widths, gradients, states and refusals, on networks small enough for a second."""

    kind: ClassVar[str]
    config_class: ClassVar[type]
    network_class: ClassVar[type]
    shapes: ClassVar[tuple[Shape, ...]]  # of the inputs, without the batch
    outputs: ClassVar[tuple[Shape, ...]]
    wrong: ClassVar[tuple[tuple[Shape, ...], ...]]  # inputs that must be refused, with their batch
    refused: ClassVar[tuple[Any, ...]] = (ValueError, RuntimeError)

    def inputs(self, batch: int = 1, shapes: tuple[Shape, ...] | None = None) -> list[Tensor]:
        generator = torch.Generator().manual_seed(1)
        return [torch.rand(batch, *shape, generator=generator) * 2 - 1 for shape in shapes or self.shapes]

    def run(self, network: nn.Module, inputs: list[Tensor]) -> list[Tensor]:
        made = network(*inputs)
        return list(made) if isinstance(made, tuple) else [made]

    @pytest.fixture
    def network(self) -> nn.Module:
        return filled(self.kind, {"width": 4})

    def test_is_built_by_its_kind(self) -> None:
        network = networks.build(self.kind, {"width": 4})
        assert type(network) is self.network_class
        assert network.config == self.config_class(width=4)
        assert networks.config_of(network) == asdict(self.config_class(width=4))

    def test_default_is_the_published_width(self) -> None:
        assert self.config_class().width == 64

    def test_configuration_is_frozen(self) -> None:
        config = self.config_class()
        for field in fields(config):
            with pytest.raises(FrozenInstanceError):
                setattr(config, field.name, getattr(config, field.name))

    @pytest.mark.parametrize("batch", [1, 3])
    def test_shapes(self, network: nn.Module, batch: int) -> None:
        with torch.no_grad():
            made = self.run(network, self.inputs(batch))
        assert [tuple(one.shape) for one in made] == [(batch, *shape) for shape in self.outputs]
        assert all(one.dtype == torch.float32 and bool(one.isfinite().all()) for one in made)

    def test_sample_does_not_depend_on_its_neighbours(self, network: nn.Module) -> None:
        inputs = self.inputs(2)
        with torch.no_grad():
            together = self.run(network, inputs)
            alone = self.run(network, [one[1:] for one in inputs])
        for both, single in zip(together, alone, strict=True):
            assert float((both[1:] - single).abs().max()) < 1e-4

    def test_output_depends_on_every_input(self, network: nn.Module) -> None:
        inputs = self.inputs()
        with torch.no_grad():
            before = self.run(network, inputs)[0]
            for index in range(len(inputs)):
                other = [one.flip(-1) if i == index else one for i, one in enumerate(inputs)]
                assert not torch.allclose(self.run(network, other)[0], before, atol=1e-4), f"input {index}"

    def test_evaluation_repeats_and_leaves_the_inputs_alone(self, network: nn.Module) -> None:
        inputs = self.inputs()
        copies = [one.clone() for one in inputs]
        state = {key: value.clone() for key, value in network.state_dict().items()}
        with torch.no_grad():
            first, second = self.run(network, inputs), self.run(network, inputs)
        assert all(torch.equal(a, b) for a, b in zip(first, second, strict=True))
        assert all(torch.equal(a, b) for a, b in zip(inputs, copies, strict=True))
        assert all(torch.equal(value, state[key]) for key, value in network.state_dict().items())

    def test_width_scales_every_layer(self) -> None:
        narrow, wide = (expected_shapes(self.kind, {"width": width}) for width in (8, 16))
        assert list(narrow) == list(wide)
        for key, shape in narrow.items():
            for small, large in zip(shape, wide[key], strict=True):
                # a side is a number of classes or pixels, a multiple of the width, or both side by side
                assert small <= large <= 2 * small, key
        assert any(wide[key] != shape for key, shape in narrow.items())

    def test_every_parameter_learns(self, network: nn.Module) -> None:
        network.train()
        made = self.run(network, self.inputs(2))
        torch.stack([(one * torch.linspace(-1, 1, one.shape[-1])).mean() for one in made]).sum().backward()
        for name, parameter in network.named_parameters():
            assert parameter.grad is not None, name
            assert bool(parameter.grad.isfinite().all()), name
            # a bias before a normalisation is subtracted again, so only weights must feel the loss
            assert parameter.ndim == 1 or bool(parameter.grad.any()), name

    def test_state_makes_the_same_network(self, network: nn.Module) -> None:
        other = networks.build(self.kind, {"width": 4}).eval()
        inputs = self.inputs()
        with torch.no_grad():
            wanted = self.run(network, inputs)[0]
            assert not torch.allclose(self.run(other, inputs)[0], wanted)
            other.load_state_dict(network.state_dict(), strict=True)
            assert torch.equal(self.run(other, inputs)[0], wanted)

    def test_wrong_shapes_are_refused(self, network: nn.Module) -> None:
        for shapes in self.wrong:
            with pytest.raises(self.refused), torch.no_grad():
                self.run(network, [torch.zeros(shape) for shape in shapes])

    def ordinary_inputs(self) -> list[Tensor]:
        """Inputs of a size as in use, where rounding is not magnified."""
        return self.inputs()

    @pytest.mark.parametrize("precision", [torch.bfloat16, torch.float16])
    def test_half_precision_stays_near(self, network: nn.Module, precision: torch.dtype) -> None:
        with torch.inference_mode():
            exact = self.run(network, self.ordinary_inputs())[0]
            with torch.autocast("cpu", dtype=precision):
                near = self.run(network, self.ordinary_inputs())[0].float()
        assert bool(near.isfinite().all())
        assert float((near - exact).abs().mean()) < 0.1
