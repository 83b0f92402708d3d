//! Templates, compiled in.
