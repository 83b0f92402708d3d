//! Lists over several pages, against the fake API.

mod support;

use box_sdk::types::GroupMembership;
use box_sdk::{ErrorKind, Position};
use support::members;

fn ids(memberships: &[GroupMembership]) -> Vec<usize> {
    let ids = memberships.iter().map(|one| one.id.as_deref().unwrap_or_default());
    ids.map(|id| id.parse().expect("the fake uses numbers as IDs")).collect()
}

#[tokio::test]
async fn pages_with_hidden_items_do_not_end_the_list() {
    // The second of five pages is empty, and the third has a gap.
    let (server, client) = members("9", 4_500, |index| (1_000..2_000).contains(&index) || index == 2_500);
    let walk = client.memberships().get_group_memberships("9").limit(5_000).items();
    let found: Vec<GroupMembership> = walk.try_collect().await.expect("all pages come");

    let listed = (0..4_500).filter(|index| !(1_000..2_000).contains(index) && *index != 2_500);
    assert_eq!(ids(&found), listed.collect::<Vec<_>>());
    let requests = server.requests();
    let queries: Vec<_> = requests.iter().filter_map(|request| request.query()).collect();
    assert_eq!(
        queries,
        [
            "limit=5000",
            "limit=5000&offset=1000",
            "limit=5000&offset=2000",
            "limit=5000&offset=3000",
            "limit=5000&offset=4000",
        ]
    );
}

#[tokio::test]
async fn an_offset_that_is_too_high_is_an_error_with_its_position() {
    let (server, client) = members("9", 12_000, |_| false);
    let start = client.memberships().get_group_memberships("9").limit(1_000).offset(9_000);
    let mut items = start.clone().items();
    for expected in 9_000..11_000 {
        let item = items.next().await.expect("there are more").expect("the page comes");
        assert_eq!(item.id, Some(expected.to_string()));
    }
    let error = items.next().await.expect("an error is an item").expect_err("the offset is too high");
    assert_eq!((error.kind(), error.code()), (ErrorKind::Api, Some("bad_request")));
    assert_eq!(items.position(), Some(&Position::Offset(11_000)));
    assert!(items.next().await.is_none(), "the stream ends with the error");
    assert_eq!(server.requests().len(), 3);

    // The same position fails again; another one can be read.
    items.resume();
    assert!(items.next().await.expect("an error is an item").is_err());
    let mut pages = start.pages().start_at(Position::Offset(10_000));
    let page = pages.next().await.expect("there is a page").expect("it comes");
    assert_eq!((page.offset, page.entries.map(|entries| entries.len())), (Some(10_000), Some(1_000)));
}
