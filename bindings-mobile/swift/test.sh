#!/bin/sh
# Compiles the module `MultiIsp` and its tests, and runs them: `test.sh ROOT LIBRARY`, the top of the repository and the folder of
# libmulti_isp_mobile.so, after `multi-isp-bindgen` wrote target/mobile/swift.
set -eu

root=$1
library=$2
made=$root/target/mobile/swift
built=$root/target/mobile/swift-build
tests=$root/bindings-mobile/swift

compile() {
    swiftc -swift-version 6 -warnings-as-errors -I "$built" -I "$made" -Xcc "-fmodule-map-file=$made/MultiIspFFI.modulemap" \
        -L "$built" -L "$library" -lmulti_isp_mobile -Xlinker -rpath -Xlinker "$built" -Xlinker -rpath -Xlinker "$library" "$@"
}

mkdir -p "$built"
compile -module-name MultiIsp -emit-module -emit-module-path "$built/MultiIsp.swiftmodule" \
    -emit-library -o "$built/libMultiIsp.so" "$made/MultiIsp.swift" "$tests/Sources/MultiIsp/Convenience.swift"
compile -lMultiIsp -o "$built/tests" "$tests/Tests/main.swift" "$tests/Tests/Vectors.swift"
"$built/tests" "$root"
