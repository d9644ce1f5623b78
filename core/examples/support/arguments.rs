//! The command line of an example: its arguments, or how it is called, and the files that they name.

use std::{env, fs, process::ExitCode};

use multi_isp::diagnostic::{Code, Diagnostic};

/// The arguments; with fewer than `least` the usage goes to standard error and the code is 2, for `--help` to standard output
/// and 0.
pub fn arguments(usage: &str, least: usize) -> Result<Vec<String>, ExitCode> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--help") {
        println!("{usage}");
        return Err(ExitCode::SUCCESS);
    }
    if arguments.len() < least {
        return Err(misused(usage));
    }
    Ok(arguments)
}

/// The usage and code 2, for arguments that are not what it says.
pub fn misused(usage: &str) -> ExitCode {
    eprintln!("{usage}");
    ExitCode::from(2)
}

/// The bytes of a file.
pub fn read(file: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
    const UNREADABLE_FILE: Code = Code::new("unreadable-file");
    fs::read(file).map_err(|error| {
        Diagnostic::error(UNREADABLE_FILE, format!("`{file}` cannot be read: {error}"))
            .with_help("give the path of a file that this user may read")
            .into()
    })
}
