//! midcor
