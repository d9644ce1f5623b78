#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| multi_isp_fuzz::audit(data));
