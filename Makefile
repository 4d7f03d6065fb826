# One command for each thing; `make example` and `make test` install what they need.

.PHONY: build example test quick format lint docs clean

build:
	scripts/dependencies.sh build
	swift build --product markers

# The main job on an embedded example.
example:
	./example.sh

# All tests: the tool's, the header's, the kernels'.
test:
	scripts/dependencies.sh test
	scripts/test.sh

# The tool's own tests only.
quick:
	scripts/dependencies.sh example
	swift test

format:
	swift format -i -r Package.swift Sources Tests

lint:
	scripts/lint.sh

# The pages that are made from the program; tests fail when they are out of date.
docs:
	scripts/docs.sh

clean:
	swift package clean
