"""New skin is as round as a limb, and has the tone of the skin that stays."""

import numpy as np

from engine.imaging.colour_bleed import shrunk_mask
from engine.tryon.skin import rounded, toned

SIZE = (512, 384)


def limb() -> np.ndarray:
    mask = np.zeros(SIZE, bool)
    mask[100:400, 150:200] = True
    return mask


def flat(colour: tuple[int, int, int]) -> np.ndarray:
    return np.full((*SIZE, 3), colour, np.float32)


def test_a_limb_is_darkest_at_its_outline_and_as_light_as_before_on_average() -> None:
    skin = flat((200, 150, 120))
    made = rounded(skin, [limb(), limb() & False])
    row = made[250, 150:200, 0]
    assert row[0] < 0.87 * row[25]
    assert (np.diff(row[:24]) > -0.5).all()
    assert (np.diff(row[26:]) < 0.5).all()
    assert abs(made[limb()].mean() / skin[limb()].mean() - 1) < 0.04
    assert np.array_equal(made[~limb()], skin[~limb()])


def test_a_step_between_painted_and_kept_skin_goes() -> None:
    photo, painted, stays = flat((210, 160, 140)), flat((180, 120, 90)), limb()
    stays[:250] = False
    made = toned(painted, photo, limb(), stays)
    inner = shrunk_mask(limb(), 6)
    assert np.abs(made[inner] - photo[inner]).max() < 6
    assert np.abs(made[:, 100] - painted[:, 100]).max() == 0  # beside the skin


def test_no_colour_moves_further_than_skin_differs_from_skin() -> None:
    photo, painted = flat((250, 250, 250)), flat((100, 100, 100))
    made = toned(painted, photo, limb(), limb())
    assert made.max() <= 150.5


def test_without_skin_that_stays_nothing_changes() -> None:
    painted = flat((180, 120, 90))
    assert np.array_equal(toned(painted, flat((0, 0, 0)), limb(), limb() & False), painted)
