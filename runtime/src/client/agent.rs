//! What the SDK is and what it runs on to the headers that say so.

use http::header::USER_AGENT;
use http::{HeaderName, HeaderValue};

use crate::api::Api;

/// The user agent, and what else the API wants to be told.
pub(super) fn headers(api: &Api, suffix: &str) -> Result<Vec<(HeaderName, HeaderValue)>, String> {
    let product = if api.user_agent.is_empty() { api.name } else { api.user_agent };
    let agent = format!("{product}/{}", api.version);
    let environment = format!("rust/{}-{}", std::env::consts::OS, std::env::consts::ARCH);
    let mut headers = vec![(USER_AGENT, value(format!("{agent} {suffix}").trim_end())?)];
    for (name, template) in api.agent_headers {
        let name = name.parse().map_err(|_| format!("`{name}` is no name of a header"))?;
        let text = template.replace("{agent}", &agent).replace("{environment}", &environment);
        headers.push((name, value(&text)?));
    }
    Ok(headers)
}

fn value(text: &str) -> Result<HeaderValue, String> {
    text.parse().map_err(|_| "the user agent has characters that no header may have".to_owned())
}
