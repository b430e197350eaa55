//! Exit codes only: 0 done, 1 problems in the files given, 2 usage or system.

use std::process::ExitCode;

fn main() -> ExitCode {
    collateral::cli::run(std::env::args_os())
}
