# Sourced with $here and $root. install_peers puts the Python peers into $venv, unless they are there: those that
# cannot be installed are named and left out, and their absence is part of the results.
venv=$root/.venv-peers

install_peers() {
  if cmp -s "$here/peers/requirements.txt" "$venv/installed.txt"; then
    return
  fi
  echo "installing the peers into .venv-peers" >&2
  python3 -m venv --clear "$venv"
  local pip=("$venv/bin/pip" install --quiet --disable-pip-version-check)
  if ! "${pip[@]}" -r "$here/peers/requirements.txt"; then
    local requirement
    while read -r requirement; do
      "${pip[@]}" "$requirement" || echo "could not install $requirement: it will be missing in the results" >&2
    done <"$here/peers/requirements.txt"
  fi
  "$venv/bin/python" -c 'import jupyter_client, numpy' ||
    { echo "the comparison itself needs jupyter_client and numpy" >&2; return 1; }
  cp "$here/peers/requirements.txt" "$venv/installed.txt"
}
