//! Lists the members of a group.
//!
//! ```sh
//! BOX_DEVELOPER_TOKEN=… cargo run --example list_memberships -- GROUP_ID
//! ```

use std::env;
use std::process::ExitCode;

use box_sdk::{BoxClient, DeveloperToken, Error};

#[tokio::main]
async fn main() -> ExitCode {
    let (Some(group_id), Ok(token)) = (env::args().nth(1), env::var("BOX_DEVELOPER_TOKEN")) else {
        eprintln!("usage: BOX_DEVELOPER_TOKEN=… list_memberships GROUP_ID");
        return ExitCode::from(2);
    };
    let client = BoxClient::new(DeveloperToken::new(token));
    match list(&client, &group_id).await {
        Ok(count) => {
            println!("{count} members");
            ExitCode::SUCCESS
        }
        Err(error) if error.is_not_found() => {
            eprintln!("there is no group {group_id}");
            ExitCode::FAILURE
        }
        Err(error) if error.is_unauthorized() => {
            eprintln!("the developer token is invalid or expired");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Prints a line for each member, and returns their number. The loop requests the next page when it is needed.
async fn list(client: &BoxClient, group_id: &str) -> Result<usize, Error> {
    let mut memberships = client.memberships().get_group_memberships(group_id).limit(100).items();
    let mut count = 0;
    while let Some(membership) = memberships.next().await {
        let membership = membership?;
        let user = membership.user.as_ref();
        let name = user.and_then(|user| user.name.as_deref()).unwrap_or("(no name)");
        let login = user.and_then(|user| user.login.as_deref()).unwrap_or("(no login)");
        let role = membership.role.as_ref().map_or("(no role)", |role| role.as_str());
        println!("{name} <{login}>: {role}");
        count += 1;
    }
    Ok(count)
}
