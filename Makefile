# One command for each thing; `make example` and `make test` install what they need.

PREFIX ?= /usr/local
export PREFIX DESTDIR

.PHONY: build release install uninstall package example test quick format lint docs clean

build:
	scripts/dependencies.sh build
	swift build --product markers

# The tool for use, with Swift's runtime inside.
release:
	scripts/dependencies.sh build
	scripts/release.sh

# make install PREFIX=/usr/local DESTDIR=; what `make release` built, which must not be older than the source.
install:
	scripts/install.sh

uninstall:
	scripts/install.sh --list | xargs -d '\n' rm -f

# .build/package/markers_VERSION_ARCHITECTURE.deb
package:
	scripts/dependencies.sh build
	scripts/package.sh

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
