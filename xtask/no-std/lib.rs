//! `multi-isp` under a foreign panic handler: this compiles only while no crate of the tree links std.
#![no_std]

use multi_isp as _;

#[panic_handler]
fn halt(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}
