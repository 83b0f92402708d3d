//! Tests the target, method and headers of redirected requests.

use http::{HeaderMap, HeaderValue, Method, StatusCode};

use super::{Route, Standing};

const HERE: &str = "https://api.example.com/a/b?secret=1";

fn follow(method: &Method, status: u16, location: &'static str) -> Result<Route<'static>, String> {
    let mut route = Route::new(method, HERE);
    route.follow(StatusCode::from_u16(status).unwrap_or_default(), &HeaderValue::from_static(location))?;
    Ok(route)
}

#[test]
fn methods_change_as_in_rfc_9110() {
    for (method, status, then) in [
        (Method::POST, 301, Method::GET),
        (Method::POST, 302, Method::GET),
        (Method::PUT, 302, Method::PUT),
        (Method::PUT, 303, Method::GET),
        (Method::DELETE, 303, Method::GET),
        (Method::HEAD, 303, Method::HEAD),
        (Method::POST, 307, Method::POST),
        (Method::POST, 308, Method::POST),
        (Method::GET, 301, Method::GET),
    ] {
        let route = follow(&method, status, "/c").expect("a route");
        assert_eq!(route.method, then, "{method} {status}");
        assert_eq!(
            route.carries_body,
            status == 307 || status == 308 || then != Method::GET || method == then
        );
    }
}

#[test]
fn locations_are_relative_to_the_request() {
    for (location, url, standing) in [
        ("c?x=1#y", "https://api.example.com/a/c?x=1", Standing::Moved),
        ("//cdn.example.com/c", "https://cdn.example.com/c", Standing::Elsewhere),
        ("https://api.example.com:443/", "https://api.example.com/", Standing::Moved),
        ("https://api.example.com:444/", "https://api.example.com:444/", Standing::Elsewhere),
        ("https://user:pass@api.example.com/", "https://api.example.com/", Standing::Moved),
    ] {
        let route = follow(&Method::GET, 302, location).expect("a route");
        assert_eq!((&*route.url, route.standing), (url, standing));
    }
}

#[test]
fn a_redirect_back_from_another_origin_is_not_trusted() {
    let mut route = follow(&Method::GET, 302, "https://evil.example.com/").expect("a route");
    let back = HeaderValue::from_static("https://api.example.com/other");
    route.follow(StatusCode::FOUND, &back).expect("a route");
    assert_eq!(route.standing, Standing::Elsewhere);
}

#[test]
fn unsafe_and_invalid_locations_are_refused() {
    for (location, why) in [
        (
            "http://api.example.com/?secret=2",
            "the redirect leads from https to http: http://api.example.com/",
        ),
        ("ftp://api.example.com/", "the redirect leads to a URL with the scheme `ftp`"),
        ("https://[", "the redirect's `location` is not a valid URL: invalid IPv6 address"),
        ("/a/b?secret=1", "redirect loop: https://api.example.com/a/b → https://api.example.com/a/b"),
    ] {
        assert_eq!(follow(&Method::GET, 302, location).expect_err("refused"), why);
    }
    // A redirect to the same URL with another method is not a loop.
    assert!(follow(&Method::POST, 303, "/a/b?secret=1").is_ok());
}

#[test]
fn only_allowed_headers_go_to_another_origin() {
    let sent = ["accept", "as-user", "authorization", "boxapi", "content-language", "content-type", "cookie"];
    let headers: HeaderMap =
        sent.iter().map(|name| (name.parse().expect("a name"), HeaderValue::from_static("x"))).collect();
    let allowed = ["accept", "authorization", "cookie"];
    let left = |status, location| {
        let mut headers = headers.clone();
        follow(&Method::POST, status, location).expect("a route").filter(&mut headers, &allowed);
        let mut left: Vec<String> = headers.keys().map(ToString::to_string).collect();
        left.sort();
        left.join(" ")
    };
    assert_eq!(left(307, "/c"), sent.join(" "));
    assert_eq!(left(303, "/c"), "accept as-user authorization boxapi cookie");
    assert_eq!(left(307, "https://evil.example.com/"), "accept content-type");
    assert_eq!(left(303, "https://evil.example.com/"), "accept");
}
