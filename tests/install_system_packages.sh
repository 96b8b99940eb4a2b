#!/bin/sh
# The tests drive a real MariaDB and a real Chromium. On Debian as root, install what is missing of them;
# elsewhere say what is missing: the tests that need it are skipped, or fail under CI.
set -eu
export PATH="$PATH:/usr/sbin:/sbin"
missing=""
command -v mariadbd >/dev/null || missing="$missing mariadb-server"
command -v chromium >/dev/null || missing="$missing chromium"
[ -d /usr/share/fonts/opentype/noto ] || missing="$missing fonts-noto-cjk"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing$missing"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    echo "Missing for the tests:$missing (install them with your package manager)"
fi
