#!/bin/sh
# Chromium, Firefox ESR, Node.js and npm for the tests of the page.
set -eu
missing=
for program in chromium firefox-esr node npm; do
    command -v "$program" >/dev/null || missing="$missing $program"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "The tests of the page need chromium, firefox-esr, nodejs and npm; missing:$missing" >&2
    [ -z "${CI:-}" ] # without them, the tests that need them are skipped; CI fails
    exit
fi
# Only what is missing: a Node.js from elsewhere brings its own npm, and Debian's conflicts with it.
packages=$(echo "$missing" | sed 's/\bnode\b/nodejs/')
apt-get update -qq
# shellcheck disable=SC2086 # words, not one name
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
