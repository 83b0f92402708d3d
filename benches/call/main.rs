//! What a call of the SDK costs, as ratios to the same call written by hand over the same HTTP library, in one run.
//!
//! Time is that of the calling thread alone (`schedstat` of Linux), so the server costs nothing here. Each figure is
//! the median over rounds that take turns.

mod allocations;
mod by_hand;
mod calls;
mod json;
mod server;

/// The median of some figures.
fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

fn main() {
    // Cargo builds benchmarks as tests too, and runs them with this.
    let is_test = std::env::args().any(|argument| argument == "--test");
    let rounds = if is_test { 1 } else { 21 };
    json::report(rounds, if is_test { 1 } else { 20 });
    if !std::env::args().any(|argument| argument == "--json") {
        calls::report(rounds, if is_test { 64 } else { 2_048 });
    }
}
