fn main() {
    let args: Vec<String> = std::env::args().collect();
    match preflag::debug_scan(&args[3], &args[4]) {
        Ok(r) => println!("{}", serde_json::to_string_pretty(&r).unwrap()),
        Err(e) => {
            eprintln!("{e}");
            std::process::exit(2)
        }
    }
}
