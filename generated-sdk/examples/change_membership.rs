//! Adds a user to a group, changes the role of a member, or removes a member.
//!
//! ```sh
//! BOX_DEVELOPER_TOKEN=… cargo run --example change_membership -- GROUP_ID USER_ID admin|member|none
//! ```

use std::env;
use std::process::ExitCode;

use box_sdk::types::{
    CreateGroupMembershipGroup, CreateGroupMembershipRole, CreateGroupMembershipUser,
    UpdateGroupMembershipByIdRole,
};
use box_sdk::{BoxClient, DeveloperToken, Error};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let ([group_id, user_id, role], Ok(token)) = (arguments.as_slice(), env::var("BOX_DEVELOPER_TOKEN"))
    else {
        eprintln!("usage: BOX_DEVELOPER_TOKEN=… change_membership GROUP_ID USER_ID admin|member|none");
        return ExitCode::from(2);
    };
    let client = BoxClient::new(DeveloperToken::new(token));
    let result = match role.as_str() {
        "none" => remove(&client, group_id, user_id).await,
        role => set_role(&client, group_id, user_id, role).await,
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            explain(&error);
            ExitCode::FAILURE
        }
    }
}

/// Adds the user to the group. If there is a membership already, changes its role.
async fn set_role(client: &BoxClient, group_id: &str, user_id: &str, role: &str) -> Result<(), Error> {
    let created = client
        .memberships()
        .create_group_membership(
            CreateGroupMembershipUser::new(user_id),
            CreateGroupMembershipGroup::new(group_id),
        )
        .role(CreateGroupMembershipRole::from(role))
        .await;
    match created {
        Ok(membership) => println!("added: membership {}", membership.id.unwrap_or_default()),
        Err(error) if error.is_conflict() => match find(client, group_id, user_id).await? {
            Some(id) => {
                let role = UpdateGroupMembershipByIdRole::from(role);
                client.memberships().update_group_membership_by_id(&id).role(role).await?;
                println!("changed: membership {id}");
            }
            // Somebody else removed it in the meantime.
            None => return Err(error),
        },
        Err(error) => return Err(error),
    }
    Ok(())
}

async fn remove(client: &BoxClient, group_id: &str, user_id: &str) -> Result<(), Error> {
    let Some(id) = find(client, group_id, user_id).await? else {
        println!("the user is not a member of the group");
        return Ok(());
    };
    match client.memberships().delete_group_membership_by_id(&id).await {
        Ok(()) => println!("removed: membership {id}"),
        Err(error) if error.is_not_found() => println!("membership {id} was removed already"),
        Err(error) => return Err(error),
    }
    Ok(())
}

/// Returns the id of the user's membership in the group.
async fn find(client: &BoxClient, group_id: &str, user_id: &str) -> Result<Option<String>, Error> {
    let mut memberships = client.memberships().get_user_memberships(user_id).items();
    while let Some(membership) = memberships.next().await {
        let membership = membership?;
        if membership.group.is_some_and(|group| group.id == group_id) {
            return Ok(membership.id);
        }
    }
    Ok(None)
}

/// Prints an error, which names the call, the server's message and the request id, and a hint.
fn explain(error: &Error) {
    eprintln!("{error}");
    if error.is_unauthorized() {
        eprintln!("The developer token is invalid or expired.");
    } else if error.is_forbidden() {
        eprintln!("The token's user must be an administrator of the enterprise or of the group.");
    } else if let Some(url) = error.help_url() {
        eprintln!("See {url}");
    }
}
