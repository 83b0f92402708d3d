//! Checks which identifiers the members of a scope get.

use super::*;

fn member(wire: &str, case: fn(&Name) -> String) -> ScopeMember {
    let name = Name::new(wire);
    ScopeMember::new(&name, case).or_cased()
}

/// Checks the identifiers of members in the given order, and in the reverse order.
fn check_members(members: &[ScopeMember], reserved: &[&str], expected: &[&str]) {
    assert_eq!(assign(members, reserved), expected);
    let backwards: Vec<ScopeMember> = members.iter().rev().cloned().collect();
    let expected: Vec<&str> = expected.iter().rev().copied().collect();
    assert_eq!(assign(&backwards, reserved), expected);
}

fn check(wires: &[&str], case: fn(&Name) -> String, reserved: &[&str], expected: &[&str]) {
    let members: Vec<ScopeMember> = wires.iter().map(|wire| member(wire, case)).collect();
    check_members(&members, reserved, expected);
}

#[test]
fn names_that_differ_stay() {
    check(&["id", "user-id"], ident::snake, &[], &["id", "user_id"]);
}

#[test]
fn the_one_spelled_like_the_name_keeps_it() {
    check(&["name", "Name"], ident::snake, &[], &["name", "name_2"]);
    check(&["a-b", "a_b"], ident::snake, &[], &["a_minus_b", "a_b"]);
    check(&["thing", "Thing"], ident::pascal, &[], &["ThingLower", "Thing"]);
    check(&["ASC", "asc", "desc"], ident::pascal, &[], &["AscUpper", "Asc", "Desc"]);
}

#[test]
fn the_shorter_one_keeps_the_name_if_no_spelling_decides() {
    check(&["a--b", "a-b"], ident::snake, &[], &["a_minus_minus_b", "a_b"]);
    check(&["aB", "a-b"], ident::snake, &[], &["a_b", "a_minus_b"]);
}

#[test]
fn members_of_one_wire_name_are_told_apart_by_their_identity() {
    let name = Name::new("id");
    let of = |group, identity: &str| ScopeMember::new(&name, ident::snake).identified(group, identity);
    check_members(&[of(0, "bbb"), of(0, "aaa"), of(0, "z")], &[], &["id_3", "id_2", "id"]);
    check_members(&[of(1, "a"), of(0, "bbb")], &[], &["id_2", "id"]);
}

#[test]
fn texts_without_ascii_letters_get_valid_names() {
    let texts = [
        "½-½",
        "½",
        "+½",
        "①②",
        "² ³",
        "٣",
        "۳-۴",
        "१२",
        "👍🏽",
        "👨\u{200d}👩",
        "❤️",
        "…",
        "—-—",
        "\u{301}",
        "\u{200d}",
        "ﷺ-ﷺ",
        "ｱ",
        "_",
        "__",
        " ",
    ];
    for case in [ident::snake, ident::pascal] {
        let members = texts.map(|text| member(text, case));
        for (text, name) in texts.iter().zip(assign(&members, &[])) {
            assert!(syn::parse_str::<syn::Ident>(&name).is_ok(), "`{name}` for `{text}`");
            assert!(name.contains(char::is_alphanumeric), "`{name}` for `{text}`");
        }
    }
    check(&["½-½"], ident::pascal, &[], &["UbdMinusUbd"]);
}

#[test]
fn derived_names_give_way() {
    let kind = |wire| member(wire, ident::pascal).with_rungs(["KindType".to_owned()]);
    check_members(&[kind("Kind").derived(true), kind("kind")], &[], &["KindType", "Kind"]);
}

#[test]
fn a_name_goes_to_the_one_that_wants_it_first() {
    let loser = member("kind", ident::pascal).with_rungs(["KindType".to_owned()]);
    let inline = member("kind type", ident::pascal).derived(true);
    check_members(&[loser, member("Kind", ident::pascal), inline], &[], &["KindLower", "Kind", "KindType"]);
}

#[test]
fn a_released_name_stays() {
    let released = member("z-long", ident::snake).released(Some("id"));
    check_members(&[member("id", ident::snake), released], &[], &["id_lower", "id"]);
}

#[test]
fn a_given_name_replaces_the_released_one_if_it_is_free() {
    let given = || member("order", ident::pascal).released(Some("Purchase")).given(true);
    let other = || member("purchase", ident::pascal).with_rungs(["PurchaseType".to_owned()]);
    let assigned = assign_all(&[given(), other()], &[], &[]);
    let former = Some("Purchase".to_owned());
    assert_eq!(assigned[0], Assigned { name: "Order".to_owned(), former, wanted: None, refused: None });
    assert_eq!(assigned[1].name, "PurchaseType");
    // A released member that keeps another name does not stand in the way.
    let kept = member("order", ident::pascal).released(Some("Bestellung"));
    assert_eq!(assign(&[given(), kept], &[]), ["Order", "Bestellung"]);
    let refused = assign_all(&[given()], &["Order"], &[]);
    assert_eq!((refused[0].name.as_str(), refused[0].refused.as_deref()), ("Purchase", Some("Order")));
    assert_eq!(assign(&[given(), member("order", ident::pascal)], &[]), ["Purchase", "Order"]);
}

#[test]
fn a_released_name_tells_which_name_it_replaces() {
    let kept = member("order", ident::pascal).released(Some("Purchase"));
    let wanted =
        |members: &[ScopeMember], former: &[&str]| assign_all(members, &[], former)[0].wanted.clone();
    let order = || "Order".to_owned();
    assert_eq!(wanted(std::slice::from_ref(&kept), &[]), Some(Wanted::Free(order())));
    assert_eq!(wanted(std::slice::from_ref(&kept), &["Order"]), Some(Wanted::Taken(order())));
    assert_eq!(wanted(&[kept, member("order", ident::pascal)], &[]), Some(Wanted::Taken(order())));
    let lower = member("order", ident::pascal).released(Some("Order"));
    let newcomer = member("Order", ident::pascal);
    let contested = Some(Wanted::Contested("OrderLower".to_owned()));
    assert_eq!(wanted(&[lower, newcomer], &[]), contested);
}

#[test]
fn what_is_reserved_stops_only_those_for_whom_it_is() {
    let free = member("items", ident::snake).unreserved();
    assert_eq!(assign(&[free], &["items"]), ["items"]);
}

#[test]
fn further_claims_are_free_as_well() {
    let nullable = member("a", ident::snake).claiming("_null");
    check_members(&[nullable, member("a_null", ident::snake)], &[], &["a", "a_null_lower"]);
}

#[test]
fn a_reserved_name_climbs_alone() {
    let unknown = member("unknown", ident::pascal).with_rungs(["UnknownValue".to_owned()]);
    check_members(&[unknown, member("known", ident::pascal)], &["Unknown"], &["UnknownValue", "Known"]);
}
