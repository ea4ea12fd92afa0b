#!/bin/sh
# Installs the first of the named Debian packages that apt knows, without starting the services it brings. Needs root.
set -eu
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  trap 'exit 130' INT TERM
  printf '#!/bin/sh\nexit 101\n' > "$policy"
  chmod 755 "$policy"
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
for package; do
  if apt-cache policy "$package" | grep -q 'Candidate: [^(]'; then
    apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=120 "$package"
    exit 0
  fi
done
echo "apt knows none of: $*"
exit 1
