//! Files of a package on disk: written, checked, deleted when stale.
