//! Drops former names from a lock that the configuration gives up.

use super::given_up::GivenUp;
use crate::listing::Listing;

/// Returns the lock without the former names that `dropped` names: `Type`, `manager`, `manager.method`, or
/// `manager.method.setter`.
pub(super) fn without(lock: &Listing, dropped: &GivenUp<'_>) -> Listing {
    let mut lock = lock.clone();
    for manager in &mut lock.managers {
        manager.former.retain(|former| !dropped.covers(&former.accessor));
    }
    for operation in &mut lock.operations {
        operation.former.retain(|former| !dropped.covers(&format!("{}.{}", former.manager, former.method)));
        let method = format!("{}.{}", operation.manager, operation.method);
        for argument in &mut operation.arguments {
            argument.former.retain(|former| !dropped.covers(&format!("{method}.{former}")));
        }
    }
    for ty in &mut lock.types {
        ty.former.retain(|former| !dropped.covers(former));
    }
    lock
}
