"""The slots: every way in, what they say, and that they read nothing themselves."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tryon_app.model.faults import said
from tryon_app.views.common.drops import can_drop, dropped_of
from tryon_app.views.common.view_types import Dropped, Notice, Recent, Remedy, Sample
from tryon_app.views.photos.photo_slot import PhotoSlot


@pytest.fixture(params=["person", "garment"])
def slot(request: pytest.FixtureRequest, qtbot: QtBot) -> PhotoSlot:
    slot = PhotoSlot(request.param)
    qtbot.addWidget(slot)
    slot.resize(240, 300)
    slot.show()
    return slot


def files(*paths: str) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return mime


def test_empty_it_says_what_to_do(slot: PhotoSlot) -> None:
    assert slot.call.isVisible()
    assert slot.open_text.isVisible()
    assert not slot.clear_button.isVisible()
    assert not slot.sample_text.isVisible()  # there are none yet


@pytest.mark.parametrize(
    ("button", "signal"),
    [
        ("open_text", "open_requested"),
        ("open_button", "open_requested"),
        ("paste_button", "paste_requested"),
        ("clear_button", "clear_requested"),
    ],
)
def test_buttons(slot: PhotoSlot, photo: QImage, qtbot: QtBot, button: str, signal: str) -> None:
    if button == "clear_button":
        slot.set_picture(photo, "photo.jpg")
    with qtbot.waitSignal(getattr(slot, signal)):
        qtbot.mouseClick(getattr(slot, button), Qt.MouseButton.LeftButton)


def test_menus_offer_samples_and_recent_files(slot: PhotoSlot, photo: QImage, qtbot: QtBot) -> None:
    slot.set_samples([Sample("a", "Anna", photo), Sample("b", "Ben")])
    slot.set_recent([Recent("/tmp/x.jpg", "x.jpg")])
    with qtbot.waitSignal(slot.sample_chosen) as heard:
        slot.sample_menu.actions()[1].trigger()
    assert heard.args == ["b"]
    with qtbot.waitSignal(slot.recent_chosen) as heard:
        slot.recent_menu.actions()[0].trigger()
    assert heard.args == ["/tmp/x.jpg"]
    assert slot.sample_text.isVisible()


def test_garment_offers_a_folder(qtbot: QtBot) -> None:
    slot = PhotoSlot("garment")
    qtbot.addWidget(slot)
    with qtbot.waitSignal(slot.folder_requested):
        slot.recent_menu.actions()[-1].trigger()


def test_drop_is_handed_on_unread(slot: PhotoSlot, qtbot: QtBot) -> None:
    mime = files("/no/such/file.jpg")
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(9, 9).toPoint(), copy, mime, left, none)
    slot.dragEnterEvent(enter)
    assert enter.isAccepted()
    assert slot.property("role") == "drop"
    with qtbot.waitSignal(slot.dropped) as heard:
        slot.dropEvent(QDropEvent(QPointF(9, 9), copy, mime, left, none))
    assert heard.args == [Dropped(paths=("/no/such/file.jpg",))]
    assert slot.property("role") == "card"


def test_full_it_shows_the_picture_and_its_name(slot: PhotoSlot, photo: QImage, qtbot: QtBot) -> None:
    slot.set_picture(photo, "anna.jpg", "3024 × 4032")
    assert slot.picture.isVisible()
    assert slot.name.text() == "anna.jpg"
    assert slot.clear_button.isVisible()
    with qtbot.waitSignal(slot.activated):
        qtbot.keyClick(slot.picture, Qt.Key.Key_Return)
    slot.set_picture(None)
    assert slot.call.isVisible()


def test_notices_with_remedy_and_more(slot: PhotoSlot, photo: QImage, qtbot: QtBot) -> None:
    slot.set_picture(photo, "anna.jpg")
    notices = [
        Notice("Two people.", code="two_people", remedies=(Remedy("choose", "Show boxes"),)),
        Notice("Long hair."),
    ]
    slot.set_notices(notices)
    (card,) = slot.notices.cards()
    assert card.accessibleName() == "Warning: Two people."
    button = next(b for b in card.findChildren(QPushButton) if b.text() == "Show boxes")
    with qtbot.waitSignal(slot.remedy_chosen) as heard:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert heard.args == ["two_people", "choose"]
    assert slot.notices.more.text() == "1 more"
    qtbot.mouseClick(slot.notices.more, Qt.MouseButton.LeftButton)
    assert len(slot.notices.cards()) == 2
    slot.set_notices([])
    assert not slot.notices.isVisible()


def test_error_is_shown_inline_and_goes_with_the_next_photo(slot: PhotoSlot, photo: QImage) -> None:
    slot.set_error(said("notes.txt is no picture; give a JPEG or PNG."))
    (card,) = slot.notices.cards()
    assert card.notice.kind == "error"
    assert card.text.text().startswith("notes.txt")
    slot.set_picture(photo, "anna.jpg")
    assert not slot.notices.isVisible()


def test_busy_can_be_stopped(slot: PhotoSlot, photo: QImage, qtbot: QtBot) -> None:
    slot.set_picture(photo, "anna.jpg")
    quiet = bytes(slot.picture.grab().toImage().constBits())
    slot.set_busy("Finding the person…", 0.4)
    assert bytes(slot.picture.grab().toImage().constBits()) != quiet
    with qtbot.waitSignal(slot.cancel_requested):
        qtbot.mouseClick(slot.stop_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(slot.cancel_requested):
        qtbot.keyClick(slot, Qt.Key.Key_Escape)
    slot.set_busy(None)
    assert not slot.stop_button.isVisible()
    assert slot.clear_button.isVisible()


def test_busy_without_a_picture_says_so_and_goes(slot: PhotoSlot) -> None:
    advice = slot.advice.text()
    slot.set_busy("Reading…")
    assert slot.advice.text() == "Reading…"
    slot.set_busy(None)
    assert slot.advice.text() == advice


def test_keys(slot: PhotoSlot, photo: QImage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(slot.paste_requested):
        qtbot.keyClick(slot, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    with qtbot.assertNotEmitted(slot.clear_requested):
        qtbot.keyClick(slot, Qt.Key.Key_Delete)
    slot.set_picture(photo, "anna.jpg")
    with qtbot.waitSignal(slot.clear_requested):
        qtbot.keyClick(slot, Qt.Key.Key_Delete)


def test_every_button_has_a_name(slot: PhotoSlot) -> None:
    for name in ("open_button", "paste_button", "sample_button", "recent_button", "clear_button", "stop_button"):
        assert getattr(slot, name).accessibleName(), name
        assert getattr(slot, name).focusPolicy() & Qt.FocusPolicy.TabFocus, name


def test_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="shoe"):
        PhotoSlot("shoe")


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


def test_what_is_analysed_can_be_stopped_and_not_removed(slot: PhotoSlot, photo: QImage) -> None:
    """The head has room for one of the two buttons."""
    for _ in range(2):  # every step of the analysis shows both again
        slot.set_picture(photo, "photo.jpg")
        slot.set_busy("Finding pose and parse…", 0.5)
        assert (slot.stop_button.isHidden(), slot.clear_button.isHidden()) == (False, True)
    slot.set_picture(photo, "photo.jpg")
    assert slot.clear_button.isHidden(), "not for a moment"
    slot.set_busy(None)
    assert (slot.stop_button.isHidden(), slot.clear_button.isHidden()) == (True, False)


@pytest.mark.parametrize("width", [180, 240, 400])
def test_a_long_sentence_is_seen_whole(slot: PhotoSlot, photo: QImage, width: int, qtbot: QtBot) -> None:
    slot.resize(width, 600)
    slot.set_picture(photo, "photo.jpg")
    slot.set_error(said("one sentence that goes on and on, " * 6))
    (card,) = slot.notices.cards()
    qtbot.waitUntil(lambda: card.text.width() > 0 and card.text.height() >= card.text.heightForWidth(card.text.width()))
