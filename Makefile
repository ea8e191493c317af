# Two commands matter: `make run` and `make test`. Both make .venv first; a second call finds it and starts at once.

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
# One worker a core, each with one torch thread; more than eight only load torch more often.
WORKERS := -n auto --maxprocesses 8 --dist loadfile

.PHONY: run screenshots translations test test-slow test-gpu golden lint format bench app appimage clean system
.DEFAULT_GOAL := run

run: $(STAMP)  ## the window with a finished try-on; without a display out/window.png and out/result.png
	$(BIN)/python -m tests.demo

screenshots: $(STAMP)  ## the window in every size, theme and language, to out/screenshots
	$(BIN)/python -m tests.screenshots

translations: $(STAMP)  ## take new strings of window and engine into resources/translations and compile them
	$(BIN)/python -m tests.lupdate_messages out/messages.py
	$(BIN)/pyside6-lupdate $$(find tryon_app -name '*.py' | sort) out/messages.py -no-obsolete -locations none -ts resources/translations/studio_ko.ts
	$(BIN)/pyside6-lupdate $$(find tryon_app -name '*.py' | sort) -no-obsolete -locations none -pluralonly -ts resources/translations/studio_en.ts
	$(BIN)/pyside6-lrelease resources/translations/studio_ko.ts resources/translations/studio_en.ts

test: $(STAMP)  ## the tests that take seconds
	$(BIN)/python -m pytest $(WORKERS)

test-slow: $(STAMP)  ## the tests that take minutes: published widths at full size, wheel in a new environment
	$(BIN)/python -m pytest -m "slow and not gpu" --timeout 3600

test-gpu: $(STAMP)  ## the tests that need a CUDA or MPS device
	$(BIN)/python -m pytest -m gpu --timeout 3600

golden: BASE ?= HEAD~1
golden: $(STAMP)  ## whether the try-ons are to the bit those of another commit: make golden BASE=HEAD~1
	rm -rf out/golden && git worktree prune && git worktree add -q --detach out/golden $(BASE)
	cp tests/golden_tryons.py out/golden/tests/
	cd out/golden && PYTHONPATH=. ../../$(BIN)/python -m tests.golden_tryons write ../golden.json
	git worktree remove --force out/golden
	$(BIN)/python -m tests.golden_tryons check out/golden.json

lint: $(STAMP)  ## style, formatting and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(STAMP)  ## rewrite the code in the one format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(STAMP)  ## time, work and memory on this machine, which should be idle: about an hour
	$(BIN)/python -m tests.benchmarks

# From an environment of its own, which has what the program needs and nothing else. Where pip would fetch PyTorch for GPUs,
# tell it of PyTorch's CPU builds first (PIP_EXTRA_INDEX_URL). On Linux both programs are one file with two names.
APP := dist/tryon-atelier
# Two builds of one commit are the same: files get the commit's time.
app appimage: export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 1700000000)
app: | system  ## a folder and a tar.gz that need no Python, for the system this runs on: dist/
	test -x build/venv/bin/python || $(PYTHON) -m venv build/venv
	build/venv/bin/python -m pip install --disable-pip-version-check -c constraints.txt -e . 'pyinstaller>=6.16,<7'
	umask 022; PYTHONHASHSEED=1 build/venv/bin/python -m PyInstaller --noconfirm --log-level WARN resources/packaging/tryon.spec
	test "$$(uname)" != Linux || { strip --strip-unneeded $(APP)/_internal/torch/lib/libtorch_cpu.so && ln -f $(APP)/tryon-app $(APP)/tryon; }
	PYTHONPATH=. build/venv/bin/python -m tests.bundle_check $(APP)
	PYTHONPATH=. build/venv/bin/python -m resources.packaging.archive $(APP) $(APP).tar.gz

# An AppImage is a program that mounts what follows it. That program, MIT, is no package of any system: take
# runtime-x86_64 (or what the machine is) from the AppImage project's releases of type2-runtime.
RUNTIME ?= build/runtime-$(shell uname -m)
appimage: $(RUNTIME) app  ## the same as one file for Linux, with mksquashfs and RUNTIME=the file of the AppImage project: dist/
	PYTHONPATH=. build/venv/bin/python -m resources.packaging.appdir $(APP) build/AppDir
	env -u SOURCE_DATE_EPOCH mksquashfs build/AppDir build/squashfs -noappend -all-root -quiet -no-progress -comp zstd -Xcompression-level 9 -mkfs-time $(SOURCE_DATE_EPOCH) -all-time $(SOURCE_DATE_EPOCH)
	cat $(RUNTIME) build/squashfs > $(APP).AppImage
	chmod +x $(APP).AppImage
	rm build/squashfs

build/runtime-%:
	@echo "Put the AppImage project's runtime (type2-runtime, $(notdir $@)) there, or name it: make appimage RUNTIME=..." >&2; exit 1

clean:  ## remove what the other commands made, except .venv
	rm -rf out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find engine tryon_app resources tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): pyproject.toml constraints.txt | system
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; say which with make PYTHON=...") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

system:
	@PYTHON="$(PYTHON)" .ci/system-packages
