//! Measures the cost of calls of the SDK, as ratios to the same calls written by hand over the same HTTP library.
//!
//! CPU time is that of the calling thread (`schedstat` of Linux), without the server. Each figure is a median over
//! alternating rounds of one run.

mod allocations;
mod by_hand;
mod calls;
mod json;
mod server;

/// Returns the median of figures.
fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

fn main() {
    // `cargo test` runs benchmarks too, with this argument.
    let is_test = std::env::args().any(|argument| argument == "--test");
    let rounds = if is_test { 1 } else { 21 };
    json::report(rounds, if is_test { 1 } else { 20 });
    if !std::env::args().any(|argument| argument == "--json") {
        calls::report(rounds, if is_test { 64 } else { 2_048 });
    }
}
