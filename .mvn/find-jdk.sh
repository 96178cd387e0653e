# Sourced by mvnw and riacho: points JAVA_HOME at a JDK 25 or newer, whatever the default `java` is.
# A JAVA_HOME that is already new enough is kept; where nothing is found, JAVA_HOME is left as it was.
riacho_jdk_major() {
  [ -r "$1/release" ] && [ -x "$1/bin/java" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

riacho_find_jdk() {
  for riacho_jdk in "${JAVA_HOME:-}" "${JAVA_HOME_25:-}" "${JDK_25:-}" "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    riacho_major=$(riacho_jdk_major "$riacho_jdk") || continue
    if [ "${riacho_major:-0}" -ge 25 ]; then
      JAVA_HOME=$riacho_jdk
      export JAVA_HOME
      return 0
    fi
  done
  return 1
}
