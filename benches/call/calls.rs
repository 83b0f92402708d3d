//! Measures calls on a loopback socket, sequential and concurrent, and compares them with calls written by hand.

use std::future::Future;
use std::time::Instant;

use box_sdk::{BoxClient, DeveloperToken};
use tokio::task::LocalSet;

use crate::{allocations, by_hand, json, median, server};

/// The cost of a call for the thread that makes it.
#[derive(Clone, Copy)]
struct Cost {
    seconds: f64,
    cpu: f64,
    allocations: f64,
}

pub fn report(rounds: usize, calls: usize) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let url = server::start(&json::page(2));
    let client =
        BoxClient::builder().auth(DeveloperToken::new("token")).base_url(&*url).build().expect("a client");
    let http = by_hand::client();
    let ours = {
        let client = client.clone();
        move || {
            let call = client.memberships().get_group_memberships("57645").limit(2);
            async move { drop(call.await.expect("a page")) }
        }
    };
    let theirs = move || {
        let (http, url) = (http.clone(), url.clone());
        async move {
            drop(by_hand::get_group_memberships(&http, &url, "token", "57645", 2).await.expect("a page"));
        }
    };
    println!("\ncalls on loopback                SDK        by hand    ratio");
    for at_once in [1, 64] {
        let (mut of_ours, mut of_theirs) = (Vec::new(), Vec::new());
        // The first round opens the connections and is not counted.
        for round in 0..=rounds {
            let (first, second) = (
                runtime.block_on(measure(calls, at_once, &ours)),
                runtime.block_on(measure(calls, at_once, &theirs)),
            );
            if round > 0 {
                of_ours.push(first);
                of_theirs.push(second);
            }
        }
        println!("{at_once} in flight");
        row("  calls per second", &of_ours, &of_theirs, |cost| 1.0 / cost.seconds);
        row("  CPU per call, µs", &of_ours, &of_theirs, |cost| cost.cpu * 1e6);
        row("  heap allocations per call", &of_ours, &of_theirs, |cost| cost.allocations);
    }
}

fn row(name: &str, ours: &[Cost], theirs: &[Cost], figure: fn(&Cost) -> f64) {
    let of = |costs: &[Cost]| median(costs.iter().map(figure).collect());
    let (ours, theirs) = (of(ours), of(theirs));
    println!("{name:<30} {ours:>9.1}  {theirs:>9.1}    {:.3}", ours / theirs);
}

async fn measure<F>(calls: usize, at_once: usize, call: &(impl Fn() -> F + Clone + 'static)) -> Cost
where
    F: Future<Output = ()> + 'static,
{
    let (start, cpu, allocated) = (Instant::now(), cpu_seconds(), allocations::count());
    let lanes = LocalSet::new();
    for _ in 0..at_once {
        let call = call.clone();
        lanes.spawn_local(async move {
            for _ in 0..calls / at_once {
                call().await;
            }
        });
    }
    lanes.await;
    let calls = calls as f64;
    Cost {
        seconds: start.elapsed().as_secs_f64() / calls,
        cpu: (cpu_seconds() - cpu) / calls,
        allocations: (allocations::count() - allocated) as f64 / calls,
    }
}

/// Returns the CPU time of this thread.
fn cpu_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds: f64 = text.split(' ').next().and_then(|first| first.parse().ok()).unwrap_or(f64::NAN);
    nanoseconds / 1e9
}
