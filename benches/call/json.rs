//! Measures reading and writing a page of a thousand memberships, and compares it with derived code.

use std::hint::black_box;
use std::time::Instant;

use box_sdk::types::GroupMemberships;

use crate::{by_hand, median};

/// Returns the JSON text of a page with a number of memberships.
pub fn page(entries: usize) -> String {
    let entries: Vec<serde_json::Value> = (0..entries)
        .map(|index| {
            serde_json::json!({
                "type": "group_membership",
                "id": format!("{}", 1_000_000 + index),
                "user": {"type": "user", "id": format!("{}", 33_000 + index), "name": "Ada Example", "login": "ada@example.com"},
                "group": {"type": "group", "id": "57645", "name": "Marketing", "group_type": "managed_group"},
                "role": if index % 7 == 0 { "admin" } else { "member" },
                "created_at": "2024-03-05T10:12:13-08:00",
                "modified_at": "2024-03-06T10:12:13-08:00",
            })
        })
        .collect();
    serde_json::json!({"total_count": entries.len(), "limit": 1000, "offset": 0, "entries": entries})
        .to_string()
}

pub fn report(rounds: usize, times: usize) {
    let text = page(1_000);
    let ours: GroupMemberships = serde_json::from_str(&text).expect("a page");
    let theirs: by_hand::Memberships = serde_json::from_str(&text).expect("a page");
    let megabytes = |seconds: f64| (text.len() * times) as f64 / 1e6 / seconds;
    let (mut decode, mut encode) = ((Vec::new(), Vec::new()), (Vec::new(), Vec::new()));
    for _ in 0..rounds {
        decode.0.push(seconds(times, || {
            serde_json::from_str::<GroupMemberships>(black_box(&text)).expect("a page")
        }));
        decode.1.push(seconds(times, || {
            serde_json::from_str::<by_hand::Memberships>(black_box(&text)).expect("a page")
        }));
        encode.0.push(seconds(times, || serde_json::to_vec(black_box(&ours)).expect("JSON")));
        encode.1.push(seconds(times, || serde_json::to_vec(black_box(&theirs)).expect("JSON")));
    }
    println!(
        "a page of 1,000 memberships, {} kB    SDK      derived  ratio of throughput",
        text.len() / 1000
    );
    for (name, (ours, theirs)) in [("decode", decode), ("encode", encode)] {
        let (ours, theirs) = (median(ours), median(theirs));
        println!(
            "{name:<37} {:>5.0} MB/s {:>5.0} MB/s  {:.2}",
            megabytes(ours),
            megabytes(theirs),
            theirs / ours
        );
    }
}

fn seconds<T>(times: usize, mut run: impl FnMut() -> T) -> f64 {
    let start = Instant::now();
    for _ in 0..times {
        black_box(run());
    }
    start.elapsed().as_secs_f64()
}
