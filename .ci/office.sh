#!/bin/sh
# LibreOffice, its UNO bridge, Gnumeric, fonts and poppler for the tests that open what we build.
set -eu
has_font() { fc-list "$1" 2>/dev/null | grep -q .; }
command -v soffice >/dev/null && command -v ssconvert >/dev/null && command -v pdftoppm >/dev/null &&
    [ -e /usr/lib/python3/dist-packages/uno.py ] && has_font :lang=zh-cn && has_font Carlito && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "The tests need LibreOffice Calc and Writer, python3-uno, Gnumeric, poppler-utils, a Chinese font" \
        "and Carlito." >&2
    [ -z "${CI:-}" ] # without it, the tests that need it are skipped; CI fails
    exit
fi
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    libreoffice-calc libreoffice-writer python3-uno gnumeric poppler-utils \
    fontconfig fonts-noto-cjk fonts-crosextra-carlito >/dev/null
