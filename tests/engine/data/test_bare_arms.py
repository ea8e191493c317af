"""Arms of training pairs laid bare from a random place on, as another photo of the person would show them."""

import numpy as np
import torch
from numpy.typing import NDArray

from engine.category import UPPER
from engine.data.bare_arms import laid_bare, limb_places, with_arms
from engine.data.batches import Batch, raw_batch, to_batch
from engine.data.sample import Sample
from engine.labels import Lip, Seg
from engine.pose import Joint
from tests.rendered import rendered_pair

SIZE = (256, 192)
ARMS = (Seg.LEFT_ARM, Seg.RIGHT_ARM)


def batch_of(*seeds: int) -> Batch:
    pairs = [rendered_pair(seed, SIZE) for seed in seeds]
    samples = [
        Sample(f"{seed}", f"{seed}", pair.image, pair.cloth, pair.cloth_mask, pair.parse, pair.pose)
        for seed, pair in zip(seeds, pairs, strict=True)
    ]
    return to_batch(raw_batch(samples))


def shown(batch: Batch, seed: int) -> NDArray[np.bool_]:
    """Where arms lie after `laid_bare`, (B, H, W)."""
    seeds = [seed + number for number in range(len(batch))]
    planes = laid_bare(batch.agnostic_parse, batch.parse, batch.limb_places, seeds, UPPER.worn)
    assert torch.equal(planes.sum(dim=1), batch.agnostic_parse.sum(dim=1))  # still one class a pixel
    return np.asarray(planes[:, list(ARMS)].sum(dim=1).bool())


def test_places_run_from_shoulder_to_wrist_on_each_arm() -> None:
    pair = rendered_pair(0, SIZE)
    places, pose = limb_places(pair.pose, SIZE), pair.pose.completed()
    assert places.dtype == np.uint8
    for first, chain in (
        (1, (Joint.LEFT_SHOULDER, Joint.LEFT_WRIST)),
        (102, (Joint.RIGHT_SHOULDER, Joint.RIGHT_WRIST)),
    ):
        root, end = (pose.point(joint) for joint in chain)
        at_root, at_end = (int(places[round(y), round(x)]) for x, y in (root, end))
        assert first <= at_root <= first + 25
        assert first + 75 <= at_end <= first + 100


def test_a_person_without_arms_has_no_places() -> None:
    pair = rendered_pair(0, SIZE)
    points = pair.pose.keypoints.copy()
    points[[Joint.LEFT_ELBOW, Joint.LEFT_WRIST, Joint.RIGHT_ELBOW, Joint.RIGHT_WRIST]] = 0
    pose = type(pair.pose)(points, pair.pose.size)
    assert not limb_places(pose, SIZE).any()


def test_bare_arms_end_anywhere_also_within_the_sleeve_and_never_on_the_body() -> None:
    batch = batch_of(0, 1, 2, 3)
    over = [shown(batch, seed) for seed in range(0, 120, 4)]
    sizes = [one.sum(axis=(1, 2)) for one in over]
    assert len({int(size) for size in np.stack(sizes)[:, 0]}) > 10
    worn = np.isin(batch.parse.numpy(), UPPER.worn)
    arms = np.isin(batch.parse.numpy(), (Lip.LEFT_ARM, Lip.RIGHT_ARM))
    assert any((one & worn).any() for one in over)
    assert not any((one & ~(worn | arms)).any() for one in over)
    limbs = batch.limb_places.numpy() > 0
    assert not any((one & worn & ~limbs).any() for one in over)


def test_some_people_show_no_more_than_the_agnostic_parse() -> None:
    batch = batch_of(0)
    own = np.asarray(batch.agnostic_parse[:, list(ARMS)].sum(dim=1).bool())
    same = [np.array_equal(shown(batch, seed), own) for seed in range(60)]
    assert 5 <= sum(same) <= 35


def test_arms_of_labels_replace_what_was_there() -> None:
    planes = torch.zeros(1, 13, 4, 4)
    planes[:, Seg.BOTTOM] = 1
    labels = torch.zeros(1, 4, 4, dtype=torch.uint8)
    labels[0, 1], labels[0, 2], labels[0, 3] = Seg.LEFT_ARM, Seg.RIGHT_ARM, Seg.UPPER
    made = with_arms(planes, labels).argmax(dim=1)[0]
    assert made[:, 0].tolist() == [Seg.BOTTOM, Seg.LEFT_ARM, Seg.RIGHT_ARM, Seg.BOTTOM]
