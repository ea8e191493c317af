import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.errors import TryOnError
from engine.imaging.images import frame

SIZE = (256, 192)
sides = st.integers(64, 300)
sizes = st.sampled_from([(64, 48), (128, 96), (256, 192), (100, 100)])


def photo(height, width, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)


def smooth(height, width):
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    return np.stack([40 + 180 * x, 30 + 150 * y, 60 + 120 * (1 - x) * y], axis=-1).astype(np.uint8)


@st.composite
def framings(draw):
    """A framed photo, cut by a box that may leave it."""
    height, width = draw(sides), draw(sides)
    x = sorted(draw(st.tuples(st.floats(-0.5, 0.4), st.floats(0.6, 1.5))))
    y = sorted(draw(st.tuples(st.floats(-0.5, 0.4), st.floats(0.6, 1.5))))
    box = draw(st.none() | st.just((x[0] * width, y[0] * height, x[1] * width, y[1] * height)))
    picture = photo(height, width)
    return picture, frame(picture, draw(sizes), box)


@given(framings(), st.lists(st.tuples(st.floats(-500, 500), st.floats(-500, 500)), min_size=1))
def test_points_go_to_the_frame_and_back(framing, points):
    _, framed = framing
    np.testing.assert_allclose(framed.to_photo(framed.to_frame(points)), points, atol=1e-6)
    np.testing.assert_allclose(framed.to_frame(framed.to_photo(points)), points, atol=1e-6)


@given(framings())
def test_the_frame_has_the_size_asked_for_and_one_scale(framing):
    _, framed = framing
    left, top, right, bottom = framed.box
    height, width = framed.size
    assert framed.image.shape == (height, width, 3)
    assert (right - left) / width == pytest.approx((bottom - top) / height)
    np.testing.assert_allclose(framed.to_frame([(left - 0.5, top - 0.5)]), [(-0.5, -0.5)], atol=1e-6)
    np.testing.assert_allclose(framed.to_frame([(right - 0.5, bottom - 0.5)]), [(width - 0.5, height - 0.5)], atol=1e-6)


@given(framings(), st.integers(0, 2**32 - 1))
def test_pasting_back_changes_nothing_outside_the_mask(framing, seed):
    picture, framed = framing
    rng = np.random.default_rng(seed)
    mask = np.where(rng.random(framed.size) < 0.02, rng.integers(1, 256, framed.size), 0).astype(np.uint8)
    pasted = framed.paste_back(picture, 255 - framed.image, mask)
    y, x = np.mgrid[: picture.shape[0], : picture.shape[1]]
    columns, rows = np.floor(framed.to_frame(np.stack([x, y], axis=-1)) + 0.5).astype(int).transpose(2, 0, 1)
    inside = (rows >= 0) & (columns >= 0) & (rows < framed.size[0]) & (columns < framed.size[1])
    masked = inside & (mask[rows.clip(0, framed.size[0] - 1), columns.clip(0, framed.size[1] - 1)] > 0)
    assert (pasted[~masked] == picture[~masked]).all()
    assert pasted is not picture


@given(framings())
def test_an_empty_mask_gives_the_photo(framing):
    picture, framed = framing
    assert (framed.paste_back(picture, framed.image, np.zeros(framed.size, dtype=np.uint8)) == picture).all()


def test_at_full_scale_the_frame_is_a_crop_and_pasting_is_exact():
    picture = photo(400, 300)
    framed = frame(picture, SIZE, (20, 30, 212, 286))
    assert (framed.image == picture[30:286, 20:212]).all()
    mask = np.zeros(SIZE, dtype=np.uint8)
    mask[50:60, 70:90] = 255
    expected = picture.copy()
    expected[80:90, 90:110] = 7
    assert (framed.paste_back(picture, np.full((*SIZE, 3), 7, dtype=np.uint8), mask) == expected).all()


def test_a_soft_mask_feathers():
    picture = np.zeros((256, 192, 3), dtype=np.uint8)
    framed = frame(picture, SIZE)
    mask = np.tile(np.arange(192, dtype=np.uint8), (256, 1))
    pasted = framed.paste_back(picture, np.full((*SIZE, 3), 255, dtype=np.uint8), mask)
    assert (pasted == mask[..., None]).all()


@pytest.mark.parametrize("shape", [(1024, 768), (300, 225), (700, 900), (200, 333)])
def test_going_there_and_back_keeps_a_smooth_photo(shape):
    picture = smooth(*shape)
    framed = frame(picture, (512, 384), fill="edge")
    pasted = framed.paste_back(picture, framed.image, np.full(framed.size, 255, dtype=np.uint8))
    assert np.abs(pasted.astype(int) - picture).max() <= 3


@pytest.mark.parametrize("scale", [0.25, 0.5, 3])
def test_a_dot_lands_where_points_say(scale):
    """Shrinking or enlarging, pixels and keypoints must move together."""
    height, width = round(256 / scale), round(192 / scale)
    picture = np.zeros((height, width, 3), dtype=np.uint8)
    radius = max(1, round(4 / scale))
    y, x = height // 3, width // 4
    picture[y - radius : y + radius + 1, x - radius : x + radius + 1] = 255
    framed = frame(picture, SIZE, fill=0)
    weight = framed.image[..., 0].astype(float)
    rows, columns = np.mgrid[: SIZE[0], : SIZE[1]]
    centre = (weight * columns).sum() / weight.sum(), (weight * rows).sum() / weight.sum()
    np.testing.assert_allclose(framed.to_frame([(x, y)])[0], centre, atol=0.05)


@pytest.mark.parametrize(("shape", "box"), [((300, 600), (0, -250, 600, 550)), ((600, 300), (-75, 0, 375, 600))])
def test_the_whole_photo_is_shown_with_padding_about_it(shape, box):
    picture = np.full((*shape, 3), 90, dtype=np.uint8)
    framed = frame(picture, (512, 384), fill=200)
    assert framed.box == pytest.approx(box)
    assert (framed.image[0, 0] == 200).all()
    assert (framed.image[-1, -1] == 200).all()
    assert (framed.image[256, 192] == 90).all()
    share = (framed.image == 90).all(axis=-1).mean()
    assert share == pytest.approx(shape[0] * shape[1] / ((box[2] - box[0]) * (box[3] - box[1])), abs=0.02)


@given(framings())
def test_padding_is_where_the_box_leaves_the_photo(framing):
    """Padding is drawn as its own picture: a photo of nothing but 10 with a fill of 250."""
    picture, framed = framing
    again = frame(np.full_like(picture, 10), framed.size, framed.box, fill=250)
    rows, columns = np.mgrid[: framed.size[0], : framed.size[1]]
    x, y = np.moveaxis(framed.to_photo(np.stack([columns, rows], axis=-1)) + 0.5, -1, 0)
    far = 3.5 * max(1, 1 / framed.scale)
    height, width = framed.photo_size
    well_outside = (x < -far) | (y < -far) | (x > width + far) | (y > height + far)
    well_inside = (x > far) & (y > far) & (x < width - far) & (y < height - far)
    assert (again.image[well_outside] == 250).all()
    assert (again.image[well_inside] == 10).all()


def test_edge_padding_repeats_the_border():
    picture = smooth(100, 300)
    framed = frame(picture, (400, 300), fill="edge")
    assert (framed.image[0] == framed.image[140]).all()
    assert np.abs(framed.image[10].astype(int) - picture[0]).max() <= 1


def test_a_box_is_widened_inside_the_photo_where_there_is_room():
    framed = frame(photo(800, 600), SIZE, (0, 0, 100, 400))
    assert framed.box == pytest.approx((0, 0, 300, 400))
    assert frame(photo(800, 600), SIZE, (250, 100, 350, 500)).box == pytest.approx((150, 100, 450, 500))


@given(st.integers(64, 400), st.integers(64, 400))
def test_the_photo_is_never_cut_when_no_box_is_given(height, width):
    left, top, right, bottom = frame(photo(height, width), (64, 48)).box
    assert left <= 1e-9
    assert top <= 1e-9
    assert right >= width - 1e-9
    assert bottom >= height - 1e-9


def test_a_long_photo_is_padded_in_the_frame_and_not_at_its_own_size():
    framed = frame(np.full((4000, 200, 3), 50, dtype=np.uint8), SIZE)
    assert framed.image[128, 96].tolist() == [50, 50, 50]
    assert framed.image[128, 0].tolist() == [255, 255, 255]


@given(st.tuples(*[st.floats(allow_nan=True, allow_infinity=True)] * 4))
def test_any_box_gives_a_frame_or_a_sentence(box):
    try:
        framed = frame(photo(80, 60), (64, 48), box)
    except TryOnError:
        return
    assume(framed.image.any())
    assert framed.image.shape == (64, 48, 3)


@pytest.mark.parametrize("what", ["photo", "result", "mask"])
def test_arrays_of_other_sizes_are_refused(what):
    picture = photo(100, 100)
    framed = frame(picture, SIZE)
    arrays = {"photo": picture, "result": framed.image, "mask": framed.image[..., 0]}
    arrays[what] = arrays[what][:-1]
    with pytest.raises(ValueError, match=f"the {what} must be uint8"):
        framed.paste_back(**arrays)
