#!/bin/sh
# Chromium, Firefox ESR, Node.js and npm for the tests of the page.
set -eu
command -v chromium >/dev/null && command -v firefox-esr >/dev/null && command -v node >/dev/null &&
    command -v npm >/dev/null && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "The tests of the page need chromium, firefox-esr, nodejs and npm." >&2
    [ -z "${CI:-}" ] # without them, the tests that need them are skipped; CI fails
    exit
fi
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    chromium firefox-esr nodejs npm >/dev/null
