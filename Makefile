# The two commands a newcomer needs are `make demo` and `make test`; the rest is for daily work.
SHELL := /bin/bash
CONFIGURATION := release
SWIFT_FLAGS := -c $(CONFIGURATION) --explicit-target-dependency-import-check error
FRAMES ?= 60

.PHONY: ablation build demo test test-kills test-systemd test-vm lint format bench bench-capture train fuzz setup clean

setup:
	@Tools/setup.sh

build:
	@Tools/setup.sh build
	swift build $(SWIFT_FLAGS) --product assayd
	swift build $(SWIFT_FLAGS) --product assayctl

demo: setup build
	@python3 Tools/demo/demo.py --frames $(FRAMES)

test: setup
	@Tools/test.sh

# Kills the daemon KILLS times at moments that SEED decides; what a subscriber hears must still add up.
test-kills: setup
	swift build $(SWIFT_FLAGS) --build-tests
	ASSAY_KILLS=$(or $(KILLS),200) ASSAY_KILL_SEED=$(or $(SEED),20261122) \
		swift test $(SWIFT_FLAGS) --skip-build --no-parallel --filter OutboxKillTests

test-systemd: setup build
	swift build $(SWIFT_FLAGS) --product health-probe
	@Tools/test-systemd.sh

test-vm: setup build
	swift build $(SWIFT_FLAGS) --product capture-probe
	@Tools/test-vm.sh

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

format:
	swift format --in-place --recursive Package.swift Sources Tests

bench: setup
	@Tools/bench.sh

train:
	@Tools/train.sh

bench-capture: setup
	@Tools/bench-capture.sh

# FUZZ_SECONDS for each parser, 60 unless given.
fuzz: setup
	@Tools/fuzz.sh

clean:
	swift package clean

# What each ingredient of the judgement brings: make ablation DATA=folder [LAYOUT=assay] [SHOTS=4] [SEEDS=1] [CATEGORY=name]
ablation: setup build
	@test -n "$(DATA)" || { echo "make ablation DATA=folder; what lies there is said by LAYOUT, assay unless given"; exit 2; }
	@python3 Tools/ablation.py $(DATA) --layout $(or $(LAYOUT),assay) --shots $(or $(SHOTS),4) --seeds $(or $(SEEDS),1) \
		$(if $(CATEGORY),--category $(CATEGORY))
