//! An example as a program: it reads its arguments, and prints its answer or why there is none.

use std::io::Write as _;
use std::process::ExitCode;

use super::arguments;

/// Prints the answer to a request and ends with 0; with 1 where there is none, with 2 where the arguments are not what `usage` says.
pub fn run<Request>(
    usage: &str,
    least: usize,
    parse: fn(Vec<String>) -> Result<Request, String>,
    answer: fn(&Request) -> Result<String, String>,
) -> ExitCode {
    let arguments = match arguments::arguments(usage, least) {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    let request = match parse(arguments) {
        Ok(request) => request,
        Err(error) => {
            eprintln!("{error}\n");
            return arguments::misused(usage);
        }
    };
    match answer(&request) {
        Ok(text) => {
            // Whoever reads may have read enough.
            let _ = std::io::stdout().write_all(text.as_bytes());
            ExitCode::SUCCESS
        }
        Err(text) => {
            eprintln!("{}", text.trim_end());
            ExitCode::FAILURE
        }
    }
}
