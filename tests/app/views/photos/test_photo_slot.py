"""The wells: every way in, what they say, and that they read nothing themselves."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tryon_app.model.faults import said
from tryon_app.views.common.drops import can_drop, dropped_of
from tryon_app.views.common.view_types import Dropped, Notice, Recent, Remedy, Sample
from tryon_app.views.photos.photo_slot import Well


@pytest.fixture(params=["person", "garment"])
def well(request: pytest.FixtureRequest, qtbot: QtBot) -> Well:
    well = Well(request.param)
    qtbot.addWidget(well)
    well.resize(240, 300)
    well.show()
    return well


def files(*paths: str) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return mime


def test_empty_it_says_what_to_do(well: Well) -> None:
    assert well.call.isVisible()
    assert well.open_text.isVisible()
    assert not well.clear_button.isVisible()
    assert not well.sample_text.isVisible()  # there are none yet


@pytest.mark.parametrize(
    ("button", "signal"),
    [
        ("open_text", "open_requested"),
        ("open_button", "open_requested"),
        ("paste_button", "paste_requested"),
        ("clear_button", "clear_requested"),
    ],
)
def test_buttons(well: Well, photo: QImage, qtbot: QtBot, button: str, signal: str) -> None:
    if button == "clear_button":
        well.set_picture(photo, "photo.jpg")
    with qtbot.waitSignal(getattr(well, signal)):
        qtbot.mouseClick(getattr(well, button), Qt.MouseButton.LeftButton)


def test_menus_offer_samples_and_recent_files(well: Well, photo: QImage, qtbot: QtBot) -> None:
    well.set_samples([Sample("a", "Anna", photo), Sample("b", "Ben")])
    well.set_recent([Recent("/tmp/x.jpg", "x.jpg")])
    with qtbot.waitSignal(well.sample_chosen) as heard:
        well.sample_menu.actions()[1].trigger()
    assert heard.args == ["b"]
    with qtbot.waitSignal(well.recent_chosen) as heard:
        well.recent_menu.actions()[0].trigger()
    assert heard.args == ["/tmp/x.jpg"]
    assert well.sample_text.isVisible()


def test_garment_offers_a_folder(qtbot: QtBot) -> None:
    well = Well("garment")
    qtbot.addWidget(well)
    with qtbot.waitSignal(well.folder_requested):
        well.recent_menu.actions()[-1].trigger()


def test_drop_is_handed_on_unread(well: Well, qtbot: QtBot) -> None:
    mime = files("/no/such/file.jpg")
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(9, 9).toPoint(), copy, mime, left, none)
    well.dragEnterEvent(enter)
    assert enter.isAccepted()
    assert well.property("role") == "drop"
    with qtbot.waitSignal(well.dropped) as heard:
        well.dropEvent(QDropEvent(QPointF(9, 9), copy, mime, left, none))
    assert heard.args == [Dropped(paths=("/no/such/file.jpg",))]
    assert well.property("role") == "card"


def test_full_it_shows_the_picture_and_its_name(well: Well, photo: QImage, qtbot: QtBot) -> None:
    well.set_picture(photo, "anna.jpg", "3024 × 4032")
    assert well.picture.isVisible()
    assert well.name.text() == "anna.jpg"
    assert well.clear_button.isVisible()
    with qtbot.waitSignal(well.activated):
        qtbot.keyClick(well.picture, Qt.Key.Key_Return)
    well.set_picture(None)
    assert well.call.isVisible()


def test_notices_with_remedy_and_more(well: Well, photo: QImage, qtbot: QtBot) -> None:
    well.set_picture(photo, "anna.jpg")
    notices = [
        Notice("Two people.", code="two_people", remedies=(Remedy("choose", "Show boxes"),)),
        Notice("Long hair."),
    ]
    well.set_notices(notices)
    (card,) = well.notices.cards()
    assert card.accessibleName() == "Warning: Two people."
    button = next(b for b in card.findChildren(QPushButton) if b.text() == "Show boxes")
    with qtbot.waitSignal(well.remedy_chosen) as heard:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert heard.args == ["two_people", "choose"]
    assert well.notices.more.text() == "1 more"
    qtbot.mouseClick(well.notices.more, Qt.MouseButton.LeftButton)
    assert len(well.notices.cards()) == 2
    well.set_notices([])
    assert not well.notices.isVisible()


def test_error_is_shown_inline_and_goes_with_the_next_photo(well: Well, photo: QImage) -> None:
    well.set_error(said("notes.txt is no picture; give a JPEG or PNG."))
    (card,) = well.notices.cards()
    assert card.notice.kind == "error"
    assert card.text.text().startswith("notes.txt")
    well.set_picture(photo, "anna.jpg")
    assert not well.notices.isVisible()


def test_busy_can_be_stopped(well: Well, photo: QImage, qtbot: QtBot) -> None:
    well.set_picture(photo, "anna.jpg")
    quiet = bytes(well.picture.grab().toImage().constBits())
    well.set_busy("Finding the person…", 0.4)
    assert bytes(well.picture.grab().toImage().constBits()) != quiet
    with qtbot.waitSignal(well.cancel_requested):
        qtbot.mouseClick(well.stop_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(well.cancel_requested):
        qtbot.keyClick(well, Qt.Key.Key_Escape)
    well.set_busy(None)
    assert not well.stop_button.isVisible()
    assert well.clear_button.isVisible()


def test_busy_without_a_picture_says_so_and_goes(well: Well) -> None:
    advice = well.advice.text()
    well.set_busy("Reading…")
    assert well.advice.text() == "Reading…"
    well.set_busy(None)
    assert well.advice.text() == advice


def test_keys(well: Well, photo: QImage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(well.paste_requested):
        qtbot.keyClick(well, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    with qtbot.assertNotEmitted(well.clear_requested):
        qtbot.keyClick(well, Qt.Key.Key_Delete)
    well.set_picture(photo, "anna.jpg")
    with qtbot.waitSignal(well.clear_requested):
        qtbot.keyClick(well, Qt.Key.Key_Delete)


def test_every_button_has_a_name(well: Well) -> None:
    for name in ("open_button", "paste_button", "sample_button", "recent_button", "clear_button", "stop_button"):
        assert getattr(well, name).accessibleName(), name
        assert getattr(well, name).focusPolicy() & Qt.FocusPolicy.TabFocus, name


def test_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="shoe"):
        Well("shoe")


def test_mime_files_before_data_before_images(photo: QImage) -> None:
    mime = files("/tmp/a.png")
    mime.setData("image/png", b"\x89PNG")
    assert dropped_of(mime) == Dropped(paths=("/tmp/a.png",))
    mime = QMimeData()
    mime.setData("image/jpeg", b"jpeg")
    mime.setData("image/png", b"png")
    assert dropped_of(mime) == Dropped(data=b"png", form="image/png")
    mime = QMimeData()
    mime.setImageData(photo)
    found = dropped_of(mime)
    assert found is not None
    assert found.image == photo


def test_mime_of_web_links_and_text_is_nothing() -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/a.png")])
    mime.setText("hello")
    assert dropped_of(mime) is None
    assert not can_drop(mime)


def test_what_is_analysed_can_be_stopped_and_not_removed(well: Well, photo: QImage) -> None:
    """The head has room for one of the two buttons."""
    for _ in range(2):  # every step of the analysis shows both again
        well.set_picture(photo, "photo.jpg")
        well.set_busy("Finding pose and parse…", 0.5)
        assert (well.stop_button.isHidden(), well.clear_button.isHidden()) == (False, True)
    well.set_picture(photo, "photo.jpg")
    assert well.clear_button.isHidden(), "not for a moment"
    well.set_busy(None)
    assert (well.stop_button.isHidden(), well.clear_button.isHidden()) == (True, False)
