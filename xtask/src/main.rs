//! The maintainers' command line.

fn main() {}
