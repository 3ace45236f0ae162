# Sourced. find_jdk prints the home of an installed JDK 25, or says how to get one.

# The JAVA_VERSION that a JDK's own release file names; nothing for anything but a JDK.
jdk_version() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([^"]*\)".*/\1/p' "$1/release"
}

# Every place where a JDK may be, the user's own choice first.
jdk_places() {
  echo "${ARGOSY_JDK:-}"
  echo "${JAVA_HOME:-}"
  local java
  if java=$(command -v java); then
    # Follows the links of /usr/bin/java to the folder that it really lives in.
    while [ -L "$java" ]; do
      local target
      target=$(readlink "$java")
      case $target in
        /*) java=$target ;;
        *) java=$(dirname "$java")/$target ;;
      esac
    done
    (cd -P "$(dirname "$java")/.." 2>/dev/null && pwd) || true
  fi
  if [ -x /usr/libexec/java_home ]; then
    /usr/libexec/java_home -v 25 2>/dev/null || true
  fi
  local folder
  for folder in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /usr/local/*jdk* \
    /opt/*jdk* /opt/*jvm*/* /opt/java/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec; do
    if [ -d "$folder" ]; then echo "$folder"; fi
  done
}

find_jdk() {
  local home version older=
  while IFS= read -r home; do
    if [ -z "$home" ]; then continue; fi
    version=$(jdk_version "$home")
    case $version in
      25 | 25.0.[0-2] | 25.0.[0-2].*) older=${older:-$home} ;;
      25.*)
        echo "$home"
        return
        ;;
    esac
  done <<EOF
$(jdk_places)
EOF
  if [ -n "$older" ]; then
    echo "argosy: JDK $(jdk_version "$older") can corrupt data under load (JDK-8377811): update it to 25.0.3 or later." >&2
    echo "$older"
    return
  fi
  echo "argosy: there is no JDK 25 on this machine: install one, for example Temurin 25 (Debian: apt install temurin-25-jdk from Adoptium's repository; macOS: brew install openjdk@25; anywhere: sdk install java 25-tem), or name its folder in ARGOSY_JDK." >&2
  return 1
}
