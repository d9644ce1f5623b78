//! The folder of facts beside the repository, which a clone does not have.

use std::path::{Path, PathBuf};

/// `../shared/<sub>` (or under `MULTI_ISP_SHARED`); where it is missing, one loud line says so and the test passes.
pub fn shared(sub: &str) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let path = std::env::var_os("MULTI_ISP_SHARED")
        .map_or_else(beside, PathBuf::from)
        .join(sub);
    if path.exists() {
        return Some(path);
    }
    eprintln!("SKIPPED: ../shared/{sub} is missing, what it says is not tested");
    None
}
