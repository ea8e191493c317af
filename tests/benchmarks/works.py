"""What is measured in processes of their own: each prepares something and returns the call that does it."""

from collections.abc import Callable
from importlib.resources import as_file, files

import torch

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


def shipped(size: tuple[int, int], batch: int = 1, threads: int = 0) -> Callable[[], object]:
    """So many whole try-ons by the pack that ships, from photos that are analysed already."""
    from engine.analysis.common.pack_estimators import load_garment_estimator, load_person_estimator
    from engine.analysis.photo_files import find_garment, find_person
    from engine.tryon.pipeline import Job, load_pipeline
    from engine.values import Garment, Person

    torch.set_num_threads(threads or torch.get_num_threads())
    height, width = size
    with as_file(files("resources") / "samples") as folder:
        seen = find_person(folder / "people/woman.jpg", load_person_estimator()).scaled((height, width))
        cloth = find_garment(folder / "garments/tee.jpg", load_garment_estimator()).scaled((height, width))
    person = Person(seen.image, seen.pose, seen.parse, seen.pose_picture)
    jobs = [Job(person, Garment(cloth.image, cloth.mask))] * batch
    pipeline = load_pipeline(size=(height, width))
    return lambda: pipeline.run_batch(jobs)


WORKS: dict[str, Callable[..., Callable[[], object]]] = {
    "picture": picture,
    "training_step": training_step,
    "try_on": try_on,
    "shipped": shipped,
}
