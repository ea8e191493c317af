"""`tryon-app`: the window, once there is one."""

import sys


def main() -> None:
    """Say in one sentence what there is instead of a window, and exit with 1."""
    sys.exit("The window is not built yet; until then use `tryon run` and `tryon batch` (see `tryon --help`).")


if __name__ == "__main__":
    main()
