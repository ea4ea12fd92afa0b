#!/usr/bin/env bash
# Puts what the tests of deploy/ check with into a folder, and a small S3 server beside it: tools/deploy-tools.sh FOLDER
#   TEST_DEPLOY_TOOLS=FOLDER npx vitest run tests/deployment
#   FOLDER/moto_server -p 9199 &      TEST_S3_ENDPOINT=http://127.0.0.1:9199 npx vitest run packages
# Needs python3 with venv, Go, and promtool (Debian's package "prometheus").
set -euo pipefail

mkdir -p "$1"
folder=$(cd "$1" && pwd)
if [ ! -x "$folder/python/bin/moto_server" ]; then
  python3 -m venv "$folder/python"
  "$folder/python/bin/pip" install -q 'check-jsonschema==0.39.0' 'kubernetes-validate==1.37.0' 'moto[server]==5.2.5'
fi
for tool in check-jsonschema kubernetes-validate moto_server; do ln -sf "$folder/python/bin/$tool" "$folder/$tool"; done
[ -x "$folder/helm" ] || GOBIN="$folder" go install helm.sh/helm/v3/cmd/helm@v3.19.2
ln -sf "$(command -v promtool)" "$folder/promtool"
