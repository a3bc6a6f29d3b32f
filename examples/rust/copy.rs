// SPDX-License-Identifier: MIT
// rustc --target x86_64-pc-windows-gnu -C linker=x86_64-w64-mingw32-gcc -L native=/usr/x86_64-w64-mingw32/lib copy.rs
// With cargo, build.rs prints the last of these: println!( "cargo:rustc-link-search=native=/usr/..." );
use std::os::windows::ffi::OsStrExt;

#[link(name = "copyfile2")]
extern "system" {
    fn CopyFile2(existing: *const u16, new: *const u16, parameters: *const u8) -> i32;
}

fn wide(text: std::ffi::OsString) -> Vec<u16> {
    text.encode_wide().chain(Some(0)).collect()
}

fn main() {
    let names: Vec<_> = std::env::args_os().skip(1).map(wide).collect();
    let hr = unsafe { CopyFile2(names[0].as_ptr(), names[1].as_ptr(), std::ptr::null()) };
    std::process::exit((hr != 0) as i32);
}
