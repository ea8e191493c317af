import json
import math
import zipfile

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from engine.errors import TryOnError
from engine.pose import COLOURS, JOINT_NAMES, LIMBS, MIRRORED, Joint, Pose, pose_from_openpose, read_pose
from engine.pose.skeleton import COCO_18, HAND_LIMBS
from tests import fill
from tests.rendered import rendered_pair

SIZE = (256, 192)
TORSO = (
    Joint.NECK,
    Joint.RIGHT_SHOULDER,
    Joint.LEFT_SHOULDER,
    Joint.MID_HIP,
    Joint.RIGHT_HIP,
    Joint.LEFT_HIP,
)


def keypoint_arrays(count):
    """Detected joints well inside the picture, or rows of zeros."""
    row = st.tuples(st.floats(1, 190), st.floats(1, 254), st.floats(0.01, 1)) | st.just((0.0, 0.0, 0.0))
    return st.lists(row, min_size=count, max_size=count).map(lambda rows: np.array(rows, dtype=np.float32))


poses = st.builds(
    Pose,
    keypoint_arrays(25),
    st.just(SIZE),
    hands=st.tuples(st.none() | keypoint_arrays(21), st.none() | keypoint_arrays(21)),
)


def body(size=SIZE, **changes):
    points = fill.body_25_keypoints(*size)
    keypoints = np.column_stack([points, points.any(axis=1)])
    for name, row in changes.items():
        keypoints[Joint[name]] = row
    return Pose(keypoints, size)


def openpose(*people):
    return {"people": [{"pose_keypoints_2d": np.asarray(person, dtype=float).ravel().tolist()} for person in people]}


def has_extent(keypoints):
    """A person who is a single point counts as none."""
    return len(np.unique(keypoints[keypoints[:, 2] > 0, :2], axis=0)) > 1


def same(a, b, tolerance=1e-3):
    assert a.size == b.size
    np.testing.assert_allclose(a.keypoints, b.keypoints, atol=tolerance)
    for one, other in zip(a.hands, b.hands, strict=True):
        assert (one is None) == (other is None)
        if one is not None:
            np.testing.assert_allclose(one, other, atol=tolerance)


def test_the_skeleton_is_body_25():
    assert len(JOINT_NAMES) == len(COLOURS) == len(MIRRORED) == 25
    assert len(LIMBS) == 24
    assert {joint for limb in LIMBS for joint in limb} == set(range(25))
    assert [MIRRORED[i] for i in (0, 1, 2, 4, 8, 9, 15, 17, 19, 21)] == [0, 1, 5, 7, 8, 12, 16, 18, 22, 24]
    assert COLOURS[19:] == ((0, 0, 255),) * 3 + ((0, 255, 255),) * 3


@given(keypoint_arrays(18))
def test_coco_18_becomes_body_25_with_the_mid_hip_between_the_hips(coco):
    assume(has_extent(coco))
    pose = pose_from_openpose(openpose(coco), SIZE)
    np.testing.assert_array_equal(pose.keypoints[list(COCO_18)], coco)
    hips = coco[[8, 11]]
    expected = hips[:, :2].mean(axis=0) if hips[:, 2].all() else (0, 0)
    np.testing.assert_allclose(pose.point(Joint.MID_HIP), expected, rtol=1e-5)
    assert not pose.keypoints[Joint.LEFT_BIG_TOE :].any()


def test_coco_order_is_openposes():
    coco = np.column_stack([np.arange(18) + 10, np.arange(18) * 2 + 10, np.ones(18)])
    pose = pose_from_openpose(openpose(coco), SIZE)
    assert pose.point(Joint.RIGHT_HIP) == (18, 26)
    assert pose.point(Joint.LEFT_SHOULDER) == (15, 20)
    assert pose.point(Joint.RIGHT_EYE) == (24, 38)
    assert pose.point(Joint.LEFT_EAR) == (27, 44)


@given(poses)
def test_mirroring_twice_is_the_identity(pose):
    same(pose.mirrored().mirrored(), pose)


def test_a_mirrored_pose_fits_the_flipped_picture():
    pose = body(LEFT_WRIST=(20, 100, 0.5))
    mirrored = pose.mirrored()
    assert mirrored.point(Joint.RIGHT_WRIST) == (SIZE[1] - 1 - 20, 100)
    assert mirrored.point(Joint.NECK)[0] == pytest.approx(SIZE[1] - 1 - pose.point(Joint.NECK)[0])
    assert not mirrored.found(Joint.LEFT_KNEE)


def test_mirroring_swaps_the_hands_and_what_was_estimated():
    hand = np.column_stack([np.arange(21) + 30, np.arange(21) + 50, np.ones(21)])
    keypoints = body(RIGHT_HIP=0).keypoints
    mirrored = Pose(keypoints, SIZE, hands=(hand, None)).completed().mirrored()
    assert mirrored.estimated == {Joint.LEFT_HIP}
    assert mirrored.hands[0] is None
    np.testing.assert_array_equal(mirrored.hands[1][:, 0], SIZE[1] - 1 - hand[:, 0])


@given(poses, st.integers(64, 2048), st.integers(64, 2048))
def test_scaling_there_and_back_is_the_identity(pose, height, width):
    scaled = pose.scaled((height, width))
    assert scaled.size == (height, width)
    same(scaled.scaled(SIZE), pose)


def test_scaling_follows_the_picture():
    assert body(NOSE=(96, 64, 1)).scaled((1024, 768)).point(Joint.NOSE) == (384, 256)


@settings(deadline=None)
@given(poses)
def test_openpose_json_keeps_the_pose(pose):
    assume(has_extent(pose.keypoints))
    same(pose_from_openpose(json.loads(json.dumps(pose.to_openpose())), SIZE), pose, tolerance=0)


def test_a_file_is_read(tmp_path):
    path = tmp_path / "00001_00_keypoints.json"
    path.write_text(json.dumps(body().to_openpose()))
    same(read_pose(path, SIZE), body(), tolerance=0)
    assert read_pose(str(path), SIZE).hands == (None, None)


def test_the_old_name_of_the_list_is_understood():
    data = {"people": [{"pose_keypoints": body().keypoints.ravel().tolist()}]}
    same(pose_from_openpose(data, SIZE), body(), tolerance=0)


def test_of_several_people_the_largest_is_taken():
    small = body().keypoints * (0.5, 0.5, 1)
    same(pose_from_openpose(openpose(small, body().keypoints, small), SIZE), body(), tolerance=0)


@pytest.mark.parametrize("row", [(0, 0, 0.9), (50, 60, 0), (50, 60, -1)])
def test_an_undetected_joint_is_not_found(row):
    pose = body(NOSE=row)
    assert not pose.found(Joint.NOSE)
    assert pose.point(Joint.NOSE) == (0, 0)


def test_a_pose_cannot_be_changed_from_outside():
    keypoints = body().keypoints.copy()
    pose = Pose(keypoints, SIZE)
    keypoints[:] = 0
    assert pose.found(Joint.NOSE)
    with pytest.raises(ValueError, match="read-only"):
        pose.keypoints[0] = 1
    with pytest.raises(ValueError, match=r"must have the shape \(25, 3\)"):
        Pose(np.zeros((18, 3), dtype=np.float32), SIZE)


class TestDrawing:
    def test_a_limb_is_an_ellipse_of_half_width_six_in_the_colour_of_its_second_joint(self):
        keypoints = np.zeros((25, 3))
        keypoints[[Joint.RIGHT_ELBOW, Joint.RIGHT_WRIST]] = [(200, 500, 1), (600, 500, 1)]
        picture = Pose(keypoints, (1024, 768)).draw()
        assert picture[500, 400].tolist() == [153, 153, 0]
        assert [y for y in range(480, 521) if picture[y, 400].any()] == list(range(494, 507))
        assert [y for y in range(480, 521) if picture[y, 250].any()] == list(range(497, 504))

    def test_a_joint_is_a_disc_of_radius_six(self):
        keypoints = np.zeros((25, 3))
        keypoints[Joint.LEFT_HEEL] = (300, 400, 1)
        picture = Pose(keypoints, (1024, 768)).draw()
        y, x = np.mgrid[:1024, :768]
        inside = np.hypot(x - 300, y - 400) <= 6
        assert (picture[inside] == np.rint(0.6 * np.array(COLOURS[Joint.LEFT_HEEL]))).all()
        assert not picture[~inside].any()

    def test_what_crosses_blends(self):
        keypoints = np.zeros((25, 3))
        keypoints[[2, 3, 5, 6]] = [(100, 300, 1), (500, 300, 1), (300, 100, 1), (300, 500, 1)]
        assert Pose(keypoints, (1024, 768)).draw()[300, 300].tolist() == [
            round(0.4 * 0.6 * a + 0.6 * b) for a, b in zip(COLOURS[3], COLOURS[6], strict=True)
        ]

    @pytest.mark.parametrize("size", [(256, 192), (512, 384), (2048, 1536)])
    def test_thickness_follows_the_height(self, size):
        large = body((1024, 768)).draw() > 0
        drawn = body((1024, 768)).draw(size)
        assert drawn.shape == (*size, 3)
        assert (drawn > 0).mean() == pytest.approx(large.mean(), rel=0.1)

    def test_hands_are_drawn_thinner(self):
        hand = np.zeros((21, 3))
        hand[[0, 1]] = [(200, 500, 1), (600, 500, 1)]
        body_only = Pose(np.zeros((25, 3)), (1024, 768))
        with_hand = Pose(np.zeros((25, 3)), (1024, 768), hands=(None, hand))
        assert not body_only.draw().any()
        assert with_hand.draw()[500, 400].tolist() == [60, 0, 0]
        assert [y for y in range(480, 521) if with_hand.draw()[y, 400].any()] == list(range(497, 504))
        assert len(HAND_LIMBS) == 20

    @settings(deadline=None, max_examples=30)
    @given(hnp.arrays(np.float32, (25, 2), elements=st.floats(-400, 400, width=32)))
    def test_joints_outside_the_picture_do_not_matter(self, points):
        pose = Pose(np.column_stack([points, np.ones(25)]), SIZE)
        assert pose.draw().shape == (*SIZE, 3)


class TestCompletion:
    @settings(deadline=None)
    @given(st.sets(st.sampled_from(range(25))))
    def test_the_torso_is_always_complete_and_detected_joints_stay(self, missing):
        keypoints = body().keypoints.copy()
        keypoints[list(missing)] = 0
        pose = Pose(keypoints, SIZE)
        if missing >= {Joint.NECK, Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER}:
            with pytest.raises(TryOnError, match="neither a shoulder nor the neck"):
                pose.completed()
            return
        completed = pose.completed()
        assert completed.estimated == missing & set(TORSO)
        assert all(completed.found(joint) for joint in TORSO)
        kept = [joint for joint in range(25) if joint not in completed.estimated]
        np.testing.assert_array_equal(completed.keypoints[kept], pose.keypoints[kept])

    def test_a_complete_pose_is_returned_as_it_is(self):
        pose = body()
        assert pose.completed() is pose

    @pytest.mark.parametrize("joint", TORSO, ids=lambda joint: joint.name)
    def test_one_missing_joint_is_found_again(self, joint):
        guess = body(**{joint.name: 0}).completed().point(joint)
        assert np.hypot(*np.subtract(guess, body().point(joint))) < 0.04 * SIZE[0]

    @pytest.mark.parametrize("turn", [0, 30, -30, 180])
    def test_hips_follow_the_shoulders_when_the_person_leans(self, turn):
        """The head tells which side is up, so a person upside down has hips above the neck."""
        angle = np.deg2rad(turn)
        rotation = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        keypoints = body().keypoints.astype(float)
        keypoints[:, :2] = (keypoints[:, :2] - (96, 128)) @ rotation + (96, 128)
        expected = keypoints[Joint.MID_HIP, :2].copy()
        keypoints[[Joint.MID_HIP, Joint.RIGHT_HIP, Joint.LEFT_HIP]] = 0
        completed = Pose(keypoints * (body().keypoints[:, 2:] > 0), SIZE).completed()
        assert np.hypot(*(completed.point(Joint.MID_HIP) - expected)) < 0.1 * SIZE[0]

    def test_a_person_seen_from_behind_keeps_the_sides(self):
        flipped = Pose(body().keypoints * (-1, 1, 1) + (191, 0, 0), SIZE)
        keypoints = flipped.keypoints.copy()
        keypoints[[Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER]] = 0
        completed = Pose(keypoints, SIZE).completed()
        assert completed.point(Joint.RIGHT_SHOULDER)[0] > completed.point(Joint.LEFT_SHOULDER)[0]

    def test_a_lone_neck_is_enough(self):
        keypoints = np.zeros((25, 3))
        keypoints[Joint.NECK] = (96, 60, 1)
        completed = Pose(keypoints, SIZE).completed()
        assert completed.estimated == set(TORSO) - {Joint.NECK}
        assert completed.point(Joint.RIGHT_SHOULDER)[0] < 96 < completed.point(Joint.LEFT_SHOULDER)[0]
        assert 60 < completed.point(Joint.MID_HIP)[1] < SIZE[0]

    def test_estimated_hips_lie_near_the_truth_on_drawn_people(self):
        assert np.median([hip_error(rendered_pair(seed).pose) for seed in range(20)]) < 0.35

    def test_estimated_hips_lie_near_the_truth_on_real_people(self, shared_data):
        assert np.median([hip_error(pose) for pose in real_poses(shared_data, 200)]) < 0.25


def hip_error(truth):
    """How far a hip is estimated from where it is, in shoulder widths; the grey around it is 0.6 of them wide."""
    keypoints = truth.keypoints.copy()
    keypoints[[Joint.MID_HIP, Joint.RIGHT_HIP, Joint.LEFT_HIP]] = 0
    guess = Pose(keypoints, truth.size).completed()
    errors = [math.dist(guess.point(hip), truth.point(hip)) for hip in (Joint.RIGHT_HIP, Joint.LEFT_HIP)]
    return max(errors) / math.dist(truth.point(Joint.RIGHT_SHOULDER), truth.point(Joint.LEFT_SHOULDER))


def real_poses(shared_data, count):
    with zipfile.ZipFile(shared_data / "viton256-train-0.zip") as archive:
        names = sorted(name for name in archive.namelist() if name.endswith(".json"))[:count]
        poses = [pose_from_openpose(json.loads(archive.read(name)), SIZE, name) for name in names]
    assert poses
    return [pose for pose in poses if all(pose.found(joint) for joint in TORSO)]
