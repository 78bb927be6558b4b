#!/bin/sh
# venv.sh PYTHON FOLDER PIP-ARGUMENTS...: a virtual environment with the project in it.
set -eu
python=$1 folder=$2
shift 2
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "gouji needs Python 3.11 or later; name one: make PYTHON=/path/to/python3.12" >&2
    exit 1
}
if [ ! -x "$folder/bin/pip" ]; then
    if ! "$python" -c 'import ensurepip' 2>/dev/null; then
        # Debian keeps ensurepip in a package of its own.
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
            apt-get update -qq
            DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv
        else
            echo "Python's venv module is missing (Debian: apt-get install python3-venv)" >&2
            exit 1
        fi
    fi
    "$python" -m venv "$folder"
fi
"$folder/bin/pip" install --quiet --disable-pip-version-check "$@"
