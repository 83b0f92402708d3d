//! Builds the headers that identify the SDK and its environment.

use http::header::USER_AGENT;
use http::{HeaderName, HeaderValue};

use crate::api::Api;

/// Builds the user agent and the additional headers of the API.
pub(super) fn headers(api: &Api, suffix: &str) -> Result<Vec<(HeaderName, HeaderValue)>, String> {
    let product = if api.user_agent.is_empty() { api.name } else { api.user_agent };
    let agent = format!("{product}/{}", api.version);
    let environment = format!("rust/{}-{}", std::env::consts::OS, std::env::consts::ARCH);
    let mut headers = vec![(USER_AGENT, value(format!("{agent} {suffix}").trim_end())?)];
    for (name, template) in api.agent_headers {
        let name = name.parse().map_err(|_| format!("invalid header name `{name}`"))?;
        let text = template.replace("{agent}", &agent).replace("{environment}", &environment);
        headers.push((name, value(&text)?));
    }
    Ok(headers)
}

fn value(text: &str) -> Result<HeaderValue, String> {
    text.parse().map_err(|_| "the user agent contains characters that are not allowed in a header".to_owned())
}
