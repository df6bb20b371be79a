use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some(code) = preflag::main_if_asked() {
        return code;
    }
    ExitCode::SUCCESS
}
