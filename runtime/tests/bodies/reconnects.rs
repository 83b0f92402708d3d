//! Event streams that connect anew.

use std::collections::BTreeMap;
use std::time::Duration;

use sdk_runtime as rt;

use rt::ErrorKind;
use rt::testing::Reply;

use crate::set_up::{EVENTS, Trial};

type Counts = BTreeMap<String, i64>;

/// Reads all events, and returns their data, the errors, and the headers `last-event-id` of the requests.
async fn read(trial: &Trial, most: u32) -> (Vec<i64>, Vec<rt::Error>, Vec<Option<String>>) {
    let call = trial.request(&EVENTS).receive(rt::events::<Counts>);
    let mut events = trial.clock.run(call.reconnecting(most)).await.expect("a response");
    let (mut values, mut errors) = (Vec::new(), Vec::new());
    while let Some(event) = trial.clock.run(events.next()).await {
        match event {
            Ok(event) => values.extend(event.data.into_values()),
            Err(error) => errors.push(error),
        }
    }
    let requests = trial.api.requests();
    let ids = requests.iter().map(|request| request.header("last-event-id").map(str::to_owned));
    (values, errors, ids.collect())
}

fn id(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[tokio::test]
async fn a_stream_that_breaks_off_continues_after_its_last_event() {
    let trial = Trial::new();
    trial
        .api
        .on("events")
        .reply(Reply::new(200).chunks(["retry: 20\nid: 7\ndata: {\"a\":1}\n\ndata: {"]).cut())
        .reply(Reply::new(200).chunks(["data: {\"a\":2}\n\n"]))
        .reply(Reply::new(200).chunks(["id: 8\ndata: {\"a\":3}\n\n"]).stalls())
        .reply(Reply::new(200).text("data: [DONE]\n\n"));
    let (values, errors, ids) = read(&trial, 1).await;
    assert_eq!((values, errors.len()), (vec![1, 2, 3], 0));
    assert_eq!(ids, [None, id("7"), id("7"), id("8")]);
    let requests = trial.api.requests();
    assert_eq!(requests[1].at() - requests[0].at(), Duration::from_millis(20));
}

#[tokio::test]
async fn a_204_and_an_error_end_a_stream_that_reconnects() {
    let trial = Trial::new();
    trial.api.on("events").reply(Reply::new(200).text("data: {\"a\":1}\n\n")).reply(Reply::new(204));
    let (values, errors, ids) = read(&trial, 9).await;
    assert_eq!((values, errors.len(), ids), (vec![1], 0, vec![None, None]));
    let requests = trial.api.requests();
    assert_eq!(requests[1].at() - requests[0].at(), Duration::from_secs(3));

    let trial = Trial::new();
    trial.api.on("events").reply(Reply::new(200).text("data: {\"a\":1}\n\n")).reply(Reply::new(403));
    let (values, errors, ids) = read(&trial, 9).await;
    assert!(errors[0].is_forbidden());
    assert_eq!((values, errors.len(), ids.len()), (vec![1], 1, 2));
}

#[tokio::test]
async fn reconnections_without_an_event_are_bounded() {
    let trial = Trial::new();
    trial.api.on("events").always(Reply::new(200).chunks([": alive\n"]).cut());
    let (values, errors, ids) = read(&trial, 2).await;
    assert_eq!((values.len(), ids.len()), (0, 3));
    assert_eq!(errors.iter().map(rt::Error::kind).collect::<Vec<_>>(), [ErrorKind::Connection]);
}
