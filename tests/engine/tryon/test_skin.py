"""New skin is as round as a limb, and has the tone of the skin that stays."""

import numpy as np

from engine.imaging.colour_bleed import shrunk_mask
from engine.labels import Seg
from engine.tryon.skin import likeness, lit_colour, no_hands, toned, tones_of

SIZE = (512, 384)


def limb() -> np.ndarray:
    mask = np.zeros(SIZE, bool)
    mask[100:400, 150:200] = True
    return mask


def nowhere() -> np.ndarray:
    return np.zeros(SIZE, bool)


def in_tone(
    picture: np.ndarray, photo: np.ndarray, parts: list[np.ndarray], stays: np.ndarray, light: np.ndarray | None
) -> np.ndarray:
    (tone,) = tones_of(picture, photo, parts, stays, (light,))
    return toned(picture, tone, np.any(parts, axis=0))


def flat(colour: tuple[int, int, int]) -> np.ndarray:
    return np.full((*SIZE, 3), colour, np.float32)


def test_a_step_between_painted_and_kept_skin_goes() -> None:
    photo, painted, stays = flat((210, 160, 140)), flat((180, 120, 90)), limb()
    stays[:250] = False
    made = in_tone(painted, photo, [nowhere(), limb(), nowhere()], stays, None)
    inner = shrunk_mask(limb(), 6)
    assert np.abs(made[inner] - photo[inner]).max() < 6
    assert np.abs(made[:, 100] - painted[:, 100]).max() == 0  # beside the skin


def test_no_colour_moves_further_than_skin_differs_from_skin() -> None:
    photo, painted = flat((250, 250, 250)), flat((100, 100, 100))
    made = in_tone(painted, photo, [nowhere(), limb(), nowhere()], limb(), None)
    assert made.max() <= 180.5


def test_without_skin_that_stays_and_without_a_face_nothing_changes() -> None:
    painted = flat((180, 120, 90))
    parts = [nowhere(), limb(), nowhere()]
    assert np.array_equal(in_tone(painted, flat((0, 0, 0)), parts, nowhere(), None), painted)


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


def test_skin_that_meets_none_of_the_photo_has_without_a_face_the_tone_of_most_that_is_seen() -> None:
    painted, photo = flat((150, 110, 90)), flat((190, 150, 130))
    photo[300:330] = (150, 90, 60)  # the chin's shadow, next to the arm
    head, arm = np.zeros(SIZE, bool), np.zeros(SIZE, bool)
    head[50:330, 20:120], arm[340:500, 150:200] = True, True
    made = in_tone(painted, photo, [head, arm, nowhere()], head, None)
    assert np.abs(made[420, 175] - (190, 150, 130)).max() < 6


def test_a_chest_below_the_chins_shadow_is_as_light_as_the_face() -> None:
    """But for a tenth, and an arm that meets nothing nearly so; where skin stays, what is painted meets it."""
    painted, photo = flat((140, 100, 85)), flat((120, 80, 60))  # the shadow
    neck, arm, stays = nowhere(), nowhere(), nowhere()
    neck[100:300, 150:250], arm[200:450, 300:340], stays[100:150, 150:250] = True, True, True
    light = np.array((210, 170, 150), np.float32)
    made = in_tone(painted, photo, [neck, arm, nowhere()], stays, light)
    assert np.abs(made[130:148, 200] - photo[0, 0]).max() < 16
    assert np.abs(np.diff(made[140:160, 200, 1])).max() < 6
    assert np.abs(made[260, 200] - 0.9 * light).max() < 8
    assert (np.diff(made[155:260:5, 200, 1]) > -0.5).all(), "no step on the way"
    assert np.abs(made[330, 320] - 0.9 * 0.92 * light).max() < 8
    assert np.array_equal(made[:, 20], painted[:, 20])


def test_painted_skin_that_is_about_as_light_as_the_face_takes_its_hue_alone_and_keeps_what_is_redder() -> None:
    painted, arm, light = flat((190, 170, 120)), nowhere(), np.array((210, 170, 150), np.float32)
    arm[200:450, 260:340] = True
    painted[300:360, 280:320] *= (1.15, 0.95, 0.95)  # an elbow
    made = in_tone(painted, flat((0, 0, 0)), [nowhere(), arm, nowhere()], nowhere(), light)
    plain, elbow = made[240, 300], made[330, 300]
    assert np.abs(plain / plain.mean() - light / light.mean()).max() < 0.03
    assert abs(plain.mean() / painted[240, 300].mean() - 1) < 0.05
    assert elbow[0] / elbow[1] > 1.1 * plain[0] / plain[1]


def test_the_light_of_a_face_is_that_of_its_brighter_half() -> None:
    face, photo = nowhere(), flat((200, 150, 120)).astype(np.uint8)
    face[20:90, 150:220] = True
    photo[30:50, 160:210] = (20, 20, 25)  # glasses
    photo[60:85, 150:180] = (120, 85, 70)  # a shadow
    found = lit_colour(photo, face, nowhere())
    assert found is not None
    assert np.abs(found - (200, 150, 120)).max() < 1
    assert lit_colour(photo, nowhere(), nowhere()) is None


def test_bare_arms_tell_the_bodys_light_and_hands_do_not() -> None:
    face, photo = nowhere(), flat((230, 180, 150)).astype(np.uint8)
    face[20:90, 150:220] = True
    photo[100:400, 150:200] = (184, 138, 115)
    arms = lit_colour(photo, face, limb())
    hand = lit_colour(photo, face, limb() & (np.arange(SIZE[0]) > 350)[:, None])
    assert arms is not None
    assert hand is not None
    assert np.abs(arms - (200, 150, 125)).max() < 1
    assert np.abs(hand - (230, 180, 150)).max() < 1


def test_what_is_white_and_unlike_the_face_is_no_hand() -> None:
    labels = np.zeros(SIZE, np.uint8)
    labels[300:340, 100:140], labels[300:340, 200:240] = Seg.RIGHT_ARM, Seg.LEFT_ARM
    alike = np.zeros(SIZE, np.float32)
    photo = flat((240, 240, 242)).astype(np.uint8)
    photo[:, 180:] = (120, 90, 70)
    found = no_hands(photo, labels, alike)
    assert np.array_equal(found, labels == Seg.RIGHT_ARM), "a dark hand in another light may be one"
    assert not no_hands(photo, labels, alike + 1).any(), "nor is a face in the sun's own colour doubted"
    labels[305:, 200:240] = 0
    assert np.array_equal(no_hands(photo, labels, alike), labels > 0), "a scrap of another colour is no hand"
