#!/bin/sh
# LibreOffice, its UNO bridge, CJK fonts, Carlito (for Calibri) and poppler: for the tests that open what we build, and
# for the pictures of the READMEs.
set -eu
command -v soffice >/dev/null && command -v pdftoppm >/dev/null &&
    [ -e /usr/lib/python3/dist-packages/uno.py ] && fc-list :lang=zh-cn 2>/dev/null | grep -q . &&
    fc-list 2>/dev/null | grep -q Carlito && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "The tests need LibreOffice Calc and Writer, python3-uno, poppler-utils, a Chinese font and Carlito." >&2
    [ -z "${CI:-}" ] # without it, the tests that need it are skipped; CI fails
    exit
fi
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    libreoffice-calc libreoffice-writer python3-uno poppler-utils fontconfig fonts-noto-cjk \
    fonts-crosextra-carlito >/dev/null
