# Sourced in the root of the checkout. build_benchmarks makes $jar, with $jdk, unless nothing has changed.
. install/lib/jdk.sh
jdk=$(find_jdk)
jar=magics/benchmarks/target/benchmarks.jar

build_benchmarks() {
  local now
  now=$(find pom.xml .mvn magics -name target -prune -o -type f \( -name pom.xml -o -path '*/src/main/*' -o -path '.mvn/*' \) -print0 |
    xargs -0 cksum | LC_ALL=C sort -k 3)
  if [ -f "$jar" ] && [ "$now" = "$(cat "$jar.sources" 2>/dev/null)" ]; then
    return
  fi
  echo "building the benchmarks with JDK $(jdk_version "$jdk")"
  JAVA_HOME=$jdk mvn -B -ntp -q package -pl magics/benchmarks -am -Dmaven.test.skip -Dspotless.check.skip
  printf '%s\n' "$now" >"$jar.sources"
}
