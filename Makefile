# Needs python3 (3.10 or newer) with venv, git and make; everything else goes into .venv.
# Another Python:  make PYTHON=python3.12 demo
# Some tests only: make test ARGS="-k packaging"

PYTHON ?= python3
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
PACKS := $(patsubst %/pack.yaml,%,$(wildcard rules/*/pack.yaml))

.PHONY: help demo test lint rules docs wheel offline clean FORCE
.DELETE_ON_ERROR:

help:
	@echo "make demo   检查 examples/ 里的两份文本 / check the two documents in examples/"
	@echo "make test   运行测试 / run the tests"
	@echo "make lint   ruff 和 mypy / ruff and mypy"
	@echo "make rules  检查规则文件，运行规则的用例 / check the rule files and run their cases"
	@echo "make docs   重新生成 docs/rules/ 和解析表 / generate docs/rules/ and the parser anew"
	@echo "make wheel  生成 dist/ 里的安装包 / build the packages in dist/"
	@echo "make offline 收集离线安装用的文件夹 dist/offline / collect a folder that installs without a network"
	@echo "make clean  删除生成的东西和 .venv / remove what was made, .venv too"

demo: $(VENV)/.package
	@$(BIN)/perfcheck check examples/flawed.txt; status=$$?; \
	if [ $$status -ne 1 ]; then \
		echo "examples/flawed.txt：应有问题（退出码 1），实际退出码 $$status / should have findings (exit 1), got exit $$status" >&2; exit 1; \
	fi
	@echo
	@if ! $(BIN)/perfcheck check examples/clean.txt; then \
		echo "examples/clean.txt：应当通过 / should be clean" >&2; exit 1; \
	fi
	@echo
	@echo "examples/flawed.txt：上面列出了它的问题 / its findings are listed above"
	@echo "examples/clean.txt：没有问题 / clean"

test: $(VENV)/.dev
	@$(BIN)/python -m pytest -q -n auto --dist loadgroup $(ARGS)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict perfcheck

rules: $(VENV)/.package
	$(BIN)/perfcheck rules validate $(PACKS)
	@set -e; for pack in $(notdir $(PACKS)); do echo "$(BIN)/perfcheck rules test $$pack"; $(BIN)/perfcheck rules test $$pack; done

docs: $(VENV)/.dev
	$(BIN)/python docs/generate.py

wheel: $(VENV)/.dev
	rm -rf dist
	$(BIN)/python -m build --outdir dist

offline: $(VENV)/.package
	rm -rf dist/offline
	$(BIN)/python offline/collect.py dist/offline $(ARGS)

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name .git -prune -o -type d \( -name __pycache__ -o -name '*.egg-info' \) -prune -exec rm -rf {} +

# The environment, made anew when PYTHON turns out to be another one: the file changes only then.
$(VENV)/.python: FORCE
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || { \
		echo "需要 Python 3.10 或更新的版本，例如：make PYTHON=python3.12 / Python 3.10 or newer is needed" >&2; exit 1; }
	@identity="$$($(PYTHON) -c 'import sys; print(sys.version, sys.base_prefix)')"; \
	if [ "$$(cat $@ 2>/dev/null)" != "$$identity" ]; then \
		echo "建立 .venv …… / making .venv ..."; \
		$(PYTHON) -m venv --clear $(VENV) && printf '%s\n' "$$identity" > $@; \
	fi

# Editable, so that what is edited is what runs; only pyproject.toml can make an installation stale.
$(VENV)/.package: $(VENV)/.python pyproject.toml
	@echo "安装 perfcheck …… / installing perfcheck ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.python pyproject.toml
	@echo "安装 perfcheck 和测试用的工具 …… / installing perfcheck and the tools for its tests ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	@touch $(VENV)/.package $@
