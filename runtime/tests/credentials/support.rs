//! A client with a scripted token endpoint, on a clock that the test moves.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::Poll;

use sdk_runtime as rt;
use sdk_runtime::testing::{ManualClock, MockTransport, Reply, SentRequest};
use serde_json::json;

pub const TOKEN: &str = "POST /oauth2/token";
pub const REVOKE: &str = "POST /oauth2/revoke";
pub const THINGS: &str = "GET /2.0/things";

static API: rt::Api =
    rt::Api { security: &[rt::Scheme { name: "OAuth", kind: rt::SchemeKind::Bearer }], ..rt::Api::NONE };

/// A scripted API with its token endpoint, and their clock.
pub struct World {
    pub api: MockTransport,
    pub clock: ManualClock,
}

impl World {
    pub fn new() -> Self {
        let clock = ManualClock::new();
        let api = MockTransport::with_clock(&clock);
        Self { api, clock }
    }

    /// Creates a world whose API always returns things.
    pub fn with_things() -> Self {
        let world = Self::new();
        world.api.on(THINGS).always(Reply::json(200, &json!({})));
        world
    }

    pub fn client(&self, credential: impl rt::Credential) -> rt::Client {
        self.client_on(credential, self.clock.clone())
    }

    pub fn client_on(&self, credential: impl rt::Credential, platform: impl rt::Platform) -> rt::Client {
        rt::ClientBuilder::new(&API)
            .base_url("https://api.example.com/2.0")
            .default_header("as-user", "4711")
            .transport(self.api.clone())
            .platform(platform)
            .auth(credential)
            .build()
            .expect("the settings are valid")
    }

    /// Creates a client all of whose servers have this origin.
    pub fn client_at(&self, origin: &str, credential: impl rt::Credential) -> rt::Client {
        static SERVED: rt::Api =
            rt::Api { servers: &[rt::Server { url: "https://api.example.com/2.0", variables: &[] }], ..API };
        rt::ClientBuilder::new(&SERVED)
            .all_servers(origin)
            .transport(self.api.clone())
            .platform(self.clock.clone())
            .auth(credential)
            .build()
            .expect("the settings are valid")
    }

    /// Gets the things.
    pub async fn get(&self, client: &rt::Client) -> Result<rt::Bytes, rt::Error> {
        self.clock.run(things(client)).await
    }

    /// Lets time pass while tasks run.
    pub async fn pass(&self, time: std::time::Duration) {
        self.clock.run(rt::Platform::sleep(&self.clock, time)).await;
    }

    pub fn token_calls(&self) -> Vec<SentRequest> {
        self.api.requests_of(TOKEN)
    }

    /// Returns the `authorization` headers of the requests for things.
    pub fn bearers(&self) -> Vec<String> {
        let sent = self.api.requests_of(THINGS);
        sent.iter().map(|sent| sent.header("authorization").unwrap_or_default().to_owned()).collect()
    }
}

pub fn things(client: &rt::Client) -> rt::Call<rt::Bytes> {
    client.request(rt::Method::GET, "/things").send()
}

pub fn endpoint() -> rt::TokenEndpoint {
    rt::TokenEndpoint::new("https://auth.example.com/oauth2/token")
        .client_id("app")
        .client_secret("s3cret-of-app")
        .revoke_url("https://auth.example.com/oauth2/revoke")
}

pub fn client_credentials() -> rt::ClientCredentials {
    rt::ClientCredentials::new(endpoint())
}

/// Returns the response to a token call.
pub fn token(name: &str, seconds: u64) -> Reply {
    Reply::json(200, &json!({ "access_token": name, "token_type": "bearer", "expires_in": seconds }))
}

/// Returns the response to a token call, with a refresh token.
pub fn tokens(name: &str, refresh: &str, seconds: u64) -> Reply {
    let answer = json!({
        "access_token": name,
        "refresh_token": refresh,
        "token_type": "bearer",
        "expires_in": seconds,
    });
    Reply::json(200, &answer)
}

pub fn field(sent: &SentRequest, name: &str) -> Option<String> {
    sent.form().into_iter().find(|(set, _)| set == name).map(|(_, value)| value)
}

/// Runs futures concurrently, and returns their outputs.
pub async fn all<F: Future>(futures: Vec<F>) -> Vec<F::Output> {
    let mut running: Vec<_> = futures.into_iter().map(|future| (Box::pin(future), None)).collect();
    std::future::poll_fn(|context| {
        for (future, outcome) in &mut running {
            if outcome.is_none() {
                if let Poll::Ready(value) = Pin::new(future).poll(context) {
                    *outcome = Some(value);
                }
            }
        }
        let is_done = running.iter().all(|(_, outcome)| outcome.is_some());
        if is_done { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    running.into_iter().filter_map(|(_, outcome)| outcome).collect()
}

/// A token store that records each operation, and can refuse to store.
#[derive(Clone, Debug, Default)]
pub struct Diary {
    pub kept: rt::MemoryTokenStore,
    pub entries: Arc<Mutex<Vec<String>>>,
    pub refusals: Arc<Mutex<u32>>,
}

impl Diary {
    pub fn with(token: rt::AccessToken) -> Self {
        Self { kept: rt::MemoryTokenStore::with(token), ..Self::default() }
    }

    fn write(&self, entry: impl Into<String>) {
        self.entries.lock().expect("no test thread panicked").push(entry.into());
    }

    pub fn read(&self) -> Vec<String> {
        self.entries.lock().expect("no test thread panicked").clone()
    }

    pub fn refuse(&self, times: u32) {
        *self.refusals.lock().expect("no test thread panicked") = times;
    }
}

impl rt::TokenStore for Diary {
    fn load(&self) -> rt::BoxFuture<'_, Result<Option<rt::AccessToken>, rt::Error>> {
        self.kept.load()
    }

    fn store<'a>(&'a self, token: &'a rt::AccessToken) -> rt::BoxFuture<'a, Result<(), rt::Error>> {
        let mut refusals = self.refusals.lock().expect("no test thread panicked");
        if *refusals > 0 {
            *refusals -= 1;
            self.write("failed");
            return Box::pin(async {
                Err(rt::Error::new(rt::ErrorKind::Authentication, "the disk is full"))
            });
        }
        self.write(format!("stored {}", token.secret().expose()));
        self.kept.store(token)
    }

    fn clear(&self) -> rt::BoxFuture<'_, Result<(), rt::Error>> {
        self.write("cleared");
        self.kept.clear()
    }

    fn for_subject(&self, subject: &str) -> Arc<dyn rt::TokenStore> {
        self.write(format!("for {subject}"));
        Arc::new(Self { kept: rt::MemoryTokenStore::new(), ..self.clone() })
    }
}
