# Thin words for tools/dev.py, which has the logic and needs nothing but Python.
PYTHON ?= python3

.PHONY: help install run test lint bench soak lock
help install run test lint bench soak lock:
	@$(PYTHON) tools/dev.py $@
