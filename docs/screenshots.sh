#!/usr/bin/env bash
# Takes the pictures in docs/images anew, in headless Chromium.
set -euo pipefail
cd "$(dirname "$0")/.."
export CACHEDATTR_SCREENSHOTS="$PWD/docs/images"
dotnet test tests/CachedAttr.AspNetCore.Tests -c Release --filter FullyQualifiedName~ScreenshotTests
