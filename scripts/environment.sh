# Sourced by the other scripts, from the project folder: `prepare EXTRA` gives .venv with duizhao installed.

need() {
    printf '%s\n' "$1" >&2
    exit 2
}

# Prints the first Python that is new enough; one line on what to install where there is none.
find_python() {
    seen=""
    for name in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11 python; do
        command -v "$name" >/dev/null 2>&1 || continue
        seen=yes
        "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue
        "$name" -c 'import ensurepip, venv' >/dev/null 2>&1 ||
            need "$name cannot make virtual environments: install python3-venv (Debian, Ubuntu: apt-get install python3-venv)."
        printf '%s\n' "$name"
        return
    done
    [ -z "$seen" ] || need "The python3 found is older than 3.11: install Python 3.11 or newer, or set PYTHON to it."
    need "No python3 found: install Python 3.11 or newer with venv (Debian, Ubuntu: apt-get install python3 python3-venv)."
}

# prepare "" | test | lint | docs: makes .venv where there is none that runs, and installs when pyproject.toml has changed.
prepare() {
    if ! .venv/bin/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        python=$(find_python) || exit $?
        echo "Making .venv …" >&2
        "$python" -m venv --clear .venv || need "$python -m venv failed: see the lines above."
    fi
    stamp=".venv/installed-${1:-plain}"
    wanted="$PWD
$(cat pyproject.toml)"
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return
    echo "Installing duizhao${1:+ with what $1 needs} into .venv …" >&2
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --editable ".${1:+[$1]}" ||
        need "pip could not install duizhao: see the lines above."
    printf '%s\n' "$wanted" >"$stamp"
}
