"""`tryon-app`: the window. Torch is imported in the engine's own process, after the window is seen."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

NO_DISPLAY = (
    "tryon-app: no window can be opened, as there is no display here; start it in a desktop session, or let it write "
    "the picture with --offscreen FOLDER."
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Open the window, or with --offscreen draw it into a file; exits with 0, or with 1 where no picture was made."""
    options = read_options(arguments)
    if options.install_desktop_entry:
        _install_desktop_entry()
        return
    _prepare_environment(bool(options.offscreen or options.self_test))
    _explain_a_missing_display()
    if options.judge:
        sys.exit(_judge(Path(options.judge), options.judge_name))
    if options.self_test:
        from tryon_app.self_test import run

        sys.exit(run(options))
    from tryon_app.model.opening import begin_engine

    engine = begin_engine()
    from tryon_app.views.window.application import Application

    sys.exit(Application(options, engine).run())


def read_options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line; files that are not there end the program with a sentence."""
    options = _parser().parse_args(arguments)
    for name in ("person", "garment", "pose", "parse", "mask"):
        _check_file(f"--{name}", getattr(options, name))
    for path in options.photos:
        _check_file("the command line", path)
    return options


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("tryon-app", description="Virtual try-on from two photos, in a window.")
    parser.add_argument("photos", nargs="*", help="a project (.tryon), or photos told apart by what they show")
    parser.add_argument("--person", help="photo of the person to open")
    parser.add_argument("--garment", help="photo of the garment to open, or a folder of them")
    parser.add_argument("--pose", help="the person's keypoints, OpenPose JSON (else analysed, or found beside it)")
    parser.add_argument("--parse", help="the person's parse, PNG with LIP labels")
    parser.add_argument("--mask", help="the garment's mask")
    parser.add_argument("--weights", help="weight pack to use: its name or folder")
    parser.add_argument("--samples", action="store_true", help="open the first sample photos")
    parser.add_argument("--run", action="store_true", help="try on as soon as both photos are there")
    parser.add_argument("--offscreen", metavar="FOLDER", help="no window: write FOLDER/window.png and result.png")
    parser.add_argument("--self-test", action="store_true", help="check this installation without a window, and end")
    parser.add_argument("--judge", metavar="RUN", help="say which of an experiment's pictures are better, and end")
    parser.add_argument("--judge-name", default="judge", help="whose answers they are: letters and digits")
    parser.add_argument("--size", default="", help="of the window, e.g. 1280x800")
    parser.add_argument("--theme", choices=("system", "light", "dark"), help="for this time only")
    parser.add_argument("--language", choices=("system", "en", "ko"), help="for this time only")
    parser.add_argument(
        "--install-desktop-entry",
        action="store_true",
        help="put the program into this user's menus and let .tryon files open with it (Linux), and end",
    )
    return parser


def _judge(folder: Path, name: str) -> int:
    """Ask which of an experiment's pictures are better, in a window of its own."""
    from tryon_app.model.judging import Judging
    from tryon_app.views.judge.judge_window import open_judge

    try:
        judging = Judging(folder, name)
    except (OSError, ValueError, KeyError, TypeError) as error:
        sys.exit(f"tryon-app: {folder} holds nothing to judge ({error}); give the folder of an unpaired experiment.")
    return open_judge(judging, sys.argv)


def _install_desktop_entry() -> None:
    from tryon_app.model.desktop_entry import install
    from tryon_app.views.common.assets import asset

    if not sys.platform.startswith("linux"):
        sys.exit("tryon-app: menu entries are made so on Linux only; elsewhere pin the program by hand.")
    try:
        files = install(asset("icons", "app.svg"))
    except OSError as error:
        sys.exit(f"tryon-app: {error.filename} cannot be written ({error.strerror}); see to its folder and try again.")
    sys.stdout.write("\n".join(map(str, files)) + "\n")


def _check_file(name: str, path: str | None) -> None:
    if path and not Path(path).exists():
        sys.exit(f"tryon-app: there is no file {path}; check what {name} names.")


def _prepare_environment(offscreen: bool) -> None:
    """OpenCV's variables point Qt at OpenCV's own plugins; see CONTRIBUTING.md."""
    for name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
        os.environ.pop(name, None)
    if offscreen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


def _explain_a_missing_display() -> None:
    """Qt aborts where it finds no display; said in one sentence instead. `start_log` listens to Qt afterwards."""
    from PySide6.QtCore import QtMsgType, qInstallMessageHandler

    def hear(kind: QtMsgType, context: object, text: str) -> None:
        if kind == QtMsgType.QtFatalMsg and "platform plugin" in text:
            sys.stderr.write(NO_DISPLAY + "\n")
            sys.stderr.flush()
            os._exit(1)

    qInstallMessageHandler(hear)


if __name__ == "__main__":
    main()
