"""What is measured in processes of their own: each prepares something and returns the call that does it."""

from collections.abc import Callable

from tests.benchmarks import cases, training, tryon


def picture(form: cases.Form, channels: int, size: tuple[int, int]) -> Callable[[], object]:
    """One picture of the ALIAS generator."""
    return cases.call(cases.generator(form, channels, noise=True), cases.picture(tuple(size)))


def training_step(form: cases.Form, channels: int, size: tuple[int, int]) -> Callable[[], object]:
    """One training step of the ALIAS generator."""
    return training.step(training.network(form, channels), cases.picture(tuple(size)))


def try_on(channels: int, size: tuple[int, int]) -> Callable[[], object]:
    """One whole try-on."""
    made = tryon.TryOn(tryon.random_pipeline(channels, tuple(size)))
    return made.whole


WORKS: dict[str, Callable[..., Callable[[], object]]] = {
    "picture": picture,
    "training_step": training_step,
    "try_on": try_on,
}
