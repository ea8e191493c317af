"""New skin is as round as a limb, and has the tone of the skin that stays."""

import numpy as np

from engine.imaging.colour_bleed import shrunk_mask
from engine.tryon.skin import likeness, rounded, toned

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
    assert made.max() <= 180.5


def test_without_skin_that_stays_nothing_changes() -> None:
    painted = flat((180, 120, 90))
    assert np.array_equal(toned(painted, flat((0, 0, 0)), limb(), limb() & False), painted)


def test_skin_is_known_in_every_light_and_cloth_of_another_colour_is_not() -> None:
    face = np.zeros(SIZE, bool)
    face[20:90, 150:220] = True
    skin = np.array((200, 150, 120))
    photo = flat((200, 150, 120))
    places = {"sun": (1.25, True), "shade": (0.65, True), "black": (0.1, False)}
    for number, (light, _) in enumerate(places.values()):
        photo[150:400, 100 * number : 100 * number + 80] = skin * light
    photo[150:400, 300:380] = (150, 150, 150)  # grey cloth, as bright as skin is
    found = likeness(photo.clip(0, 255).astype(np.uint8), face)
    for number, (_, is_skin) in enumerate(places.values()):
        middle = found[200:350, 100 * number + 25 : 100 * number + 55]
        assert middle.min() > 0.9 if is_skin else middle.max() < 0.1
    assert found[200:350, 325:355].max() < 0.1


def test_without_a_face_nothing_is_known_of_skin() -> None:
    assert not likeness(flat((200, 150, 120)).astype(np.uint8), limb() & False).any()
