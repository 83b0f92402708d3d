//! Forms: OpenAPI's examples (3.0.4, "Encoding Object"), encoded as in WHATWG URL and RFC 7578.

use wire_sdk::testing::SentRequest;
use wire_sdk::types::{Color, Deep, FormDefaultsAddress};
use wire_sdk::{Base64, Upload};

use crate::set_up::{Trial, body};

const FORM: Option<&str> = Some("application/x-www-form-urlencoded");

#[tokio::test]
async fn members_without_an_encoding_go_by_their_types() {
    let trial = Trial::new();
    let address = FormDefaultsAddress::default()
        .street_address("123 Example Dr.")
        .city("Somewhere")
        .state("CA")
        .zip("99999+1234");
    let id = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
    let sent =
        trial.sent("form_defaults", trial.client.bodies().form_defaults().id(id).address(address)).await;
    assert_eq!(sent.header("content-type"), FORM);
    // As OpenAPI 3.2 has it; the texts before leave `:` and `,` as they are, which means the same.
    let expected = "id=f81d4fae-7dec-11d0-a765-00a0c91e6bf6&address=%7B%22streetAddress%22%3A%22123+Example+Dr.%22%2C\
        %22city%22%3A%22Somewhere%22%2C%22state%22%3A%22CA%22%2C%22zip%22%3A%2299999%2B1234%22%7D";
    assert_eq!(body(&sent), expected);
}

#[tokio::test]
async fn bytes_are_base64_and_lists_are_pairs() {
    let trial = Trial::new();
    let request = trial
        .client
        .bodies()
        .form_defaults()
        .icon(Base64::new([0xfb, 0xff, 0xfe, 0x00]))
        .tags(["a b", "c&d=e", "\u{e9}*-._~"])
        .places([Color::default().r(1), Color::default().g(2)]);
    let sent = trial.sent("form_defaults", request).await;
    let expected = "icon=%2B%2F%2F%2BAA%3D%3D&tags=a+b&tags=c%26d%3De&tags=%C3%A9*-._%7E\
        &places=%7B%22R%22%3A1%7D&places=%7B%22G%22%3A2%7D";
    assert_eq!(body(&sent), expected);
}

#[tokio::test]
async fn members_with_a_style_go_by_it() {
    let trial = Trial::new();
    let request = trial
        .client
        .bodies()
        .form_styles()
        .id("f81d4fae-7dec-11d0-a765-00a0c91e6bf6")
        .joined(["a,b", "c"])
        .spaced(["a", "b"])
        .piped(["a", "b"])
        .deep(Deep::default().name("n").sizes([1]))
        .exploded(Color::default().r(100).g(200))
        .url("http://example.com/a b?c=d&e");
    let sent = trial.sent("form_styles", request).await;
    let expected = [
        "id=%22f81d4fae-7dec-11d0-a765-00a0c91e6bf6%22",
        "joined=a%2Cb,c",
        "spaced=a+b",
        "piped=a%7Cb",
        "deep%5Bname%5D=n&deep%5Bsizes%5D%5B0%5D=1",
        "R=100&G=200",
        "url=http://example.com/a+b?c=d%26e",
    ];
    assert_eq!((sent.header("content-type"), body(&sent)), (FORM, expected.join("&").as_str()));
}

#[tokio::test]
async fn a_form_without_members_is_empty() {
    let trial = Trial::new();
    let sent = trial.sent("form_defaults", trial.client.bodies().form_defaults()).await;
    assert_eq!((sent.header("content-type"), body(&sent)), (FORM, ""));
}

/// Returns the body with its boundary replaced by `BOUNDARY`, after comparing it with that of the header.
fn parts(sent: &SentRequest) -> String {
    let media_type = sent.header("content-type").expect("a media type");
    let boundary = media_type.strip_prefix("multipart/form-data; boundary=").expect("a boundary");
    assert!(!boundary.is_empty() && boundary.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{boundary}");
    body(sent).replace(boundary, "BOUNDARY")
}

#[tokio::test]
async fn parts_stand_in_the_order_of_the_document() {
    let trial = Trial::new();
    let request = trial
        .client
        .bodies()
        .multipart(Color::default().r(1), [Upload::from("one").file_name("1.txt"), Upload::from("two")])
        .image(Upload::from("png").file_name("a \"b\".png"))
        .image_x_rate_limit_limit(7)
        .table("<a/>")
        .raw([1, 2])
        .note("a *note*")
        .addresses([Color::default().g(2), Color::default()])
        .tags(["a", "b"])
        .id(5);
    let sent = trial.sent("multipart", request).await;
    let part = |head: &str, content: &str| {
        format!("--BOUNDARY\r\ncontent-disposition: form-data; name=\"{head}\r\n\r\n{content}\r\n")
    };
    let expected = [
        part("attributes\"\r\ncontent-type: application/json", "{\"R\":1}"),
        part("id\"", "5"),
        part("tags\"", "a"),
        part("tags\"", "b"),
        part("addresses\"\r\ncontent-type: application/json", "{\"G\":2}"),
        part("addresses\"\r\ncontent-type: application/json", "{}"),
        part("note\"\r\ncontent-type: text/markdown; charset=utf-8", "a *note*"),
        part("raw\"\r\ncontent-type: application/json", "[1,2]"),
        part("table\"\r\ncontent-type: application/xml", "<a/>"),
        part(
            "image\"; filename=\"a %22b%22.png\"\r\ncontent-type: image/png\r\nx-rate-limit-limit: 7",
            "png",
        ),
        part("file\"; filename=\"1.txt\"\r\ncontent-type: application/octet-stream", "one"),
        part("file\"; filename=\"file\"\r\ncontent-type: application/octet-stream", "two"),
        "--BOUNDARY--\r\n".to_owned(),
    ];
    assert_eq!(parts(&sent), expected.concat());
}

#[tokio::test]
async fn fields_and_parts_without_a_name_in_the_document_can_be_added() {
    let trial = Trial::new();
    let bodies = trial.client.bodies();
    let request =
        bodies.form_additional().id(5).additional_fields([("a b", "c&d".to_owned()), ("e", "f".to_owned())]);
    let sent = trial.sent("form_additional", request).await;
    assert_eq!((sent.header("content-type"), body(&sent)), (FORM, "id=5&a+b=c%26d&e=f"));

    let request = bodies.multipart_additional().additional_parts([("sky", Color::default().b(9))]).id(5);
    let sent = trial.sent("multipart_additional", request).await;
    let expected = [
        "--BOUNDARY\r\ncontent-disposition: form-data; name=\"id\"\r\n\r\n5\r\n",
        "--BOUNDARY\r\ncontent-disposition: form-data; name=\"sky\"\r\ncontent-type: application/json\r\n\r\n",
        "{\"B\":9}\r\n--BOUNDARY--\r\n",
    ];
    assert_eq!(parts(&sent), expected.concat());

    let request = bodies.multipart_files().additional_parts([("page 1", "one")]).scan("png");
    let sent = trial.sent("multipart_files", request).await;
    let part = |name: &str, content: &str| {
        format!(
            "--BOUNDARY\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{name}\"\r\n\
             content-type: application/octet-stream\r\n\r\n{content}\r\n"
        )
    };
    assert_eq!(parts(&sent), part("scan", "png") + &part("page 1", "one") + "--BOUNDARY--\r\n");
}
